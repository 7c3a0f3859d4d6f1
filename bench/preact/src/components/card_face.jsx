import { useLocation } from "preact-iso";
import { faceColors, grouped, inFours, money, statusLabel } from "../../../shared/card.js";
import { pageUrl } from "../api.js";
import { Avatar } from "./avatar.jsx";

/** A card whole, with the way to its code. */
export function CardFace({ card, merchant }) {
  const { route } = useLocation();
  const status = statusLabel(card);
  return (
    <article
      class={`card card--full ${status ? "card--unusable" : ""}`}
      style={faceColors(merchant.brand_color)}
    >
      <div class="card__head">
        <Avatar merchant={merchant} aria-hidden="true" />
        <div class="card__title">
          <h2>{merchant.name}</h2>
          {status && <span class="card__status">{status}</span>}
        </div>
        <dl>
          <dt>余额</dt>
          <dd class="card__balance">{money(card.balance_fen)}</dd>
        </dl>
      </div>
      <dl class="card__figures">
        <Figure term="积分" value={grouped(card.points)} />
        <Figure term="优惠券" value={card.coupon_count} />
        <Figure term="卡号" value={inFours(card.number)} />
      </dl>
      {!status && (
        <button class="button" onClick={() => route(pageUrl(`/cards/${card.id}/code`))}>
          出示会员码
        </button>
      )}
    </article>
  );
}

function Figure({ term, value }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
