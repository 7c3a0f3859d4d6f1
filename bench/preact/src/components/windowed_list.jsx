import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** The height of a row in the style sheet, in CSS pixels. */
const ROW_HEIGHT = 84;
/** Rows that are drawn above and below the screen, so that none is missed while it scrolls. */
const OVERSCAN = 4;

/** A list of which only the rows on the screen are drawn. The page scrolls, not the list. */
export function WindowedList({ rows, children }) {
  const list = useRef();
  const [[first, end], setWindow] = useState([0, Math.ceil(innerHeight / ROW_HEIGHT)]);
  const measure = () => {
    const above = -list.current.getBoundingClientRect().top / ROW_HEIGHT;
    const first = clamp(Math.floor(above) - OVERSCAN, rows.length);
    const end = clamp(Math.ceil(above + innerHeight / ROW_HEIGHT) + OVERSCAN, rows.length);
    setWindow((shown) => (shown[0] === first && shown[1] === end ? shown : [first, end]));
  };

  // What is above the list may have changed its height with any rendering.
  useLayoutEffect(measure);
  const latest = useRef();
  latest.current = measure;
  useEffect(() => {
    // The page may still scroll between the end of the list and that of its effects.
    const onMove = () => list.current && latest.current();
    addEventListener("scroll", onMove, { passive: true });
    addEventListener("resize", onMove);
    return () => {
      removeEventListener("scroll", onMove);
      removeEventListener("resize", onMove);
    };
  }, []);

  return (
    <ul
      ref={list}
      style={{ height: `${rows.length * ROW_HEIGHT}px`, paddingTop: `${first * ROW_HEIGHT}px` }}
    >
      {rows.slice(first, end).map((row, place) => (
        <li
          class="row"
          key={row.card.id}
          aria-setsize={rows.length}
          aria-posinset={first + place + 1}
        >
          {children(row)}
        </li>
      ))}
    </ul>
  );
}

const clamp = (place, count) => Math.min(Math.max(place, 0), count);
