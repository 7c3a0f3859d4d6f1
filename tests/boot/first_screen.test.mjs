import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CODE_FILES, FILES, Page, source } from "./page.mjs";
import { AS_OF, card, merchant, wallet } from "./wallet.mjs";

const STORED = "kabao.first-screen.case-2";
const DAY = 24 * 60 * 60 * 1000;

// The wallet, with what `change` does to it.
function changed(change) {
  const value = wallet();
  change(value);
  return value;
}

// Two replies that lack a field of what `of` finds in them.
function withoutOrNull(name, of) {
  return [
    [`no ${name}`, (it) => delete of(it)[name]],
    [`null for ${name}`, (it) => (of(it)[name] = null)],
  ];
}

// A wallet with so many cards, each used before the one in front of it.
function many(count) {
  const numbered = (_, index) => {
    const number = String(800100000000 + index);
    return card(`c${index}`, number, { last_used_at: new Date(Date.parse(AS_OF) - index * DAY).toISOString() });
  };
  return wallet({ cards: Array.from({ length: count }, numbered), current_card_id: "c0" });
}

async function parsed(options) {
  const page = new Page(options);
  await page.parse();
  return page;
}

// The page once the wallet has come: a value, or the text of a body.
async function withWallet(reply = wallet(), options) {
  const page = await parsed(options);
  await page.answerWallet(200, typeof reply === "string" ? reply : JSON.stringify(reply));
  return page;
}

// A phone that has had this page before.
async function visited(reply = wallet()) {
  const device = new Map();
  await withWallet(reply, { device });
  return device;
}

function isBlank(page) {
  assert.equal(page.words.join(), "");
  assert.equal(page.painted.length, 0);
  assert.equal(page.window.kabaoFirstScreen.isPainted(), false);
}

function labels(page) {
  return page.controls.map((control) => control.label);
}

// What shows that it has been tapped.
function busy(page) {
  return page.shell.querySelectorAll('[aria-busy="true"]').map((element) => element.label);
}

function count(page, selector) {
  return page.shell.querySelectorAll(selector).length;
}

function style(element) {
  return Object.fromEntries(element.properties);
}

describe("a wallet with a card to use", () => {
  test("is on the screen at once, word for word as the app writes it", async () => {
    const page = await withWallet();
    assert.deepEqual(page.words, [
      ...["排队网", "· 排队网公众号", "我"],
      ...["川味小馆", "金卡会员", "当前使用", "余额", "¥128.00"],
      ...["积分", "1,560", "优惠券", "2", "卡号", "8001 0000 8001", "出示会员码"],
      ...["川味小馆的其他会员卡", "点头像切换"],
      ...["川味小馆", "余额", "¥0.00", "普通会员 · 尾号 8003 · 0 积分 · 2 张券"],
      "其他会员卡",
      ...["云上茶舍", "余额", "¥0.05", "微会员 · 尾号 8002 · 1,560 积分"],
      ...["Blue Tea", "余额", "¥128.00", "微会员 · 尾号 8004 · 1 积分 · 1 张券"],
    ]);
    assert.equal(page.isShown("shell-skeleton"), false);
    assert.equal(page.document.documentElement.lang, "zh-CN");
  });

  test("speaks English", async () => {
    const page = await withWallet(wallet(), { languages: ["en-GB"] });
    assert.deepEqual(page.words, [
      ...["排队网", "· platform account", "Me"],
      ...["川味小馆", "金卡会员", "In use", "Balance", "¥128.00"],
      ...["Points", "1,560", "Coupons", "2", "Number", "8001 0000 8001", "Show member code"],
      ...["More cards of 川味小馆", "Tap an avatar to switch"],
      ...["川味小馆", "Balance", "¥0.00", "普通会员 · ending in 8003 · 0 points · 2 coupons"],
      "Other cards",
      ...["云上茶舍", "Balance", "¥0.05", "微会员 · ending in 8002 · 1,560 points"],
      ...["Blue Tea", "Balance", "¥128.00", "微会员 · ending in 8004 · 1 point · 1 coupon"],
    ]);
    assert.equal(page.document.documentElement.lang, "en");
  });

  test("has the app's words in both languages", () => {
    const words = source("first_screen.js").split("var WORDS = ")[1].split("\n  };")[0];
    for (const [language, file] of [["zh", "zh_cn"], ["en", "en"]]) {
      const ours = words.split(`${language}: {`)[1].split("\n    },")[0];
      const literals = [...ours.matchAll(/"([^"]*)"/g)].map(([, literal]) => literal);
      assert.ok(literals.length > 40);
      const app = source(`src/i18n/${file}.rs`);
      for (const literal of literals) assert.ok(app.includes(literal), `${language}: ${literal}`);
    }
  });

  test("says what each control does, and where it leads", async () => {
    const page = await withWallet();
    assert.deepEqual(
      page.controls.map((control) => [control.label, control.href].filter(Boolean)),
      [
        ["我的资料", "/a/case-2/profile"],
        ["查看川味小馆会员卡，尾号 8001", "/a/case-2/cards/c1"],
        ["出示会员码"],
        ["切换到川味小馆会员卡，尾号 8003"],
        ["查看川味小馆会员卡，尾号 8003", "/a/case-2/cards/c3"],
        ["切换到云上茶舍会员卡，尾号 8002"],
        ["查看云上茶舍会员卡，尾号 8002", "/a/case-2/cards/c2"],
        ["切换到Blue Tea会员卡，尾号 8004"],
        ["查看Blue Tea会员卡，尾号 8004", "/a/case-2/cards/c4"],
      ],
    );
  });

  test("keeps to the language that the address asks for", async () => {
    const page = await withWallet(wallet(), { search: "?x=1&lang=en" });
    assert.equal(page.control("My details").href, "/a/case-2/profile?lang=en");
    assert.equal(page.control("View Blue Tea card ending in 8004").href, "/a/case-2/cards/c4?lang=en");
    const browsers = await withWallet(wallet(), { languages: ["en"] });
    assert.equal(browsers.control("My details").href, "/a/case-2/profile");
  });

  test("encodes addresses as the app does", async () => {
    const reply = changed((it) => {
      it.account.id = "café(1)!";
      it.cards[1].id = it.current_card_id = "c/1'?";
    });
    const page = await withWallet(reply, { path: "/a/caf%c3%a9(1)!" });
    const link = page.control("查看川味小馆会员卡，尾号 8001");
    assert.equal(link.href, "/a/caf%C3%A9%281%29%21/cards/c%2F1%27%3F");
  });

  test("says whose account it is", async () => {
    for (const [kind, whose] of [
      ["own", "· 公众号"],
      ["platform", "· 排队网公众号"],
      ["operator", "· 运营者公众号"],
      ["another", "· 公众号"],
    ]) {
      const page = await withWallet(changed((it) => (it.account.kind = kind)));
      assert.equal(page.words[1], whose, kind);
      // The shop's picture is in the header of its own account, and of no other.
      const picture = page.painted[0].querySelector(".avatar");
      assert.equal(picture?.textContent, kind === "own" ? "川" : undefined, kind);
    }
  });

  test("tells what a card is, and that it can't be used", async () => {
    const reply = changed((it) => {
      Object.assign(it.cards[1], { kind: "physical", previous_account_name: "老公众号" });
      ["frozen", "lost", "expired"].forEach((status, index) => (it.cards[[0, 2, 3][index]].status = status));
    });
    const page = await withWallet(reply);
    for (const word of ["实体卡", "来自原公众号“老公众号”", "已冻结", "已挂失", "已过期"]) {
      assert.equal(page.words.filter((it) => it === word).length, 1, word);
    }
  });

  test("does not turn words around", async () => {
    const page = await withWallet(changed((it) => (it.merchants[0].name = "川\u202E味\u2066小馆\u2069")));
    assert.equal(page.words[3], "川味小馆");
    assert.ok(labels(page).includes("查看川味小馆会员卡，尾号 8001"));
  });

  test("takes names for text, whatever they look like", async () => {
    const markup = 'A<img src=x onerror="alert(1)">';
    const reply = changed((it) => {
      it.account.name = it.cards[1].previous_account_name = it.cards[1].level.name = it.merchants[0].name = markup;
    });
    const page = await withWallet(reply);
    assert.deepEqual([page.words[0], page.words[3], page.words[4]], [markup, markup, markup]);
    assert.equal(page.control(`查看${markup}会员卡，尾号 8001`).href, "/a/case-2/cards/c1");
    assert.equal(count(page, "img"), 0);
  });

  for (const script of ["early.js", "first_screen.js", "boot.js"]) {
    test(`is never put on the screen as markup by ${script}`, () => {
      assert.doesNotMatch(source(script), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(/);
    });
  }

  test("has money as on a receipt", async () => {
    for (const [fen, text] of [
      [0, "¥0.00"],
      [5, "¥0.05"],
      [-500, "-¥5.00"],
      [-5, "-¥0.05"],
      [128050, "¥1,280.50"],
      [100000000, "¥1,000,000.00"],
      [9007199254740991, "¥90,071,992,547,409.91"],
    ]) {
      const page = await withWallet(changed((it) => (it.cards[1].balance_fen = fen)));
      assert.equal(page.words[7], text);
    }
  });

  test("has a whole number in every spelling that JSON Schema takes", async () => {
    const text = JSON.stringify(changed((it) => (it.cards[1].balance_fen = 128050)));
    for (const spelling of ["128050", "128050.0", "128050.000", "1.2805e5", "1280.50E+2", "12805000e-2"]) {
      const page = await withWallet(text.replace(":128050", `:${spelling}`));
      assert.equal(page.words[7], "¥1,280.50", spelling);
    }
    // The app holds 64 bits, this script 53: what it can't write digit by digit is left to the app.
    for (const spelling of ["9007199254740992", "9007199254740993.0", "-9007199254740993", "1e16", "1e400", "128050.5"]) {
      const page = await withWallet(text.replace(":128050", `:${spelling}`));
      assert.deepEqual(page.painted, [], spelling);
    }
  });

  test("has points in thousands", async () => {
    for (const [points, text] of [[0, "0"], [-1280, "-1,280"], [1000000, "1,000,000"], [999, "999"]]) {
      const page = await withWallet(changed((it) => (it.cards[1].points = points)));
      assert.equal(page.words[9], text);
    }
  });

  test("hides the number of the card in use where there is no network", async () => {
    const page = await withWallet(wallet(), { isOnline: false });
    assert.ok(page.words.includes("**** **** 8001"));
    assert.ok(!page.words.includes("8001 0000 8001"));
  });

  test("has the merchant's picture, and its colour where that does not come", async () => {
    for (const url of ["/images/m1.svg?v=1&s=2", "https://cdn.example:8443/m/1.png"]) {
      const page = await withWallet(changed((it) => (it.merchants[0].avatar_url = url)));
      const picture = page.painted[1].querySelector("img");
      assert.equal(picture.getAttribute("src"), url);
      assert.equal(picture.className, "avatar__picture");
      picture.onerror();
      assert.equal(picture.className, "avatar__picture avatar__picture--missing");
    }
  });
});

describe("the other cards", () => {
  const order = (page) => labels(page).flatMap((label) => /^切换到.*(\d{4})$/.exec(label)?.[1] ?? []);
  const titles = (page) => page.painted.at(-1).querySelectorAll("h2").flatMap((title) => title.words);

  test("are pinned, of the merchant in focus or of others, each by last use", async () => {
    const reply = many(7);
    reply.cards.reverse();
    reply.cards.forEach((it, index) => (it.merchant_id = index % 2 ? "m2" : "m1"));
    // Those of which nobody knows when they were used come last, as they are listed.
    reply.cards[0].last_used_at = reply.cards[2].last_used_at = null;
    const device = new Map([["kabao.pinned.case-2", "c3\nc9\nc5"]]);
    const page = await withWallet(reply, { device, height: 1000 });
    assert.deepEqual(titles(page), ["置顶", "川味小馆的其他会员卡", "其他会员卡"]);
    assert.deepEqual(order(page), ["0003", "0005", "0002", "0006", "0004", "0001"]);
  });

  test("have no title where there are none", async () => {
    const page = await withWallet(changed((it) => (it.cards = [it.cards[1]])));
    assert.equal(page.words.at(-1), "出示会员码");
    const elsewhere = await withWallet(changed((it) => it.cards.pop()));
    assert.deepEqual(titles(elsewhere), ["其他会员卡"]);
    assert.ok(elsewhere.words.includes("点头像切换"), "the hint is beside the first avatars");
  });

  test("come with the hint once, for who has not switched before", async () => {
    const hints = (page) => page.words.filter((word) => word === "点头像切换").length;
    assert.equal(hints(await withWallet()), 1);
    assert.equal(hints(await withWallet(wallet(), { device: new Map([["kabao.knows-switching", "1"]]) })), 0);
    assert.equal(hints(await withWallet(wallet(), { device: null })), 1);
  });

  test("leave room for the search from 8 cards on", async () => {
    for (const [cards, places] of [[7, 0], [8, 1]]) {
      assert.equal(count(await withWallet(many(cards)), ".wallet__search"), places, `${cards} cards`);
    }
  });

  test("are as many as fill the screen", async () => {
    const reply = many(60);
    reply.cards.forEach((it, index) => (it.merchant_id = index > 4 ? "m2" : "m1"));
    const page = await withWallet(reply, { height: 1000 });
    assert.deepEqual(order(page), ["0001", "0002", "0003", "0004", "0005", "0006", "0007"]);
    assert.deepEqual(titles(page), ["川味小馆的其他会员卡", "其他会员卡"]);
  });

  test("are without a list that begins below the screen", async () => {
    const reply = many(60);
    reply.cards.forEach((it, index) => (it.merchant_id = index > 4 ? "m2" : "m1"));
    assert.deepEqual(titles(await withWallet(reply, { height: 700 })), ["川味小馆的其他会员卡"]);
  });
});

describe("what the fan most likely needs", () => {
  const PROVE = ["以前有过会员卡？", "验证一次手机号，原来的会员卡就会出现在这里。", "验证手机号"];
  const GO_ON = ["还差一步", "上次的申请还没有办完，可以接着办。", "继续办理"];
  const FOUND = ["原来的会员卡已找回", "云上茶舍", "尾号 8002", "¥0.05", "切换使用"];
  const ABOVE = 3;
  const BELOW = 15;

  for (const [what, lead, place, change] of [
    ["an old card that was found, above", FOUND, ABOVE, (it) => (it.cards[2].origin = "found_by_phone")],
    ["an old card that was claimed, above", FOUND, ABOVE, (it) => (it.cards[2].origin = "claimed")],
    ["to prove the phone, below", PROVE, BELOW, (it) => (it.phone_proven = false)],
    [
      "to go on with a claim, above",
      GO_ON,
      ABOVE,
      (it) => Object.assign(it, { open_claim_id: "k1" }).cards.forEach((card, index) => (card.origin = index === 2 ? "claimed" : "opened")),
    ],
    ["to go on with a claim, below", GO_ON, BELOW, (it) => Object.assign(it, { open_claim_id: "k1", phone_proven: false })],
  ]) {
    test(`is ${what}`, async () => {
      const { words } = await withWallet(changed(change));
      assert.deepEqual(words.slice(place, place + lead.length), lead);
      assert.equal(words.length, (await withWallet()).words.length + lead.length, "and nothing else");
    });
  }

  for (const [what, change] of [
    ["an old card is in use", (it) => it.cards.forEach((card) => (card.origin = "claimed"))],
    ["the old card can't be used", (it) => Object.assign(it.cards[2], { origin: "claimed", status: "frozen" })],
    ["a claim is open and the phone is proven", (it) => (it.open_claim_id = "k1")],
    [
      "the merchant has kept no members",
      (it) => ((it.phone_proven = false), (it.open_claim_id = "k1"), (it.merchants[0].members_retained = false)),
    ],
  ]) {
    test(`is nothing where ${what}`, async () => {
      const { words } = await withWallet(changed(change));
      for (const title of [PROVE[0], GO_ON[0], FOUND[0]]) assert.ok(!words.includes(title), title);
    });
  }
});

describe("the place of the reminders", () => {
  const at = (days) => new Date(Date.parse(AS_OF) + days * DAY).toISOString();
  const points = (days, count = 120) => ({ points_expiring: { points: count, at: at(days) } });
  const coupons = (days, count = 2) => ({ coupons_expiring: { count, at: at(days) } });

  for (const [what, rows, ...cards] of [
    ["nothing ends", 0],
    ["points end, however late", 1, points(90)],
    ["points are none", 0, points(9, 0)],
    ["points have ended", 0, points(0)],
    ["coupons end within a week", 1, coupons(7)],
    ["coupons end later", 0, coupons(7.01)],
    ["coupons are none", 0, coupons(1, 0)],
    ["nobody knows when", 0, { points_expiring: { points: 5 }, coupons_expiring: null }],
    ["the card is lost", 0, {}, { ...points(1), status: "lost" }],
    ["the card has expired", 0, {}, { ...coupons(1), status: "expired" }],
    ["the card is frozen", 1, {}, { ...coupons(1), status: "frozen" }],
    ["two end on one card", 2, { ...points(3), ...coupons(3) }],
    ["more end than are told of", 2, { ...points(3), ...coupons(3) }, points(2), coupons(1)],
  ]) {
    test(`has ${rows} rows where ${what}`, async () => {
      const reply = changed((it) => [1, 0, 2].forEach((place, index) => Object.assign(it.cards[place], cards[index])));
      const page = await withWallet(reply);
      const places = page.shell.querySelectorAll(".wallet__reminders");
      assert.deepEqual(places.map(style), [{ "--rows": String(rows) }]);
    });
  }
});

describe("colours", () => {
  // What core/src/domain/brand_color.rs itself makes of them: the two ends of the
  // face, its ink, and the avatar's.
  for (const [color, start, end, ink, avatar] of [
    ["#07c160", "#007b3b", "#00582a", "light", "#007b3b"],
    ["#b3261e", "#b3261e", "#801b15", "light", "#b3261e"],
    ["#B3261E", "#b3261e", "#801b15", "light", "#b3261e"],
    ["#ffd54f", "#ffd54f", "#eac348", "dark", "#7d6824"],
    ["#ffffff", "#ffffff", "#eaeaea", "dark", "#6d6d6d"],
    ["#000000", "#000000", "#000000", "light", "#000000"],
    ["#1565c0", "#1565c0", "#0f488a", "light", "#1565c0"],
    ["#00ff00", "#00ff00", "#00ea00", "dark", "#007d00"],
    ["#808080", "#696969", "#4b4b4b", "light", "#696969"],
    ["#b4b4b5", "#6b6b6c", "#4d4d4d", "light", "#6b6b6c"],
    ["#bcbcbc", "#bcbcbc", "#acacac", "dark", "#686868"],
    ["#767676", "#676767", "#4a4a4a", "light", "#676767"],
    // Whoever has none that can be read has the neutral one.
    ["red", "#57606a", "#3e454c", "light", "#57606a"],
    ["#fff", "#57606a", "#3e454c", "light", "#57606a"],
    ["#07c16g", "#57606a", "#3e454c", "light", "#57606a"],
  ]) {
    test(`of ${color} are the app's`, async () => {
      const page = await withWallet(
        changed((it) => {
          it.merchants[0].brand_color = color;
          it.account.kind = "own";
        }),
      );
      const face = page.shell.querySelector("article");
      assert.deepEqual(style(face), { "--face-start": start, "--face-end": end });
      assert.match(face.className, new RegExp(`\\bcard-face--${ink}-ink\\b`));
      assert.deepEqual(style(page.shell.querySelector(".strip .avatar")), { "--avatar-color": avatar });
    });
  }

  test("in a list are none", async () => {
    const page = await withWallet(changed((it) => (it.merchants[0].brand_color = ["#07c160"])));
    assert.equal(style(page.shell.querySelector("article"))["--face-start"], "#57606a");
  });

  test("of a level are its own", async () => {
    const page = await withWallet();
    const [level] = page.shell.querySelectorAll("span").filter((it) => it.textContent === "金卡会员");
    assert.deepEqual(style(level), { "--face-start": "#ffd54f", "--face-end": "#eac348" });
  });
});

describe("what is not plain is left to the app", () => {
  const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);
  const inPlaceOf = (value, json) => JSON.stringify(value).replace('"here"', json);

  for (const [what, reply] of [
    ["HTML in place of JSON", "<!doctype html><p>502"],
    ["no body", ""],
    ["half a body", JSON.stringify(wallet()).slice(0, -2)],
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "7"],
    ["no account", (it) => delete it.account],
    ["an account with another id", (it) => (it.account.id = "case-3")],
    ["an account whose id is a number", (it) => (it.account.id = 2)],
    ["no cards", (it) => delete it.cards],
    ["cards that are no list", (it) => (it.cards = { 0: it.cards[1], length: 1 })],
    ["an empty wallet", (it) => (it.cards = [])],
    ["a card that is null", (it) => (it.cards[0] = null)],
    // What the contract requires and the app takes a reply for unreadable without.
    ...["server_time", "revision", "account", "merchants", "merchant_id", "phone_proven", "terms", "cards"].flatMap((name) =>
      withoutOrNull(name, (it) => it)),
    ...["id", "name", "kind", "follows", "links"].flatMap((name) => withoutOrNull(name, (it) => it.account)),
    ...["id", "name", "brand_color"].flatMap((name) => withoutOrNull(name, (it) => it.merchants[2])),
    ...[
      ...["id", "merchant_id", "number", "kind", "status", "origin"],
      ...["holder", "level", "balance_fen", "points", "coupon_count"],
    ].flatMap((name) => withoutOrNull(name, (it) => it.cards[0])),
    ["merchants that are no list", (it) => (it.merchants = "m1")],
    ["a merchant that is null", (it) => (it.merchants[2] = null)],
    ["a merchant that is not described", (it) => it.merchants.pop()],
    ["no card in use", (it) => delete it.current_card_id],
    ["a card in use that is not in the list", (it) => (it.current_card_id = "c9")],
    ["a frozen card in use", (it) => (it.cards[1].status = "frozen")],
    ["a lost card in use", (it) => (it.cards[1].status = "lost")],
    ["an expired card in use", (it) => (it.cards[1].status = "expired")],
    ["a card's id that is a number", (it) => (it.cards[0].id = 4)],
    ["a card's id that is a list", (it) => (it.cards[0].id = ["c4"])],
    ["an empty id", (it) => (it.cards[0].id = "")],
    ["a merchant's id that is a number", (it) => (it.cards[0].merchant_id = it.merchants[2].id = 3)],
    ["a claim whose id is a number", (it) => (it.open_claim_id = 1)],
    ["an id that every object has", (it) => (it.cards[0].merchant_id = "__proto__")],
    ["an id of half a character", (it) => (it.cards[1].id = it.current_card_id = "\ud800")],
    ["an amount of 1.5", (it) => (it.cards[1].balance_fen = 1.5)],
    ["an amount of 1e300", (it) => (it.cards[0].balance_fen = 1e300)],
    ["an amount that is not exact", (it) => (it.cards[0].balance_fen = 2 ** 53)],
    ["an amount that is a text", (it) => (it.cards[1].balance_fen = "12800")],
    ["half a point", (it) => (it.cards[0].points = 0.5)],
    ["points that are a list", (it) => (it.cards[0].points = [5])],
    ["fewer coupons than none", (it) => (it.cards[1].coupon_count = -1)],
    ["coupons that are a text", (it) => (it.cards[1].coupon_count = "2")],
    ["a time in seconds", (it) => (it.server_time = 1795439045)],
    ["a time that is no RFC 3339", (it) => (it.server_time = "Mon, 23 Nov 2026 13:04:05 GMT")],
    ["a time without a zone", (it) => (it.server_time = "2026-11-23T13:04:05")],
    ["a day without a time", (it) => (it.server_time = "2026-11-23")],
    ["a month that is none", (it) => (it.server_time = "2026-13-23T13:04:05Z")],
    ["a last use that is no time", (it) => (it.cards[0].last_used_at = "yesterday")],
    ["a number with blanks", (it) => (it.cards[0].number = "8003 0000 8004")],
    ["a number with letters of its own", (it) => (it.cards[0].number = "卡八千零四")],
    ["a number that is a number", (it) => (it.cards[0].number = 800300008004)],
    ["a merchant without a name", (it) => delete it.merchants[0].name],
    ["a name that begins with an emoji", (it) => (it.merchants[1].name = "👨\u200D👩\u200D👧 Family")],
    ["a name that begins with a keycap", (it) => (it.merchants[1].name = "1\uFE0F\u20E3st")],
    ["an Arabic letter with marks", (it) => (it.merchants[1].name = "مُطعم")],
    ["a letter with an accent", (it) => (it.merchants[0].name = "a\u030Angström")],
    ["a character with a variant", (it) => (it.merchants[0].name = "葛\u{E0100}城")],
    ["a name that begins with a blank", (it) => (it.merchants[0].name = " 川味小馆")],
    ["a name that is a list", (it) => (it.merchants[0].name = ["川味小馆"])],
    ["an account of a kind that every object has", (it) => (it.account.kind = "constructor")],
    ...[
      "javascript:alert(1)",
      "//evil.example/x.png",
      "/\\evil.example/x.png",
      "http://evil.example/x.png",
      "https://user@evil.example/x.png",
      "data:image/svg+xml,<svg>",
      "/x y.png",
      "/x.png\n",
      'https://evil.example/"x.png',
      "x.png",
      "",
      5,
    ].map((url) => [`the picture ${JSON.stringify(url)}`, (it) => (it.merchants[2].avatar_url = url)]),
    ["cards that are deep in lists", inPlaceOf(changed((it) => (it.cards[0] = "here")), nested(100_000))],
    ["a name that is deep in lists", inPlaceOf(changed((it) => (it.merchants[0].name = "here")), nested(100_000))],
    ["a time that is deep in lists", inPlaceOf(changed((it) => (it.server_time = "here")), nested(100_000))],
  ]) {
    test(what, async () => {
      const device = new Map();
      const page = await withWallet(typeof reply === "function" ? changed(reply) : reply, { device });
      isBlank(page);
      assert.equal(page.isShown("shell-skeleton"), true);
      assert.equal(page.notice, null);
      assert.equal(device.size, 0, "and nothing is remembered");
      page.window.kabaoReady();
      assert.equal(page.document.getElementById("shell"), null);
    });
  }

  for (const [what, change] of [
    ["a day that no calendar has", (it) => (it.server_time = "2026-02-30T13:04:05Z")],
    ["an hour that no clock has", (it) => (it.server_time = "2026-11-23T24:00:00Z")],
    ["a time in a list", (it) => (it.server_time = [AS_OF])],
    ["a number in a list", (it) => (it.cards[0].number = ["800300008004"])],
    ["a picture in a list", (it) => (it.merchants[0].avatar_url = ["/x.png"])],
    ["two cards with one id", (it) => (it.cards[3].id = "c1")],
    ["two merchants with one id", (it) => it.merchants.push(merchant("m1", "别家"))],
  ]) {
    test(what, async () => isBlank(await withWallet(changed(change))));
  }

  test("fields of our own memory in a reply", async () => {
    const page = await withWallet(wallet({ card_count: 9, reminders: 2 }));
    assert.equal(count(page, ".wallet__search"), 0);
    assert.deepEqual(page.shell.querySelectorAll(".wallet__reminders").map(style), [{ "--rows": "0" }]);
  });

  test("but not an id that merely looks odd", async () => {
    const reply = changed((it) => {
      it.cards[1].id = it.current_card_id = "__proto__";
      it.cards[1].merchant_id = it.cards[3].merchant_id = it.merchants[0].id = "constructor";
      it.cards[0].id = "toString";
    });
    const page = await withWallet(reply);
    assert.equal(page.control("查看川味小馆会员卡，尾号 8001").href, "/a/case-2/cards/__proto__");
    assert.equal(page.control("查看Blue Tea会员卡，尾号 8004").href, "/a/case-2/cards/toString");
  });

  test("but not a time in millionths of a second", async () => {
    const page = await withWallet(wallet({ server_time: "2026-11-23T13:04:05.678901Z" }));
    assert.equal(page.words[3], "川味小馆");
  });

  test("but not a time of another zone, with or without fractions", async () => {
    for (const time of ["2026-11-23T13:04:05Z", "2026-11-23T21:04:05.6+08:00", "2024-02-29T23:59:59.999-11:30"]) {
      const page = await withWallet(wallet({ server_time: time }));
      assert.equal(page.words[3], "川味小馆", time);
    }
  });

  for (const without of ["fetch", "Promise"]) {
    test(`a phone without ${without} is told that it can't, with nothing before it`, async () => {
      const page = await parsed({ without: [without, "WebAssembly"], device: await visited() });
      isBlank(page);
      assert.equal(page.notice, "93");
    });
  }

  for (const path of ["/a/case-2/code", "/a/case-2/cards/c1/code"]) {
    test(`the wallet is not painted at ${path}`, async () => {
      const page = await withWallet(wallet(), { path, device: await visited() });
      isBlank(page);
    });
  }
});

// The app's own first screen, as far as taps are carried out on it. What is clicked
// is written down; an avatar switches, and everything else leads elsewhere.
class App {
  constructor(page, { current = "c1", cards = ["c1", "c2", "c3", "c4"], lead = null } = {}) {
    Object.assign(this, { page, current, cards, lead, done: [] });
    this.main = this.#element("main", "app");
    page.document.body.appendChild(this.main);
    this.#draw();
  }

  #element(tag, className, ...children) {
    const made = this.page.document.createElement(tag);
    made.className = className;
    for (const child of children) made.appendChild(child);
    return made;
  }

  #control(tag, className, what) {
    const made = this.#element(tag, className);
    made.id = what;
    made.addEventListener("click", () => {
      this.done.push(what);
      const [part, card] = what.split(" ");
      if (part === "avatar") this.current = card;
      this.#clear();
      if (part === "avatar") this.#draw();
    });
    return made;
  }

  #clear() {
    for (const child of this.main.children) this.main.removeChild(child);
  }

  #draw() {
    const shown = [this.#control("a", "strip__profile", "profile")];
    if (this.lead) {
      const [title, text] = [this.#element("h2", "lead__title"), this.#element("p", "lead__text")];
      [title.textContent, text.textContent] = this.lead;
      shown.push(this.#element("div", "lead", title, text, this.#control("button", "button", "lead")));
    }
    for (const card of this.cards) {
      const link = this.#control("a", "card-face__open", `open ${card}`);
      link.href = `/a/case-2/cards/${card}?lang=zh-CN`;
      const action =
        card === this.current
          ? this.#element("div", "card-face__action", this.#control("button", "button", `code ${card}`))
          : this.#control("button", "card-face__avatar card-face__avatar--action", `avatar ${card}`);
      shown.push(this.#element("article", "card-face", action, link));
    }
    for (const child of shown) this.main.appendChild(child);
  }
}

// The app takes over, and carries out what was tapped.
async function handOver(page, options) {
  const app = new App(page, options);
  page.window.kabaoReady();
  await page.advance(0);
  return app;
}

const AVATAR = "切换到云上茶舍会员卡，尾号 8002";
const OTHER_AVATAR = "切换到Blue Tea会员卡，尾号 8004";
const CODE = "出示会员码";
const OPEN = "查看川味小馆会员卡，尾号 8003";
const PROFILE = "我的资料";

function codes(page) {
  return page.requests.flatMap(({ url }) => /\/cards\/(.*)\/code$/.exec(url)?.[1] ?? []);
}

describe("a tap before the app is there", () => {
  for (const [label, done] of [
    [AVATAR, "avatar c2"],
    [OPEN, "open c3"],
    [PROFILE, "profile"],
  ]) {
    test(`on “${label}” shows at once, and is carried out once`, async () => {
      const page = await withWallet();
      assert.deepEqual(busy(page), []);
      assert.equal(page.tap(label).defaultPrevented, true);
      const pressed = page.shell.querySelector('[aria-busy="true"]');
      assert.ok(pressed.contains(page.control(label)));
      assert.equal(busy(page).length, 1);
      assert.equal(page.tap(label).defaultPrevented, true);
      assert.equal(busy(page).length, 1);
      const app = await handOver(page);
      assert.deepEqual(app.done, [done]);
      assert.equal(page.document.getElementById("shell"), null);
    });
  }

  test("makes all of a card look pressed that is to be opened", async () => {
    const page = await withWallet();
    page.tap(OPEN);
    assert.deepEqual(busy(page), ["川味小馆 余额 ¥0.00 普通会员 · 尾号 8003 · 0 积分 · 2 张券"]);
  });

  test("is carried out after those before it", async () => {
    const page = await withWallet();
    for (const label of [AVATAR, OTHER_AVATAR, AVATAR, OPEN]) page.tap(label);
    const app = await handOver(page);
    assert.deepEqual(app.done, ["avatar c2", "avatar c4", "open c3"]);
  });

  test("waits until the one before has been answered", async () => {
    const page = await withWallet();
    page.tap(AVATAR);
    page.tap(OTHER_AVATAR);
    const app = new App(page);
    page.window.kabaoReady();
    const [handingOver] = page.timers.splice(page.timers.findIndex((timer) => timer.at === page.elapsed), 1);
    handingOver.callback();
    assert.deepEqual(app.done, ["avatar c2"]);
    await page.advance(0);
    assert.deepEqual(app.done, ["avatar c2", "avatar c4"]);
  });

  test("is carried out, too, if it comes as the app is about to take over", async () => {
    const page = await withWallet();
    const app = new App(page);
    page.window.kabaoReady();
    page.tap(AVATAR);
    await page.advance(0);
    assert.deepEqual(app.done, ["avatar c2"]);
  });

  test("is the browser's where it opens a window of its own, or is taken already", async () => {
    for (const keys of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { button: 1 }, { defaultPrevented: true }]) {
      const page = await withWallet();
      const event = page.tap(OPEN, keys);
      assert.equal(event.defaultPrevented, keys.defaultPrevented ?? false, JSON.stringify(keys));
      assert.deepEqual(busy(page), []);
      assert.deepEqual((await handOver(page)).done, []);
    }
  });

  test("beside every control is none", async () => {
    const page = await withWallet();
    assert.equal(page.shell.querySelector("h1").click().defaultPrevented, false);
    assert.deepEqual(busy(page), []);
  });

  test("on the button asks for the code at once, and for what draws it", async () => {
    const page = await withWallet();
    assert.deepEqual(codes(page), []);
    page.tap(CODE);
    page.tap(CODE);
    assert.deepEqual(codes(page), ["c1"]);
    assert.ok("/api/v1/accounts/case-2/cards/c1/code" in page.window.kabaoEarly);
    const hrefs = page.document.querySelectorAll('link[rel="preload"]').map((link) => link.href);
    assert.deepEqual(hrefs, [FILES[1], ...CODE_FILES]);
  });

  test("on the button after an avatar means the code of that card", async () => {
    const page = await withWallet();
    page.tap(OTHER_AVATAR);
    page.tap(AVATAR);
    page.tap(CODE);
    assert.deepEqual(codes(page), ["c2"]);
  });

  test("on an avatar and then on the button shows the code of that card", async () => {
    const page = await withWallet();
    page.tap(AVATAR);
    page.tap(CODE);
    assert.deepEqual(codes(page), ["c2"]);
    assert.deepEqual((await handOver(page)).done, ["avatar c2", "code c2"]);
  });

  test("on the found card and then on the button shows the code of that card", async () => {
    const page = await withWallet(changed((it) => (it.cards[2].origin = "claimed")));
    page.tap("切换使用");
    page.tap(CODE);
    assert.deepEqual(codes(page), ["c2"]);
  });

  test("on a card that is gone is dropped, and the next one is not", async () => {
    const page = await withWallet();
    for (const label of [AVATAR, OTHER_AVATAR]) page.tap(label);
    assert.deepEqual((await handOver(page, { cards: ["c1", "c4"] })).done, ["avatar c4"]);
  });

  test("on the button is dropped where another card is in use by then", async () => {
    const page = await withWallet();
    page.tap(AVATAR);
    page.tap(CODE);
    const app = new App(page, { cards: ["c1", "c3"] });
    page.window.kabaoReady();
    await page.advance(0);
    assert.deepEqual(app.done, []);
  });

  test("on what the fan needs is carried out where the app says the same", async () => {
    const prove = ["以前有过会员卡？", "验证一次手机号，原来的会员卡就会出现在这里。"];
    for (const [lead, done] of [[prove, ["lead"]], [["还差一步", "…"], []], [null, []]]) {
      const page = await withWallet(wallet({ phone_proven: false }));
      page.tap("验证手机号");
      assert.deepEqual((await handOver(page, { lead })).done, done, String(lead));
    }
  });

  test("on the card that was found is carried out for that card", async () => {
    const page = await withWallet(changed((it) => (it.cards[2].origin = "claimed")));
    page.tap("切换使用");
    assert.deepEqual((await handOver(page, { lead: ["原来的会员卡已找回", "云上茶舍 尾号 8002"] })).done, ["lead"]);
  });

  test("on the card that was found is carried out for no other card", async () => {
    const page = await withWallet(changed((it) => (it.cards[2].origin = "claimed")));
    page.tap("切换使用");
    assert.deepEqual((await handOver(page, { lead: ["原来的会员卡已找回", "Blue Tea 尾号 8004"] })).done, []);
  });

  test("does nothing where the app has another screen", async () => {
    const page = await withWallet();
    page.tap(AVATAR);
    page.window.kabaoReady();
    await page.advance(0);
    assert.equal(page.document.getElementById("shell"), null);
  });
});

describe("the focus", () => {
  test("goes to what the app has in the place of what was tapped", async () => {
    for (const [label, counterpart] of [[CODE, "code c1"], [AVATAR, "avatar c2"], [OPEN, "open c3"], [PROFILE, "profile"]]) {
      const page = await withWallet();
      page.control(label).focus();
      page.tap(label);
      // The app does not answer, so that the focus stays to be seen.
      const app = new App(page);
      app.main.querySelectorAll("a, button").forEach((control) => (control.listeners.click = []));
      page.window.kabaoReady();
      await page.advance(0);
      assert.equal(page.focused, counterpart);
    }
  });

  for (const [label, counterpart] of [[CODE, "code c1"], [AVATAR, "avatar c2"], [OPEN, "open c3"]]) {
    test(`on “${label}” goes to the app's, also untapped`, async () => {
      const page = await withWallet();
      page.control(label).focus();
      await handOver(page);
      assert.equal(page.focused, counterpart);
    });
  }

  test("on the button is not lost because an avatar was tapped before", async () => {
    const page = await withWallet();
    page.tap(AVATAR);
    page.control(CODE).focus();
    page.tap(CODE);
    const app = new App(page);
    app.main.querySelectorAll("a, button").forEach((control) => (control.listeners.click = []));
    page.window.kabaoReady();
    await page.advance(0);
    assert.equal(page.focused, "code c1");
  });

  test("stays where it is when the reply corrects what was remembered", async () => {
    const page = await parsed({ device: await visited() });
    page.control(AVATAR).focus();
    await page.answerWallet(200, JSON.stringify(wallet()));
    assert.equal(page.document.activeElement.label, AVATAR);
  });

  test("goes nowhere by itself", async () => {
    const page = await withWallet();
    await handOver(page);
    assert.equal(page.document.activeElement.tagName, "BODY");
  });
});

describe("the app takes over", () => {
  test("what is painted, once it has its own screen", async () => {
    const page = await withWallet();
    new App(page);
    page.window.kabaoReady();
    assert.equal(page.words[0], "排队网", "until then nothing is missing");
    await page.advance(0);
    isBlank(page);
    assert.equal(page.document.getElementById("shell"), null);
    await page.advance(60);
    assert.equal(page.notice, null);
  });

  test("and leaves what is painted while it waits", async () => {
    const page = await parsed({ device: await visited() });
    page.tap(AVATAR);
    page.window.kabaoReady(true);
    await page.advance(1);
    assert.equal(page.words[0], "排队网");
    page.tap(CODE);
    assert.equal(busy(page).length, 2, "and it takes taps");
    await page.advance(60);
    assert.equal(page.notice, null);
    const app = await handOver(page);
    assert.deepEqual(app.done, ["avatar c2", "code c2"]);
    assert.equal(page.document.getElementById("shell"), null);
  });

  test("and nothing is painted behind its back", async () => {
    const page = await parsed();
    page.window.kabaoReady(true);
    await page.answerWallet(200, JSON.stringify(wallet()));
    isBlank(page);
    assert.equal(page.document.getElementById("shell"), null);
  });
});

describe("help", () => {
  for (const [what, code, needHelp] of [
    ["the app does not start", "94", async (page) => (page.arrive(...FILES), await page.advance(9))],
    ["the app stops", "96", async (page) => page.window.kabaoFailed()],
    ["the app stops just as it has started", "96", async (page) => (page.window.kabaoReady(), page.window.kabaoFailed())],
    [
      "the network fails",
      "90",
      async (page) => (page.scriptFails(), await page.answerHeads((request) => request.fail())),
    ],
    [
      "the app is too new",
      "93",
      async (page) => {
        page.throws('new SyntaxError("Unexpected reserved word")', "https://cards.example/a/case-2");
        await page.answerHeads((request) => request.reply(200, "", { "Content-Type": "application/wasm" }));
      },
    ],
  ]) {
    test(`takes the place of what is painted where ${what}`, async () => {
      const page = await withWallet(wallet(), { storage: null });
      page.tap(AVATAR);
      await needHelp(page);
      await page.advance(1);
      assert.equal(page.notice, code);
      isBlank(page);
      assert.equal(page.isShown("shell-skeleton"), false);
    });
  }

  test("does not carry out later what was tapped before it", async () => {
    const page = await withWallet();
    page.tap(AVATAR);
    page.arrive(...FILES);
    await page.advance(9);
    assert.equal(page.notice, "94");
    assert.deepEqual((await handOver(page)).done, []);
    assert.equal(page.document.getElementById("shell"), null);
  });

  test("is not painted over by a wallet that comes later", async () => {
    const page = await parsed({ canRun: false });
    await page.answerWallet(200, JSON.stringify(wallet()));
    isBlank(page);
    assert.equal(page.notice, "93");
    assert.equal(page.text("help-shop"), "川味小馆");
  });
});

describe("a slow network", () => {
  const SLOW = "网络较慢，请稍候";

  test("is told over what is painted, and moves nothing", async () => {
    const page = await withWallet();
    await page.advance(7.9);
    assert.ok(!page.words.includes(SLOW));
    const before = page.painted;
    await page.advance(30);
    assert.equal(page.notice, null);
    assert.deepEqual(page.words.filter((word) => word === SLOW), [SLOW]);
    assert.ok(before.length > 3 && before.every((element, index) => element === page.painted[index]));
    assert.equal(page.painted.length, before.length + 1);
    const [sign] = page.painted.slice(-1);
    assert.equal(sign.className, "network", "whose style takes no room");
    assert.match(source("style/network.css"), /^\.network \{[^}]*position: fixed;[^}]*pointer-events: none;/m);
    page.tap(AVATAR);
    assert.deepEqual((await handOver(page)).done, ["avatar c2"]);
  });

  test("is told in English, too", async () => {
    const page = await withWallet(wallet(), { languages: ["en"] });
    await page.advance(8);
    assert.equal(page.words.at(-1), "The network is slow. One moment…");
  });

  test("still makes way for help where the app has come and does not start", async () => {
    const page = await withWallet();
    await page.advance(9);
    page.arrive(...FILES);
    await page.advance(9);
    assert.equal(page.notice, "94");
    isBlank(page);
  });

  test("is still told once the reply has come", async () => {
    const page = await parsed({ device: await visited() });
    await page.advance(9);
    assert.ok(page.words.includes(SLOW));
    await page.answerWallet(200, JSON.stringify(wallet()));
    assert.ok(page.words.includes(SLOW));
  });

  test("is told beside the age of what is known, and not on top of it", async () => {
    const page = await parsed({ device: await visited() });
    await page.advance(9);
    assert.equal(count(page, ".network"), 1);
    assert.ok(page.words.includes(SLOW) && page.words.some((word) => word.startsWith("截至")));
  });
});

describe("the device remembers", () => {
  test("what was painted, masked and without amounts", async () => {
    const reply = changed((it) => {
      Object.assign(it, { open_claim_id: "claim-77", phone_proven: false });
      it.cards[1].points_expiring = { points: 431, at: AS_OF };
      it.cards[1].previous_account_name = "老公众号";
    });
    const raw = (await visited(reply)).get(STORED);
    const values = ["李雷", "138", "028", "KB1.secret", "12800", "1560", "431", "claim-77", "8001000"];
    const fields = ["holder", "phone_masked", "offline_payload", "points", "coupon", "balance"];
    for (const secret of [...values, ...fields]) {
      assert.ok(!raw.includes(secret), `${secret} in ${raw}`);
    }
    for (const kept of ["********8001", "川味小馆", "金卡会员", "老公众号", AS_OF]) assert.ok(raw.includes(kept), kept);
  });

  test("no more cards than fill the screen, and their merchants", async () => {
    const reply = many(60);
    reply.cards.forEach((it, index) => (it.merchant_id = index < 20 ? "m1" : "m2"));
    const { cards, merchants } = JSON.parse((await visited(reply)).get(STORED));
    assert.equal(cards.length, 4);
    assert.deepEqual(merchants.map((it) => it.id), ["m1"]);
  });

  test("those cards that were on the screen", async () => {
    const reply = many(60);
    reply.cards.reverse();
    const device = await visited(reply);
    const before = labels(await withWallet(reply));
    assert.deepEqual(labels(await parsed({ device })), before);
  });

  test("them for each account by itself", async () => {
    const device = await visited();
    isBlank(await parsed({ device, path: "/a/case-3" }));
    const other = changed((it) => Object.assign(it.account, { id: "case-3", name: "排队网二号" }));
    await withWallet(other, { device, path: "/a/case-3" });
    assert.deepEqual([...device.keys()], [STORED, "kabao.first-screen.case-3"]);
    assert.equal((await parsed({ device })).words[0], "排队网");
    assert.equal((await parsed({ device, path: "/a/case-3" })).words[0], "排队网二号");
  });

  test("and shows at the next visit what was known, and when that was", async () => {
    const device = await visited();
    const page = await parsed({ device });
    assert.deepEqual(page.words, [
      ...["排队网", "· 排队网公众号", "我"],
      ...["川味小馆", "金卡会员", "当前使用", "余额", "—"],
      ...["积分", "—", "优惠券", "—", "卡号", "**** **** 8001", "出示会员码"],
      ...["川味小馆的其他会员卡", "点头像切换"],
      ...["川味小馆", "余额", "—", "普通会员 · 尾号 8003 · — 积分"],
      "其他会员卡",
      ...["云上茶舍", "余额", "—", "微会员 · 尾号 8002 · — 积分"],
      ...["Blue Tea", "余额", "—", "微会员 · 尾号 8004 · — 积分"],
      "截至 2026-11-23 21:04",
    ]);
    assert.equal(page.isShown("shell-skeleton"), false);
    const today = await parsed({ device, now: Date.parse("2026-11-23T15:59:59Z") });
    assert.equal(today.words.at(-1), "截至 21:04");
    const english = await parsed({ device, languages: ["en"], now: Date.parse("2026-11-23T15:59:59Z") });
    assert.equal(english.words.at(-1), "As of 21:04");
  });

  test("what the fan needed, and how much room the rest takes", async () => {
    const reply = many(30);
    Object.assign(reply, { phone_proven: false, open_claim_id: "k1" });
    reply.cards[0].points_expiring = { points: 5, at: new Date(Date.parse(AS_OF) + DAY).toISOString() };
    const page = await parsed({ device: await visited(reply) });
    assert.ok(page.words.includes("继续办理"));
    assert.equal(count(page, ".wallet__search"), 1);
    assert.deepEqual(page.shell.querySelectorAll(".wallet__reminders").map(style), [{ "--rows": "1" }]);
  });

  test("until the reply corrects it", async () => {
    const device = await visited();
    const page = await parsed({ device });
    const reply = changed((it) => {
      it.current_card_id = "c2";
      it.server_time = "2026-11-23T16:03:00Z";
    });
    await page.answerWallet(200, JSON.stringify(reply));
    assert.deepEqual(page.words, (await withWallet(reply)).words);
    assert.equal(page.words[3], "云上茶舍");
    assert.equal((await parsed({ device })).words.at(-1), "截至 00:03");
  });

  test("and what was tapped on it is not forgotten by then", async () => {
    const page = await parsed({ device: await visited() });
    page.tap(AVATAR);
    page.tap(CODE);
    assert.deepEqual(codes(page), ["c2"]);
    await page.answerWallet(200, JSON.stringify(wallet()));
    assert.deepEqual(busy(page), [CODE, AVATAR]);
    page.tap(AVATAR);
    assert.deepEqual((await handOver(page)).done, ["avatar c2", "code c2"]);
  });

  test("and the code that was asked for on it is not asked for again", async () => {
    const page = await parsed({ device: await visited() });
    page.tap(AVATAR);
    page.tap(CODE);
    await page.answerWallet(200, JSON.stringify(wallet({ current_card_id: "c2" })));
    page.tap(CODE);
    assert.deepEqual(codes(page), ["c2"]);
    assert.deepEqual((await handOver(page, { current: "c2" })).done, ["code c2"]);
  });

  for (const [what, answer] of [
    ["the fan may not see the wallet", (page) => page.answerWallet(401, '{"code":"unauthenticated"}')],
    ["the backend fails", (page) => page.answerWallet(500, "<html>")],
    ["the reply is not plain", (page) => page.answerWallet(200, JSON.stringify(changed((it) => (it.cards[1].status = "frozen"))))],
  ]) {
    test(`and takes it away where ${what}`, async () => {
      const page = await parsed({ device: await visited() });
      assert.equal(page.words[0], "排队网");
      page.tap(AVATAR);
      await answer(page);
      isBlank(page);
      assert.equal(page.isShown("shell-skeleton"), true);
      assert.deepEqual((await handOver(page)).done, []);
      assert.equal(page.document.getElementById("shell"), null);
    });
  }

  for (const [what, status, body] of [
    ["a wallet that is another by now", 200, JSON.stringify(wallet({ cards: [] }))],
    ["whoever may not see the wallet any more", 401, "{}"],
  ]) {
    test(`nothing for ${what}`, async () => {
      const device = await visited();
      await (await parsed({ device })).answerWallet(status, body);
      isBlank(await parsed({ device }));
    });
  }

  test("nothing that a refusal came before", async () => {
    const device = await visited();
    const page = new Page({ device });
    await page.answerWallet(401, "{}");
    await page.parse();
    isBlank(page);
    isBlank(await parsed({ device }));
  });

  test("the latest wallet, also where the app is there before it", async () => {
    const device = await visited();
    const page = await parsed({ device });
    page.window.kabaoReady(true);
    await page.answerWallet(200, JSON.stringify(wallet({ current_card_id: "c2" })));
    assert.equal((await parsed({ device })).words[3], "云上茶舍");
  });

  test("no digits that a card does not have", async () => {
    const device = await visited(changed((it) => (it.cards[0].number = "")));
    assert.doesNotMatch(device.get(STORED), /\*ined/);
    assert.ok(labels(await parsed({ device })).includes("切换到Blue Tea会员卡，尾号 "));
  });

  test("and shows it while the network is gone", async () => {
    const page = await parsed({ device: await visited(), isOnline: false });
    page.request("/wallet").fail();
    await page.settle();
    assert.equal(page.words[0], "排队网");
  });

  test("nothing where storage is denied or full, and the screen is the same", async () => {
    const full = Object.assign(new Map(), {
      set: () => {
        throw new Error("QuotaExceededError");
      },
    });
    const { words } = await withWallet();
    for (const device of [null, full]) {
      const page = await withWallet(wallet(), { device });
      assert.deepEqual(page.words, words);
      page.tap(AVATAR);
      assert.deepEqual((await handOver(page)).done, ["avatar c2"]);
    }
  });

  test("and paints nothing where rubbish is stored", async () => {
    const good = (await visited()).get(STORED);
    isBlank(await parsed());
    for (const rubbish of [
      "",
      "null",
      "{",
      "[]",
      "<html>",
      "{}",
      good.slice(0, -1),
      good.replace(AS_OF, "soon"),
      good.replace('"m1"', '"m9"'),
      good.replace("********8001", "8 0 0 1"),
      good.replace('"current_card_id":"c1"', '"current_card_id":"c9"'),
      good.replace('"status":"active","origin":"opened","level":{"name":"金', '"status":"lost","origin":"opened","level":{"name":"金'),
    ]) {
      assert.notEqual(rubbish, good);
      const page = await parsed({ device: new Map([[STORED, rubbish]]) });
      isBlank(page);
      assert.equal(page.isShown("shell-skeleton"), true, rubbish);
      await page.answerWallet(200, JSON.stringify(wallet()));
      assert.equal(page.words[0], "排队网", rubbish);
    }
  });
});

describe("a wallet in the page itself", () => {
  // As a backend writes it there.
  const inlined = (value) => `\n${JSON.stringify(value).replaceAll("<", "\\u003c")}\n`;

  test("is painted without a request, and remembered", async () => {
    const device = await visited(many(3));
    const page = await parsed({ inlined: inlined(wallet()), device });
    assert.deepEqual(page.requests, []);
    assert.deepEqual(page.words, (await withWallet()).words);
    assert.equal((await parsed({ device })).words[4], "金卡会员");
  });

  test("is handed on to the app", async () => {
    const page = await parsed({ inlined: inlined(wallet()) });
    const reply = await page.window.kabaoEarly["/api/v1/accounts/case-2/wallet"].reply;
    assert.equal(reply.body.trim(), JSON.stringify(wallet()));
  });

  test("that is empty is asked for", async () => {
    for (const empty of ["", "\n  \n"]) {
      const page = await parsed({ inlined: empty });
      assert.equal(page.requests.length, 1);
      isBlank(page);
    }
  });

  test("that is not plain is the app's", async () => {
    const page = await parsed({ inlined: "<html>", device: await visited() });
    isBlank(page);
    assert.equal(page.isShown("shell-skeleton"), true);
  });
});

describe("the start of the app", () => {
  async function waiting(options) {
    const page = new Page({ path: "/a/case-2", ...options });
    await page.parse();
    page.starts = 0;
    page.window.kabaoStart(() => (page.starts += 1));
    await page.settle();
    return page;
  }

  test("waits until the wallet is painted and drawn, and happens once", async () => {
    const page = await waiting();
    assert.equal(page.starts, 0);
    page.requests[0].reply(200, JSON.stringify(wallet()));
    await page.settle();
    assert.ok(page.window.kabaoFirstScreen.isPainted());
    await page.advance(0.5);
    assert.equal(page.starts, 0, "it is not drawn yet");
    page.draw();
    await page.advance(0.001);
    assert.equal(page.starts, 1);
    await page.advance(5);
    assert.equal(page.starts, 1);
  });

  test("waits for nothing where nothing will be painted", async () => {
    assert.equal((await waiting({ path: "/a/case-2/code" })).starts, 1, "the code");
    assert.equal((await waiting({ path: "/" })).starts, 1, "no account");
    assert.equal((await waiting({ without: ["fetch"] })).starts, 1, "no request");
  });

  test("waits for nothing where the first screen is painted already", async () => {
    const device = new Map();
    const before = await waiting({ device });
    before.requests[0].reply(200, JSON.stringify(wallet()));
    await before.settle();
    const page = await waiting({ device });
    assert.ok(page.window.kabaoFirstScreen.isPainted());
    assert.equal(page.starts, 1);
  });

  test("does not wait for a reply that can't be painted", async () => {
    for (const [status, body] of [[401, "{}"], [200, "<html>"], [200, JSON.stringify(wallet({ cards: [] }))]]) {
      const page = await waiting();
      page.requests[0].reply(status, body);
      await page.settle();
      assert.equal(page.starts, 1, `${status} ${body}`);
    }
    const page = await waiting();
    page.requests[0].fail();
    await page.settle();
    assert.equal(page.starts, 1, "no network");
  });

  test("waits no longer than a second, and the reply starts it no second time", async () => {
    const page = await waiting();
    await page.advance(0.999);
    assert.equal(page.starts, 0);
    await page.advance(0.002);
    assert.equal(page.starts, 1);
    page.requests[0].reply(200, JSON.stringify(wallet()));
    await page.settle();
    page.draw();
    await page.advance(1);
    assert.equal(page.starts, 1);
  });
});
