import { faceColors, money, summary } from "../../../shared/card.js";
import * as words from "../../../shared/words.js";
import { pageUrl } from "../api.js";
import { switchTo } from "../store.js";
import { Avatar } from "./avatar.jsx";

/** One of the other cards: its avatar switches to it, the rest of it opens it. */
export function CardRow({ card, merchant }) {
  const change = () => {
    switchTo(card.id);
    scrollTo(0, 0);
  };
  return (
    <article class="card" style={faceColors(merchant.brand_color)}>
      <Avatar
        as="button"
        merchant={merchant}
        aria-label={words.switchTo(card, merchant)}
        onClick={change}
      />
      <div class="row__text">
        <h3>
          <a href={pageUrl(`/cards/${card.id}`)} aria-label={words.openCard(card, merchant)}>
            {merchant.name}
          </a>
        </h3>
        <p>{summary(card)}</p>
      </div>
      <span class="row__balance">{money(card.balance_fen)}</span>
    </article>
  );
}
