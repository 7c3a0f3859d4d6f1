import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CODE_FILES, FILES, LATER, Page, VERSION, source } from "./page.mjs";

const WALLET = JSON.stringify({
  merchant_id: "m2",
  merchants: [
    { id: "m1", name: "老街火锅", phone: "028-8555-0101" },
    { id: "m2", name: "江南面馆", phone: "028-8555-0188" },
  ],
});
const TRAP = 'new WebAssembly.RuntimeError("unreachable")';

async function parsed(options) {
  const page = new Page(options);
  await page.parse();
  return page;
}

async function started(options) {
  const page = await parsed(options);
  page.arrive(...FILES);
  page.window.kabaoReady();
  return page;
}

const WALLET_PATH = "/api/v1/accounts/case-2/wallet";

function early(page, path = WALLET_PATH) {
  return page.window.kabaoEarly[path];
}

function paths(page) {
  return page.requests.map((request) => request.url.replace("/api/v1/accounts", ""));
}

function preloaded(page) {
  return page.document.querySelectorAll('link[rel="preload"][as="fetch"]').map((link) => link.href);
}

const isGone = (request) => request.reply(404);
const isThere = (request) => request.reply(200, "", { "Content-Type": "application/wasm" });

describe("the early request", () => {
  test("asks for the wallet of the account in the address", () => {
    const page = new Page({ path: "/a/case-2/" });
    assert.equal(page.requests[0].url, "/api/v1/accounts/case-2/wallet");
    assert.deepEqual(Object.keys(page.window.kabaoEarly), [WALLET_PATH]);
    assert.equal(page.requests[0].options.headers.Accept, "application/json");
    assert.equal(page.requests[0].options.credentials, "same-origin");
  });

  test("asks in the language that the app will speak", () => {
    for (const [options, language] of [
      [{ languages: ["zh-CN"] }, "zh-CN"],
      [{ languages: ["en-GB", "zh-CN"] }, "en"],
      [{ languages: ["fr", "en"] }, "en"],
      [{ languages: ["fr"] }, "zh-CN"],
      [{ languages: ["en"], search: "?lang=zh-CN" }, "zh-CN"],
      [{ languages: ["zh-CN"], search: "?lang=en" }, "en"],
    ]) {
      const request = new Page(options).requests[0];
      assert.equal(request.options.headers["Accept-Language"], language, JSON.stringify(options));
    }
  });

  test("encodes the account as the app does", () => {
    const page = new Page({ path: "/a/caf%c3%a9(1)!~" });
    assert.deepEqual(Object.keys(page.window.kabaoEarly), ["/api/v1/accounts/caf%C3%A9%281%29%21~/wallet"]);
  });

  test("is for the code as well where the address names the card", () => {
    const page = new Page({ path: "/a/case-2/cards/c%2f1(2)/code" });
    const code = "/api/v1/accounts/case-2/cards/c%2F1%282%29/code";
    assert.deepEqual(paths(page), ["/case-2/wallet", "/case-2/cards/c%2F1%282%29/code"]);
    assert.deepEqual(Object.keys(page.window.kabaoEarly), [WALLET_PATH, code]);
  });

  test("is for the code of the card in use, once the wallet has named it", async () => {
    for (const path of ["/a/case-2/code", "/a/case-2/code/"]) {
      const page = await parsed({ path });
      assert.deepEqual(paths(page), ["/case-2/wallet"]);
      await page.answerWallet(200, JSON.stringify({ current_card_id: "c1" }));
      assert.deepEqual(paths(page), ["/case-2/wallet", "/case-2/cards/c1/code"]);
      page.request("/code").reply(200, '{"payload":"8"}');
      const reply = await early(page, "/api/v1/accounts/case-2/cards/c1/code").reply;
      assert.equal(reply.body, '{"payload":"8"}');
    }
  });

  test("is for no code where the wallet names no card, or has failed", async () => {
    for (const [status, body] of [
      [200, "{}"],
      [200, "null"],
      [200, "<html>"],
      [200, '{"current_card_id":""}'],
      [500, '{"current_card_id":"c1"}'],
    ]) {
      const page = await parsed({ path: "/a/case-2/code" });
      await page.answerWallet(status, body);
      assert.deepEqual(paths(page), ["/case-2/wallet"], body);
    }
  });

  test("for a code fetches what draws it", async () => {
    const page = await parsed({ path: "/a/case-2/code" });
    await page.answerWallet(200, JSON.stringify({ current_card_id: "c1" }));
    assert.deepEqual(preloaded(page), [FILES[1], ...CODE_FILES]);
    const wallet = await parsed();
    await wallet.answerWallet(200, JSON.stringify({ current_card_id: "c1" }));
    assert.deepEqual(preloaded(wallet), [FILES[1]]);
  });

  test("for a code whose card is in the address fetches what draws it, once", async () => {
    const page = await parsed({ path: "/a/case-2/cards/c1/code" });
    assert.deepEqual(preloaded(page), [FILES[1], ...CODE_FILES]);
  });

  test("is for no other page", () => {
    for (const path of [
      "/",
      "/a/",
      "/a/case-2/claim",
      "/a/case-2/codes",
      "/a/case-2/cards/c",
      "/a/case-2/cards//code",
      "/a/case-2/cards/c/code/d",
      "/t/R-08",
      "/a/%",
      "/a/%ff",
    ]) {
      const page = new Page({ path });
      assert.deepEqual(page.requests, [], path);
      assert.deepEqual(Object.keys(page.window.kabaoEarly), [], path);
    }
  });

  test("hands over status, Retry-After and body", async () => {
    const page = new Page();
    page.requests[0].reply(503, "<html>", { "Retry-After": "7" });
    const { status, retryAfter, body } = await early(page).reply;
    assert.deepEqual({ status, retryAfter, body }, { status: 503, retryAfter: "7", body: "<html>" });
  });

  for (const without of [[], ["performance"]]) {
    test(`tells how long its reply has lain there ${without.length ? "by the phone's clock" : ""}`, async () => {
      const page = new Page({ without });
      await page.advance(2);
      page.requests[0].reply(200, WALLET);
      const reply = await early(page).reply;
      assert.equal(reply.age(), 0);
      await page.advance(3.5);
      assert.equal(reply.age(), 3500);
    });
  }

  test("is not sent where the page has the wallet in it", async () => {
    const page = await parsed({ inlined: `\n${WALLET}\n` });
    assert.deepEqual(page.requests, []);
    await page.advance(1);
    const reply = await early(page).reply;
    assert.deepEqual([reply.status, reply.retryAfter, JSON.parse(reply.body), reply.age()], [200, null, JSON.parse(WALLET), 1000]);
    early(page).abort();
    assert.equal(new Page({ inlined: " \n " }).requests.length, 1, "an empty one is none");
    assert.deepEqual(new Page({ inlined: WALLET, path: "/a/case-2/claim" }).requests, []);
  });

  test("is for the code of the card that the wallet in the page has in use", async () => {
    const page = new Page({ path: "/a/case-2/code", inlined: '{"current_card_id":"c1"}' });
    await page.settle();
    assert.deepEqual(paths(page), ["/case-2/cards/c1/code"]);
  });

  test("has no Retry-After if none was sent", async () => {
    const page = new Page();
    page.requests[0].reply(200, WALLET);
    assert.equal((await early(page).reply).retryAfter, null);
  });

  for (const without of [[], ["AbortController"]]) {
    test(`ends after 15 seconds ${without.length ? "where nothing can be aborted" : ""}`, async () => {
      const page = new Page({ without });
      const outcome = early(page).reply.then(null, (error) => error.name);
      let ended = false;
      outcome.then(() => (ended = true));
      await page.advance(14.9);
      assert.equal(ended, false);
      await page.advance(0.1);
      assert.equal(await outcome, "TimeoutError");
      assert.equal(page.requests[0].isAborted, without.length === 0);
    });
  }

  test("has no deadline left once it is answered", async () => {
    const page = new Page();
    page.requests[0].reply(200, WALLET);
    await page.settle();
    assert.deepEqual(page.timers, []);
  });

  test("can be given up", async () => {
    const page = new Page();
    const outcome = early(page).reply.then(null, (error) => error.name);
    early(page).abort();
    assert.equal(await outcome, "AbortError");
    assert.equal(page.requests[0].isAborted, true);
  });

  test("does not hold back a later request for the same address", () => {
    // A browser lets a request wait for an earlier one that may fill its cache.
    assert.equal(new Page().requests[0].options.cache, "no-store");
  });

  test("that fails says that the network failed", async () => {
    const page = new Page();
    page.requests[0].fail();
    assert.equal(await early(page).reply.then(null, (error) => error.name), "TypeError");
  });
});

describe("a phone that can't run the app", () => {
  for (const [what, options] of [
    ["whose WebAssembly lacks something", { canRun: false }],
    ["without WebAssembly", { without: ["WebAssembly"] }],
    ["without fetch", { without: ["fetch", "WebAssembly"] }],
    ["without promises", { without: ["Promise", "WebAssembly"] }],
  ]) {
    test(`${what} is told at once`, async () => {
      const page = await parsed(options);
      assert.equal(page.notice, "93");
      assert.equal(page.text("help-title"), "这台手机暂时打不开会员卡包");
      assert.equal(page.isShown("shell-skeleton"), false);
      assert.equal(page.isShown("help-reload"), false);
    });
  }

  test("is told when the app's JavaScript is too new for it", async () => {
    const page = await parsed();
    page.throws('new SyntaxError("Unexpected reserved word")', "https://cards.example/a/case-2");
    await page.answerHeads(isThere);
    assert.equal(page.notice, "93");
  });

  test("is told when its WebAssembly does not compile", async () => {
    const page = await parsed();
    page.rejects("new WebAssembly.CompileError()");
    await page.answerHeads(isThere);
    assert.equal(page.notice, "93");
  });

  test("is told of the shop, whenever its wallet comes", async () => {
    const page = await parsed({ canRun: false });
    assert.equal(page.isShown("help-call"), false);
    page.requests[0].reply(200, WALLET);
    await page.settle();
    assert.equal(page.text("help-shop"), "江南面馆");
    assert.equal(page.shell.find("help-call").href, "tel:028-8555-0188");
    assert.equal(page.text("help-call"), "致电门店 028-8555-0188");
    assert.equal(page.isShown("help-call"), true);
  });
});

describe("a slow network", () => {
  test("is told after 8 seconds, and is waited for", async () => {
    const page = await parsed();
    await page.advance(7.9);
    assert.equal(page.notice, null);
    await page.advance(0.1);
    assert.equal(page.notice, "slow");
    assert.equal(page.text("help-title"), "网络有点慢，正在打开");
    assert.equal(page.isShown("shell-skeleton"), true);
    assert.equal(page.isShown("help-support"), false);
    await page.advance(120);
    assert.equal(page.notice, "slow");
  });

  test("is over for the page as soon as the app runs, though it still waits for the wallet", async () => {
    const page = await parsed();
    await page.advance(9);
    page.window.kabaoReady(true);
    assert.equal(page.document.getElementById("shell"), null);
    page.window.kabaoReady();
    assert.equal(page.document.getElementById("shell"), null);
  });

  test("is not taken for a phone that can't: the app comes after 9 seconds", async () => {
    const page = await parsed();
    await page.advance(9);
    page.arrive(...FILES);
    await page.advance(2);
    assert.equal(page.notice, "slow");
    page.window.kabaoReady();
    assert.equal(page.notice, null);
    assert.equal(page.document.getElementById("shell"), null);
    await page.advance(60);
    assert.equal(page.document.getElementById("shell"), null);
  });

  test("is what it is while one of the files is missing", async () => {
    const page = await parsed();
    page.arrive(FILES[0]);
    await page.advance(20);
    assert.equal(page.notice, "slow");
  });

  test("can be reloaded", async () => {
    const page = await parsed();
    await page.advance(8);
    page.shell.find("help-reload").click();
    assert.deepEqual(page.visits, ["reload"]);
  });
});

describe("an app that does not start", () => {
  test("makes way for help 8 seconds after it has arrived", async () => {
    const page = new Page();
    page.arrive(...FILES);
    await page.parse();
    await page.advance(7.9);
    assert.equal(page.notice, null);
    await page.advance(0.1);
    assert.equal(page.notice, "94");
    assert.equal(page.text("help-title"), "这台手机暂时打不开会员卡包");
    assert.equal(page.isShown("help-reload"), true);
  });

  test("is not waited for longer because what draws the code has not come", async () => {
    const page = await parsed({ path: "/a/case-2/code" });
    await page.answerWallet(200, JSON.stringify({ current_card_id: "c1" }));
    page.arrive(...FILES);
    await page.advance(9);
    assert.equal(page.notice, "94");
  });

  test("has 8 seconds also when it has come late", async () => {
    const page = await parsed();
    await page.advance(9.5);
    page.arrive(...FILES);
    await page.advance(8);
    assert.equal(page.notice, "slow");
    await page.advance(0.6);
    assert.equal(page.notice, "94");
  });

  test("and starts after all takes the help away", async () => {
    const page = await parsed();
    page.arrive(...FILES);
    await page.advance(10);
    page.window.kabaoReady();
    assert.equal(page.notice, null);
    assert.equal(page.document.getElementById("shell"), null);
  });

  test("did not arrive if its file was an error page", async () => {
    const page = await parsed();
    for (const name of FILES) page.arrived.push({ name, responseEnd: 1, responseStatus: 502 });
    await page.advance(30);
    assert.equal(page.notice, "slow");
  });
});

describe("a version that is gone from the server", () => {
  test("is reloaded, then past the caches, then told", async () => {
    const storage = new Map();
    const visits = [];
    for (let load = 0; load < 3; load++) {
      const page = await parsed({ storage, search: "?lang=zh&v=old" });
      page.scriptFails();
      await page.answerHeads(isGone);
      visits.push(...page.visits);
      assert.equal(page.notice, load < 2 ? null : "97", `load ${load}`);
      if (load < 2) continue;
      assert.equal(page.text("help-title"), "页面已更新，请刷新");
      assert.equal(page.text("help-reload"), "刷新");
      assert.equal(page.focused, "help-title");
      page.shell.find("help-reload").click();
      assert.match(page.visits[0], /^\/a\/case-2\?lang=zh&v=\w+$/);
    }
    assert.equal(visits.length, 2);
    assert.equal(visits[0], "reload");
    assert.match(visits[1], /^\/a\/case-2\?lang=zh&v=(?!old)\w+$/);
  });

  test("is reloaded again after a minute, and not before", async () => {
    const at = 1_800_000_000_000;
    for (const [age, visits] of [[59_000, []], [61_000, ["reload"]], [-59_000, []], [-61_000, ["reload"]]]) {
      const page = await parsed({ storage: new Map([["kabao.reloads", `2@${at}`]]), now: at + age - 500 });
      page.scriptFails();
      await page.answerHeads(isGone);
      assert.deepEqual(page.visits, visits, `${age} ms later`);
    }
  });

  test("is told and never reloaded by itself where storage is denied", async () => {
    const page = await parsed({ storage: null });
    page.scriptFails();
    await page.answerHeads(isGone);
    assert.equal(page.notice, "97");
    assert.deepEqual(page.visits, []);
  });

  test("is noticed where every unknown address is the app's page", async () => {
    const page = await parsed();
    page.rejects("new WebAssembly.CompileError()");
    await page.answerHeads((request) => request.reply(200, "", { "Content-Type": "text/html; charset=utf-8" }));
    assert.deepEqual(page.visits, ["reload"]);
  });

  test("is noticed by a file that is fetched later", async () => {
    const page = await started();
    page.arrived.push({ name: LATER, responseEnd: 1, responseStatus: 404 });
    const reason = page.window.kabaoMissing();
    await page.answerHeads((request) => (request.url === `${LATER}?head` ? isGone(request) : isThere(request)));
    assert.equal(await reason, "replaced");
    assert.deepEqual(page.visits, ["reload"]);
  });

  test("that several parts of the app miss at once is loaded once", async () => {
    const page = await started();
    const reasons = [page.window.kabaoMissing(), page.window.kabaoMissing()];
    await page.answerHeads(isGone);
    assert.deepEqual(await Promise.all(reasons), ["replaced", "replaced"]);
    assert.deepEqual(page.visits, ["reload"]);
  });

  test("takes the place of the app when it can't be mended", async () => {
    const page = await started({ storage: null });
    page.window.kabaoMissing();
    await page.answerHeads(isGone);
    assert.equal(page.notice, "97");
  });
});

describe("a network that fails", () => {
  for (const [what, answer] of [
    ["nothing can be reached", (request) => request.fail()],
    ["the server is down", (request) => request.reply(502, "", { "Content-Type": "text/html" })],
    ["the file is there a moment later", isThere],
  ]) {
    test(`is told as that: ${what}`, async () => {
      const page = await parsed();
      page.scriptFails();
      await page.answerHeads(answer);
      assert.equal(page.notice, "90");
      assert.deepEqual(page.visits, []);
      await page.advance(60);
      assert.equal(page.notice, "90");
    });
  }

  test("is told when the module's fetch fails", async () => {
    for (const message of ["Failed to fetch", "Load failed", "network error", "failed to fetch Wasm: 502"]) {
      const page = await parsed();
      page.rejects(`new TypeError("${message}")`);
      await page.answerHeads(isThere);
      assert.equal(page.notice, "90", message);
    }
  });

  test("heals when it comes back", async () => {
    const page = await parsed();
    page.scriptFails();
    await page.answerHeads((request) => request.fail());
    page.listeners.online();
    assert.deepEqual(page.visits, ["reload"]);
  });

  test("leaves an app that works alone when it comes back", async () => {
    const page = await started();
    page.listeners.online();
    assert.deepEqual(page.visits, []);
  });

  test("is not taken for a new version, for a file that is fetched later", async () => {
    const page = await started();
    const reason = page.window.kabaoMissing();
    await page.answerHeads((request) => request.fail());
    assert.equal(await reason, "unreachable");
    assert.equal(page.notice, null);
  });

  test("does not let the app wait for ever for the reason", async () => {
    const page = await started();
    const reason = page.window.kabaoMissing();
    await page.advance(16);
    assert.equal(await reason, "unreachable");
  });
});

describe("an app that stops", () => {
  for (const [what, stop] of [
    ["by a panic", (page) => page.window.kabaoFailed()],
    ["by a trap", (page) => page.throws(TRAP)],
    ["by a trap in a task", (page) => page.rejects(TRAP)],
    ["by too deep a stack", (page) => page.throws('Object.assign(new RangeError(), { stack: "at wasm-function[7]" })')],
  ]) {
    test(`${what} makes way for help`, async () => {
      const page = await started();
      const app = page.document.createElement("main");
      app.id = "app";
      page.document.body.appendChild(app);
      stop(page);
      assert.equal(page.notice, "96");
      assert.equal(page.document.getElementById("app"), null);
      assert.equal(page.text("help-title"), "会员卡包出了问题，停住了");
      assert.equal(page.focused, "help-title");
      page.shell.find("help-reload").click();
      assert.deepEqual(page.visits, ["reload"]);
    });

    test(`${what} as it starts makes way for help`, async () => {
      const page = await parsed();
      stop(page);
      assert.equal(page.notice, "96");
    });
  }

  test("stays away, whatever it still says", async () => {
    const page = await started();
    page.window.kabaoFailed();
    page.window.kabaoReady();
    page.throws(TRAP);
    assert.equal(page.notice, "96");
  });
});

describe("errors of other people's scripts", () => {
  const ERRORS = ['new TypeError("WeixinJSBridge is undefined")', "new RangeError()", "null", 'new SyntaxError("JSON")'];

  test("change nothing while the app is on its way", async () => {
    for (const error of ERRORS) {
      const page = await parsed();
      page.throws(error, "https://elsewhere.example/x.js");
      page.rejects(error);
      await page.answerHeads(isThere);
      assert.equal(page.notice, null, error);
    }
  });

  test("change nothing while the app runs", async () => {
    for (const error of ERRORS) {
      const page = await started();
      page.throws(error);
      page.rejects(error);
      await page.advance(1);
      assert.equal(page.notice, null, error);
      assert.equal(page.requests.length, 1, "no file is asked for");
    }
  });
});

describe("a staff code", () => {
  test("has problem, time in China and account", async () => {
    const page = await parsed({ canRun: false, now: Date.parse("2026-11-23T16:04:00Z") });
    assert.equal(page.text("help-code"), "93-1124-0004-9522");
  });

  test("counts the bytes of the account's decoded id, as the app does", async () => {
    const table = source("core/src/domain/account_numbers.tsv").trim().split("\n");
    assert.ok(table.length > 5);
    for (const line of table) {
      const [number, account] = line.split("\t");
      const page = await parsed({ canRun: false, path: `/a/${encodeURIComponent(account)}/profile` });
      assert.equal(page.text("help-code").slice(-4), number, account);
    }
  });

  test("is made without an account, too", async () => {
    for (const path of ["/", "/t/R-08", "/a/%ff"]) {
      const page = await parsed({ canRun: false, path });
      assert.equal(page.text("help-code"), "93-1124-0004-6261", path);
    }
  });

  test("has the version of the app beside it, if the page names one", async () => {
    const page = await parsed({ canRun: false });
    assert.equal(page.text("help-version"), `版本 ${VERSION}`);
    const slow = await parsed();
    await slow.advance(8);
    assert.equal(slow.isShown("help-support"), false, "a slow network is no problem");
    const developed = new Page({ canRun: false });
    await developed.parse({ version: null });
    assert.equal(developed.text("help-version"), "");
    assert.match(developed.text("help-code"), /^93-/);
  });

  test("has the contract's numbers", () => {
    const contract = source("contract/openapi.yaml").split("x-client-staff-numbers:\n")[1].split(/^\S/m)[0];
    const numbers = Object.fromEntries([...contract.matchAll(/^ {2}(\w+): (\d+)/gm)].map(([, name, number]) => [number, name]));
    const used = [...source("boot.js").matchAll(/(\w+) = \{[^}]*number: "(\d+)"/g)].map(([, name, number]) => [name, numbers[number]]);
    assert.deepEqual(used, [
      ["UNREACHABLE", "offline"],
      ["DID_NOT_START", "did_not_start"],
      ["REPLACED", "replaced"],
      ["CANNOT_RUN", "no_web_assembly"],
      ["STOPPED", "stopped"],
    ]);
  });
});

describe("a report", () => {
  const sent = (page) => page.reports.map((report) => JSON.parse(report.text));

  test("is made of what the fan is shown that the backend can't notice", async () => {
    const page = await parsed({ canRun: false });
    assert.deepEqual(page.reports, [{
      by: "beacon",
      url: "/api/v1/reports",
      type: "application/json",
      text: JSON.stringify({ number: 93, version: VERSION }),
    }]);
    const stopped = await started();
    stopped.window.kabaoFailed();
    assert.deepEqual(sent(stopped), [{ number: 96, version: VERSION }]);
    const late = await parsed();
    late.arrive(...FILES);
    await late.advance(20);
    assert.deepEqual(sent(late), [{ number: 94, version: VERSION }]);
  });

  test("is made of no network and of none that is slow", async () => {
    const slow = await parsed();
    await slow.advance(8);
    assert.equal(slow.notice, "slow");
    assert.deepEqual(slow.reports, []);
    const offline = await parsed();
    offline.scriptFails();
    await offline.answerHeads((request) => request.fail());
    assert.equal(offline.notice, "90");
    assert.deepEqual(offline.reports, []);
  });

  test("is made once from a page", async () => {
    const page = await started();
    page.window.kabaoReport(96);
    page.window.kabaoFailed();
    assert.deepEqual(sent(page), [{ number: 96, version: VERSION }]);
  });

  test("of a reply that can't be read is made in one of ten cases", async () => {
    for (const [drawn, count] of [[0, 1], [0.099, 1], [0.1, 0], [0.999, 0]]) {
      const page = await started();
      page.run(`Math.random = () => ${drawn}`);
      page.window.kabaoReport(92);
      page.window.kabaoReport(92);
      assert.equal(page.reports.length, count, `${drawn}`);
    }
  });

  test("goes by another way where the browser has no beacon or sends no JSON with it", async () => {
    for (const take of ["delete navigator.sendBeacon", "navigator.sendBeacon = () => false", "navigator.sendBeacon = () => { throw new Error() }"]) {
      const page = await started();
      page.run(take);
      page.window.kabaoFailed();
      assert.deepEqual(page.reports, [{
        by: "POST",
        url: "/api/v1/reports",
        type: "Content-Type: application/json",
        text: JSON.stringify({ number: 96, version: VERSION }),
      }]);
    }
  });

  test("is missed by nobody where there is no way at all", async () => {
    const page = await parsed({ canRun: false, without: ["Blob", "XMLHttpRequest"] });
    assert.equal(page.notice, "93");
    assert.deepEqual(page.reports, []);
  });

  test("has no version where the page names none", async () => {
    const page = new Page({ canRun: false });
    await page.parse({ version: null });
    assert.deepEqual(sent(page), [{ number: 93 }]);
  });

  test("has one of the contract's numbers", () => {
    const [, numbers] = source("contract/openapi.yaml").match(/\n {4}Report:[^]*?number: \{ enum: \[([^\]]*)\]/);
    const ours = [...source("boot.js").matchAll(/ = \{[^}]*number: "(\d+)"/g)].map(([, number]) => number);
    assert.deepEqual(numbers.split(", "), [...ours.filter((number) => number !== "90"), "92"].sort());
  });
});

describe("the language", () => {
  test("is the address's, else the browser's first known one, else Chinese", async () => {
    for (const [search, languages, tag] of [
      ["", ["zh-CN"], "zh-CN"],
      ["", ["en-GB", "zh-CN"], "en"],
      ["", ["fr-FR", "EN"], "en"],
      ["", ["fr-FR"], "zh-CN"],
      ["?lang=en", ["zh-CN"], "en"],
      ["?x=1&lang=zh-CN", ["en"], "zh-CN"],
      ["?lang=xx", ["en"], "en"],
      ["?lang=constructor", ["en"], "en"],
    ]) {
      const page = await parsed({ canRun: false, search, languages });
      assert.equal(page.shell.find("help").lang, tag, `${search} ${languages}`);
    }
  });

  test("has words for everything, whichever it is", async () => {
    const languages = [...source("boot.js").matchAll(/^ {4}(\w+): \{\n {6}call:/gm)].map(([, language]) => language);
    assert.deepEqual(languages, ["zh", "en"]);
    const [, tags] = /TAGS = \{(.*)\}/.exec(source("early.js"));
    assert.deepEqual([...tags.matchAll(/(\w+): /g)].map(([, language]) => language), languages);
    for (const language of languages) {
      const search = `?lang=${language}`;
      const slow = await parsed({ search });
      await slow.advance(8);
      const unreachable = await parsed({ search });
      unreachable.scriptFails();
      await unreachable.answerHeads(isThere);
      const replaced = await started({ search, storage: null });
      replaced.window.kabaoMissing();
      await replaced.answerHeads(isGone);
      const cannot = await parsed({ search, canRun: false });
      const stopped = await started({ search });
      stopped.window.kabaoFailed();
      const titles = [slow, unreachable, replaced, cannot, stopped].map((page) => {
        for (const id of ["help-happened", "help-advice", "help-reload", "help-code-name", "help-version"]) {
          assert.match(page.text(id), /\S/, `${language} ${page.notice} ${id}`);
        }
        return page.text("help-title");
      });
      assert.equal(new Set(titles).size, 5, titles.join());
    }
  });
});

describe("index.html", () => {
  const html = source("index.html");

  test("asks for the wallet before all that is long, and runs the boot script before the app", () => {
    const order = ['id="wallet"', 'href="early.js"', 'type="css"', 'href="first_screen.js"', 'href="boot.js"', 'rel="rust"'];
    const places = order.map((part) => html.indexOf(part));
    assert.ok(places[0] > 0);
    assert.deepEqual(places, places.toSorted((one, other) => one - other));
  });

  test("names the files of public/ that it shows", () => {
    const named = [...html.matchAll(/<link rel="[^"]*icon" href="\/([^"]+)"/g)].map(([, name]) => name);
    assert.equal(named.length, 4);
    for (const name of named) assert.ok(source(`public/${name}`).length > 0, name);
  });

  test("has the page's colours as the theme's", () => {
    const tokens = [...source("style/tokens.css").matchAll(/--page: ([^;]+);/g)].map(([, colour]) => colour);
    const themes = [...html.matchAll(/<meta name="theme-color"[^>]*content="([^"]+)"/g)].map(([, colour]) => colour);
    assert.deepEqual(themes, tokens);
  });
});
