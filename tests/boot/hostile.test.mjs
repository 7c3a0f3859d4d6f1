// Replies that nobody who means well would send, at random but the same in every run
// of a seed. `PROPTEST_CASES` says how many, and `KABAO_SEED` which.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Page } from "./page.mjs";

const CASES = Number(process.env.PROPTEST_CASES ?? 256);
const SEED = Number(process.env.KABAO_SEED ?? 1);
// So many are loaded into one, each with a document and scripts of its own.
const PAGES_OF_A_WINDOW = 1000;

const WALLET = {
  server_time: "2026-11-23T13:04:05.678Z",
  revision: "7",
  account: { id: "case-2", name: "排队网", kind: "platform", follows: true, links: [] },
  merchants: [{ id: "m1", name: "川味小馆", brand_color: "#b3261e", avatar_url: "/images/m1.svg" }],
  merchant_id: "m1",
  phone_proven: true,
  terms: { version: "2026-11" },
  current_card_id: "c1",
  cards: ["c1", "c2"].map((id) => ({
    id,
    merchant_id: "m1",
    number: "800100008001",
    kind: "online",
    status: "active",
    origin: "opened",
    holder: {},
    level: { name: "金卡会员", color: "#ffd54f", benefits: [], next: { name: "黑卡", at_points: 2000 } },
    balance_fen: 12800,
    points: 1560,
    coupon_count: 2,
    last_used_at: "2026-11-17T13:04:05.000Z",
    points_expiring: { points: 5, at: "2026-12-31T15:59:59.000Z" },
  })),
};
const REQUIRED = [
  ["", "server_time revision account merchants merchant_id phone_proven terms cards"],
  ["account", "id name kind follows links"],
  ["merchants.0", "id name brand_color"],
  ["cards.0", "id merchant_id number kind status origin holder level balance_fen points coupon_count"],
  ["cards.1", "id merchant_id number kind status origin holder level balance_fen points coupon_count"],
].flatMap(([place, names]) => names.split(" ").map((name) => [...place.split("."), name].filter(Boolean)));

// Mulberry32.
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (count) => Math.floor(next() * count), of: (list) => list[Math.floor(next() * list.length)] };
}

const VALUES = [
  ...[null, true, false, 0, -1, 12.5, 2 ** 53 - 1, 2 ** 53, 1e300, "", "x", "__proto__", "constructor", "toString"],
  ...["javascript:alert(1)", "//evil.example", "/\\evil", "\u0000\u202e", "\ud800", "👨‍👩‍👧", "2026-02-30T00:00:00Z"],
  ...["<img src=x onerror=alert(1)>", "9".repeat(400), [], {}, [null, 7, "x", [], {}], { length: -1 }, { __proto__: null }],
];

function places(value, path = []) {
  if (value === null || typeof value !== "object") return [];
  return Object.keys(value).flatMap((key) => [[...path, key], ...places(value[key], [...path, key])]);
}

function mutated(random) {
  const reply = structuredClone(WALLET);
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const path = random.of(places(reply));
    const parent = path.slice(0, -1).reduce((value, key) => value[key], reply);
    if (random.below(4) === 0) delete parent[path.at(-1)];
    else parent[path.at(-1)] = structuredClone(random.of(VALUES));
  }
  return reply;
}

describe("a reply that nobody who means well would send", () => {
  test("is painted whole or not at all, and ends nothing", async () => {
    let page = null;
    for (let index = 0; index < CASES; index += 1) {
      const seed = SEED * 1_000_003 + index;
      const chance = random(seed);
      const reply = mutated(chance);
      let body = JSON.stringify(reply);
      if (chance.below(8) === 0) body = body.slice(0, chance.below(body.length));
      const what = `seed ${seed}: ${body}`;
      page = new Page({ before: index % PAGES_OF_A_WINDOW ? page : null });
      await page.parse();
      await assert.doesNotReject(() => page.answerWallet(200, body), what);
      const isPainted = page.window.kabaoFirstScreen.isPainted();
      assert.equal(page.painted.length > 0, isPainted, what);
      if (!isPainted) continue;
      const painted = JSON.parse(body);
      for (const path of REQUIRED) {
        const isGone = path[0] === "cards" && painted.cards.length <= Number(path[1]);
        const value = path.reduce((value, key) => value?.[key], painted);
        assert.ok(isGone || (value !== undefined && value !== null), `${path.join(".")} of ${what}`);
      }
      for (const image of page.shell.querySelectorAll("img")) {
        assert.match(image.getAttribute("src"), /^(https:\/\/|\/(?![/\\]))/, what);
      }
    }
  });
});
