import { useEffect, useMemo, useState } from "preact/hooks";
import { inFours } from "../../../shared/card.js";
import { barCode, qrCode, refreshDelay } from "../../../shared/code.js";
import * as words from "../../../shared/words.js";
import { getCode } from "../api.js";
import { Problem, SubPage, WithWallet } from "../components/page.jsx";
import { currentId, find } from "../store.js";

/** The member code of a card, or of the card in use. */
export default function CodePage({ id = currentId.value }) {
  const { code, hasFailed, retry } = useCode(id);
  return (
    <SubPage title="会员码">
      <WithWallet>
        {() => {
          const found = find(id);
          if (!found) return <p class="empty">没有这张会员卡</p>;
          if (hasFailed) return <Problem retry={retry} />;
          if (!code) return <div class="skeleton" />;
          return <Plate card={found.card} payload={code.payload} />;
        }}
      </WithWallet>
    </SubPage>
  );
}

/** The code of a card, and the next one before it ends. */
function useCode(id) {
  const [code, setCode] = useState();
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!id) return;
    let isShown = true;
    let timer;
    const load = async () => {
      try {
        const code = await getCode(id);
        if (!isShown) return;
        setCode(code);
        const delay = refreshDelay(code);
        if (delay !== undefined) timer = setTimeout(load, delay);
      } catch {
        setFailed(isShown);
      }
    };
    setFailed(false);
    load();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, [id, attempt]);
  return { code, hasFailed, retry: () => setAttempt(attempt + 1) };
}

function Plate({ card, payload }) {
  const { bars, square } = useMemo(() => {
    const room = Math.min(innerWidth, 432) - 64;
    return { bars: barCode(payload, room), square: qrCode(payload, Math.min(room, 280)) };
  }, [payload]);
  return (
    <section class="plate">
      <Picture {...bars} label={words.barCode(card)} />
      <p class="plate__digits">{inFours(payload)}</p>
      <Picture {...square} label={words.qrCode(card)} />
    </section>
  );
}

function Picture({ path, viewBox, width, label }) {
  return (
    <svg role="img" aria-label={label} viewBox={viewBox} width={width} shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  );
}
