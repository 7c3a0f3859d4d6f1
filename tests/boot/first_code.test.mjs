import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { FILES, FIRST_CODE, Page, source } from "./page.mjs";
import { card, merchant, wallet as walletOf } from "./wallet.mjs";

const SERVER_TIME = "2026-11-23T16:04:00Z";
const SHOW = "出示会员码";
const FULL_SCREEN = "全屏条形码";

// A fan with a card in use, another one, and one that can't be used.
function wallet(more) {
  return walletOf({
    merchants: [merchant("m1", "川味小馆")],
    cards: [card("c1", "800100008001"), card("c2", "800200008002"), card("c3", "800300008003", { status: "frozen" })],
    ...more,
  });
}

function code(more) {
  return {
    server_time: SERVER_TIME,
    payload: "281234567890123456",
    mode: "rotating",
    expires_at: "2026-11-23T16:04:20Z",
    refresh_after: 15,
    ...more,
  };
}

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

async function answer(page, ending, body, status = 200) {
  page.request(ending).reply(status, text(body));
  await page.settle();
}

// The page of the wallet, which has come.
async function withWallet({ shown = wallet(), ...options } = {}) {
  const page = new Page(options);
  await page.parse();
  await answer(page, "/wallet", shown);
  return page;
}

// A tap on the button, and all that it asks for has come.
async function withCode({ reply = code(), ...options } = {}) {
  const page = await withWallet(options);
  page.tap(SHOW);
  page.firstCodeArrives();
  await answer(page, "/code", reply);
  return page;
}

// The code's own address.
async function at(path, { shown = wallet(), reply = code() } = {}) {
  const page = new Page({ path });
  await page.parse();
  page.firstCodeArrives();
  await answer(page, "/wallet", shown);
  if (page.request("/code")) await answer(page, "/code", reply);
  return page;
}

// Puts the app in the page, with what it shows.
function app(page, ...children) {
  const main = element(page, "main", "app", ...children);
  page.document.body.appendChild(main);
  return main;
}

function element(page, tag, className, ...children) {
  const made = page.document.createElement(tag);
  made.className = className;
  for (const child of children) made.appendChild(child);
  return made;
}

const digits = (page) => page.words.find((word) => /^2812 /.test(word));
const isShown = (page) => page.window.kabaoFirstScreen.isPainted() === false && digits(page) !== undefined;

describe("a tap on the button before the app is there", () => {
  test("shows the code word for word as the app does", async () => {
    const page = await withCode();
    assert.deepEqual(page.words, [
      ...["返回", "会员码", "川味小馆", "尾号 8001", "余额", "¥128.00"],
      ...["2812 3456 7890 1234 56", "请向店员出示", "15 秒后自动刷新", FULL_SCREEN, "扫不出来？请调亮屏幕"],
    ]);
    assert.equal(page.isShown("shell-skeleton"), false);
    assert.equal(page.document.title, "会员码");
  });

  test("names both codes for a screen reader, and the card", async () => {
    const page = await withCode();
    const pictures = page.shell.querySelectorAll('[role="img"]').map((picture) => picture.label);
    assert.deepEqual(pictures, ["会员码条形码，卡号尾号 8001", "会员码二维码，卡号尾号 8001"]);
  });

  test("fetches what paints it beside the reply", async () => {
    const page = await withWallet();
    assert.equal(page.document.querySelectorAll("script").some((script) => script.src === FIRST_CODE), false);
    page.tap(SHOW);
    assert.equal(page.document.querySelectorAll("script").some((script) => script.src === FIRST_CODE), true);
    assert.ok(page.request("/cards/c1/code"));
  });

  test("shows it whichever of the two comes last", async () => {
    const page = await withWallet();
    page.tap(SHOW);
    await answer(page, "/code", code());
    assert.equal(isShown(page), false);
    page.firstCodeArrives();
    assert.equal(isShown(page), true);
  });

  test("takes the page to the code's address, where the app starts, once", async () => {
    const page = await withWallet({ search: "?lang=zh-CN" });
    page.tap(SHOW);
    page.tap(SHOW);
    assert.equal(page.window.location.pathname, "/a/case-2/cards/c1/code");
    assert.deepEqual(page.left, [{ state: null, path: "/a/case-2" }]);
    assert.equal(page.window.history.state, 1, "as deep as the app counts");
    assert.equal(page.control(SHOW).getAttribute("aria-busy"), "true");
  });

  test("is kept for the app once that is there", async () => {
    const page = await withWallet();
    app(page, element(page, "header", "strip"));
    page.window.kabaoReady();
    page.tap(SHOW);
    assert.equal(page.window.location.pathname, "/a/case-2");
  });

  test("after a tap on an avatar waits for the app to switch", async () => {
    const page = await withWallet();
    page.tap("切换到川味小馆会员卡，尾号 8002");
    page.tap(SHOW);
    page.firstCodeArrives();
    await answer(page, "/code", code());
    assert.equal(isShown(page), false);
    assert.equal(page.window.location.pathname, "/a/case-2");
  });

  test("and Back returns to the first screen, with nothing pending", async () => {
    for (const isPainted of [true, false]) {
      const page = isPainted ? await withCode() : await withWallet();
      if (!isPainted) page.tap(SHOW);
      page.goBack();
      assert.equal(page.window.kabaoFirstScreen.isPainted(), true);
      assert.equal(page.control(SHOW).getAttribute("aria-busy"), null);
      assert.equal(digits(page), undefined);
      assert.equal(page.document.title, "会员卡包");
    }
  });

  test("and the way back on the page is Back", async () => {
    const page = await withCode();
    const event = page.tap("返回");
    assert.equal(event.defaultPrevented, true);
    assert.equal(page.window.location.pathname, "/a/case-2");
    assert.equal(page.window.kabaoFirstScreen.isPainted(), true);
  });

  test("and Back, and another tap, shows it again", async () => {
    const page = await withCode();
    page.goBack();
    page.tap(SHOW);
    assert.equal(isShown(page), true);
    assert.equal(page.requests.filter((request) => request.url.endsWith("/code")).length, 1);
  });
});

describe("at its own address", () => {
  test("the code of the card that it names is shown", async () => {
    const page = await at("/a/case-2/cards/c2/code");
    assert.equal(digits(page), "2812 3456 7890 1234 56");
    assert.ok(page.words.includes("尾号 8002"));
  });

  test("the code of the card in use is shown", async () => {
    const page = await at("/a/case-2/code");
    assert.equal(isShown(page), true);
    assert.ok(page.words.includes("尾号 8001"));
  });

  test("the way back is a link to the wallet", async () => {
    const page = await at("/a/case-2/code");
    assert.equal(page.control("返回").href, "/a/case-2");
    assert.equal(page.tap("返回").defaultPrevented, false);
  });

  test("the words are those of the language that is asked for", async () => {
    const page = new Page({ path: "/a/case-2/code", search: "?lang=en" });
    await page.parse();
    page.firstCodeArrives();
    await answer(page, "/wallet", wallet());
    await answer(page, "/code", code());
    assert.ok(page.words.includes("Show this to the staff"));
    assert.equal(page.control("Back").href, "/a/case-2?lang=en");
    assert.equal(page.document.documentElement.lang, "en");
  });
});

describe("nothing is painted", () => {
  const replies = {
    "of another form": ["", "<html>502</html>", "null", "[]", '{"payload":"8'],
    "of what no code is": ["12345678901", "1234567890123", "12345678901234567890", "１２３４５６７８９０１２", 123456789012, null].map(
      (payload) => code({ payload }),
    ),
    "of an unknown mode": [code({ mode: "weekly" }), code({ mode: undefined })],
    "that has ended": [code({ expires_at: SERVER_TIME }), code({ expires_at: "2026-11-22T16:04:00Z" }), code({ refresh_after: 0 })],
    "with times that are none": [code({ expires_at: "soon" }), code({ server_time: undefined }), code({ refresh_after: 1.5 })],
    "of another fan": [code({ fan: "f2" })],
  };
  for (const [what, bodies] of Object.entries(replies)) {
    test(`where the reply is ${what}`, async () => {
      for (const body of bodies) {
        const page = await withCode({ reply: body });
        assert.equal(isShown(page), false, text(body));
        assert.equal(page.window.kabaoFirstScreen.isPainted(), true, "the first screen stays");
      }
    });
  }

  test("where the backend refuses", async () => {
    for (const status of [401, 404, 409, 500, 503]) {
      const page = await withWallet();
      page.tap(SHOW);
      page.firstCodeArrives();
      await answer(page, "/code", code(), status);
      assert.equal(isShown(page), false, String(status));
    }
  });

  test("of a card that is not there, or can't be used", async () => {
    for (const id of ["c3", "c9"]) {
      const page = await at(`/a/case-2/cards/${id}/code`);
      assert.equal(digits(page), undefined, id);
      assert.equal(page.isShown("shell-skeleton"), true);
    }
  });

  test("before the wallet has told whose card it is", async () => {
    const page = new Page({ path: "/a/case-2/cards/c1/code" });
    await page.parse();
    page.firstCodeArrives();
    await answer(page, "/code", code());
    assert.equal(digits(page), undefined);
    await answer(page, "/wallet", wallet());
    assert.equal(digits(page), "2812 3456 7890 1234 56");
  });

  test("from the wallet of another account", async () => {
    const account = { id: "Case-2", name: "排队网", kind: "platform", follows: true, links: [] };
    const page = await at("/a/case-2/code", { shown: wallet({ account }) });
    assert.equal(digits(page), undefined);
  });

  test("where the page says something else already", async () => {
    const page = new Page({ path: "/a/case-2/code", canRun: false });
    await page.parse();
    page.firstCodeArrives();
    await answer(page, "/wallet", wallet());
    await answer(page, "/code", code());
    assert.equal(page.notice, "93");
    assert.equal(digits(page), undefined);
  });
});

describe("a code", () => {
  test("is counted down, and gone when it ends", async () => {
    const page = await withCode();
    await page.advance(5);
    assert.ok(page.words.includes("10 秒后自动刷新"));
    await page.advance(9.5);
    assert.ok(page.words.includes("1 秒后自动刷新"));
    await page.advance(0.5);
    assert.equal(digits(page), undefined);
    assert.equal(page.isShown("shell-skeleton"), true);
  });

  test("that never ends is shown for as long as one that does", async () => {
    const page = await withCode({ reply: code({ mode: "static", expires_at: null, refresh_after: null }) });
    assert.ok(!page.words.some((word) => /自动刷新/.test(word)));
    await page.advance(29.5);
    assert.equal(isShown(page), true);
    await page.advance(1);
    assert.equal(digits(page), undefined);
  });

  test("that changes is not shown when the page is back in view", async () => {
    const page = await withCode();
    page.setHidden(true);
    assert.equal(digits(page), undefined);
  });

  test("gives way to what the page has to say", async () => {
    const page = await withCode({ reply: code({ mode: "static", expires_at: null }) });
    page.rejects('new WebAssembly.RuntimeError("unreachable")');
    assert.equal(page.notice, "96");
    assert.equal(digits(page), undefined);
  });
});

describe("the app", () => {
  test("takes over once it has more than an outline", async () => {
    const page = await withCode();
    const outline = element(page, "div", "skeleton");
    const main = app(page, outline);
    page.window.kabaoReady();
    await page.advance(0);
    page.draw();
    assert.equal(isShown(page), true);
    main.removeChild(outline);
    page.draw();
    assert.equal(isShown(page), true, "an empty page is none");
    const codes = ["bar-code", "qr-code"].map((name) => element(page, "div", name));
    const plate = element(page, "section", "code-plate", ...codes);
    main.appendChild(plate);
    page.draw();
    const widths = codes.map((code) => code.properties.get("width"));
    assert.deepEqual(widths, ["308.002px", "290.002px"], "as large as they were");
    assert.equal(page.document.getElementById("shell"), null);
    assert.equal(plate.isAtRest, true, "the card has turned over once");
  });

  test("makes the bar code large that was tapped before", async () => {
    for (const tap of [(page) => page.tap(FULL_SCREEN), (page) => page.shell.querySelector(".code-plate__codes").click()]) {
      const page = await withCode();
      await page.advance(1);
      tap(page);
      tap(page);
      assert.equal(page.control(FULL_SCREEN).getAttribute("aria-busy"), "true");
      let taps = 0;
      const button = element(page, "button", "button");
      button.addEventListener("click", () => (taps += 1));
      app(page, element(page, "section", "code-plate"), button);
      page.window.kabaoReady();
      await page.advance(0);
      page.draw();
      assert.equal(taps, 1);
    }
  });

  test("does not hear of the second of two taps on what was there before", async () => {
    const page = await withCode();
    page.tap(FULL_SCREEN);
    assert.equal(page.control(FULL_SCREEN).getAttribute("aria-busy"), null);
  });

  test("finds the code's reply, too", async () => {
    const page = await withCode();
    const reply = await page.window.kabaoEarly["/api/v1/accounts/case-2/cards/c1/code"].reply;
    assert.equal(JSON.parse(reply.body).payload, "281234567890123456");
    assert.equal(reply.status, 200);
  });
});

test("the time that is left is looked at once a quarter of a second, however often a code was shown", async () => {
  const page = await withCode();
  for (let times = 0; times < 3; times++) {
    page.goBack();
    page.tap(SHOW);
  }
  await page.advance(1);
  const inQuarter = page.timers.filter((timer) => timer.at - page.elapsed <= 250);
  assert.equal(inQuarter.length, 1);
});

describe("what comes later", () => {
  test("is told after a panic without the code that was there before the app", async () => {
    const page = await withCode();
    app(page, element(page, "section", "code-plate"));
    page.window.kabaoReady();
    await page.advance(0);
    page.draw();
    page.window.kabaoFailed();
    assert.equal(page.notice, "96");
    assert.deepEqual(page.painted, []);
  });

  test("leaves the title to the app", async () => {
    const page = await withCode();
    app(page, element(page, "section", "code-plate"));
    page.document.title = "会员码 of the app";
    page.window.kabaoReady();
    await page.advance(0);
    page.draw();
    assert.equal(page.document.title, "会员码 of the app");
  });

  test("tells of a slow network once the code has ended", async () => {
    const page = await withCode();
    await page.advance(14);
    assert.equal(isShown(page), true);
    assert.equal(page.notice, null);
    await page.advance(3);
    assert.equal(page.notice, "slow");
  });

  test("tells of a slow network on the first screen, once, after Back from the code", async () => {
    const page = await withCode();
    await page.advance(10);
    page.goBack();
    await page.advance(5);
    const told = page.words.filter((word) => word === "网络较慢，请稍候");
    assert.deepEqual(told, ["网络较慢，请稍候"]);
  });
});

describe("the pictures", () => {
  test("are as wide as whole device pixels make them", async () => {
    const page = await withCode();
    const [bars, square] = page.shell.querySelectorAll('[role="img"]').map((picture) => picture.properties.get("width"));
    // 11 symbols of 11 modules, 13 of the last, and 20 around: 154; and 29.
    assert.equal(bars, "308.002px");
    assert.equal(square, "290.002px");
  });

  test("of bars have the symbols of the app's table", () => {
    const page = new Page();
    page.firstCodeArrives();
    const table = source("core/src/domain/code128.rs").match(/const SYMBOLS[^]*?\];/)[0].match(/(?<=0b)[01]{11}/g);
    assert.equal(table.length, 103);
    table.forEach((symbol, value) => {
      const pair = String(value).padStart(2, "0");
      if (pair.length > 2) return;
      const modules = page.window.kabaoFirstCode.bars(pair).join("");
      assert.equal(modules.slice(11, 22), symbol, pair);
    });
    // Start C, 12, 34, the checksum (105 + 12 + 2 · 34) mod 103, and the stop.
    const whole = page.window.kabaoFirstCode.bars("1234").join("");
    assert.equal(whole, `11010011100${table[12]}${table[34]}${table[82]}1100011101011`);
  });

  test("bring their styles into the page's own sheet, once", async () => {
    const page = await withWallet();
    page.tap(SHOW);
    page.firstCodeArrives(".code-plate{color:red}");
    await answer(page, "/code", code());
    page.goBack();
    page.tap(SHOW);
    assert.deepEqual(page.rules, ["@media all{.code-plate{color:red}}"]);
  });
});

for (const [what, number, happen] of [
  ["whose files have come and that does not start", "94", (page) => page.arrive(...FILES)],
  [
    "whose files do not come",
    "90",
    async (page) => {
      page.scriptFails();
      await page.advance(1);
      await page.answerHeads((request) => request.reply(503, ""));
    },
  ],
]) {
  test(`an app ${what} is told of once the code has ended, which a till takes without it`, async () => {
    const page = await withCode({ reply: code({ mode: "static", expires_at: null }) });
    await happen(page);
    await page.advance(20);
    assert.equal(page.notice, null);
    assert.equal(page.isShown("shell-skeleton"), false);
    await page.advance(12);
    assert.equal(page.notice, number);
  });
}

test("an app that comes after all is not held up by what was to be told", async () => {
  const page = await withCode({ reply: code({ mode: "static", expires_at: null }) });
  page.arrive(...FILES);
  await page.advance(10);
  page.window.kabaoReady();
  await page.advance(40);
  assert.equal(page.notice, null);
});

test("a network that is back while a code is shown brings the app", async () => {
  const page = await withCode({ reply: code({ mode: "static", expires_at: null }) });
  page.scriptFails();
  await page.advance(1);
  await page.answerHeads((request) => request.reply(503, ""));
  assert.deepEqual(page.visits, []);
  page.listeners.online();
  assert.deepEqual(page.visits, ["reload"]);
});

test("a code that is left by Back gives way to what there is to say of the app", async () => {
  const page = await withCode();
  page.arrive(...FILES);
  await page.advance(10);
  page.goBack();
  await page.advance(1);
  assert.equal(page.notice, "94");
});
