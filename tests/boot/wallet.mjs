// The wallet's reply, as the tests of what is painted from it begin with.

export const AS_OF = "2026-11-23T13:04:05.678Z";

export function merchant(id, name, more) {
  return { id, name, phone: "028-8555-0188", brand_color: "#b3261e", members_retained: true, ...more };
}

export function card(id, number, more) {
  return {
    id,
    merchant_id: "m1",
    number,
    kind: "online",
    status: "active",
    origin: "opened",
    holder: { name: "李雷", phone_masked: "138****5678" },
    level: { name: "微会员", benefits: [] },
    balance_fen: 12800,
    points: 1560,
    coupon_count: 2,
    last_used_at: null,
    offline_payload: "KB1.secret",
    ...more,
  };
}

// A fan with a card in use, another one at the same shop, and two elsewhere, and
// with nothing left to do.
export function wallet(more) {
  return {
    server_time: AS_OF,
    revision: "7",
    account: { id: "case-2", name: "排队网", kind: "platform", follows: true, links: [] },
    terms: { version: "2026-11" },
    merchants: [
      merchant("m1", "川味小馆"),
      merchant("m2", "云上茶舍", { brand_color: "#07c160" }),
      merchant("m3", "Blue Tea", { brand_color: "tea" }),
    ],
    merchant_id: "m1",
    cards: [
      card("c4", "800300008004", { merchant_id: "m3", points: 1, coupon_count: 1 }),
      card("c1", "800100008001", { level: { name: "金卡会员", color: "#ffd54f", benefits: [] } }),
      card("c2", "800200008002", { merchant_id: "m2", balance_fen: 5, coupon_count: 0, last_used_at: AS_OF }),
      card("c3", "800100008003", { level: { name: "普通会员", benefits: [] }, balance_fen: 0, points: 0 }),
    ],
    current_card_id: "c1",
    phone_masked: "138****5678",
    phone_proven: true,
    ...more,
  };
}
