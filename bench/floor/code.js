// The member code, which only its own page needs.

import { inFours } from "../shared/card.js";
import { barCode, qrCode, refreshDelay } from "../shared/code.js";
import * as words from "../shared/words.js";

const SVG = "http://www.w3.org/2000/svg";

/** Fills `plate` with the codes of a card, and with those that `load` brings while it `isShown`. */
export function drawCodes(plate, card, code, load, isShown) {
  const room = Math.min(innerWidth, 432) - 64;
  const digits = document.createElement("p");
  digits.className = "plate__digits";
  digits.textContent = inFours(code.payload);
  plate.replaceChildren(
    picture(barCode(code.payload, room), words.barCode(card)),
    digits,
    picture(qrCode(code.payload, Math.min(room, 280)), words.qrCode(card)),
  );
  const delay = refreshDelay(code);
  if (delay === undefined) return;
  setTimeout(async () => {
    if (!isShown()) return;
    try {
      drawCodes(plate, card, await load(), load, isShown);
    } catch {
      location.reload();
    }
  }, delay);
}

function picture({ path, viewBox, width }, label) {
  const svg = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  const attributes = { role: "img", "aria-label": label, "shape-rendering": "crispEdges" };
  for (const [name, value] of Object.entries({ ...attributes, viewBox, width })) {
    svg.setAttribute(name, value);
  }
  svg.append(shape);
  return svg;
}
