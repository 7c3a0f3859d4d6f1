// The boot script: what the page does before the app is there, and when the app
// is there no more. The build inlines it into `index.html`.
//
// It is ES5, because a phone that is too old for the app must still be able to
// show its fan how to be served. It may fail at nothing: storage can be denied,
// and any interface newer than ES5 can be missing.
//
// What `src/browser/boot.rs` uses of it:
//   kabaoReady(isWaiting)
//                     the app has its first screen, or is waiting for the wallet
//   kabaoFailed()     the app has panicked
//   kabaoMissing()    a file of the app did not come: a promise of why
//   kabaoReport(number)
//                     the fan has been shown a problem that nobody else knows of
// What the page itself calls once the app's script is there:
//   kabaoStart(start) starts the app when nothing is held up by it
// And what `first_screen.js` does, whose functions it calls:
//   kabaoOpenCode(card, address)
//                     somebody wants that card's member code, which has that address
// And what `first_code.js` calls, whose functions it calls:
//   kabaoPaintCode()  it is there
// It uses what `early.js` has read off the address and has asked for (`kabaoPage`).
(function () {
  "use strict";

  // How long the app may take to arrive, and then to start, in seconds.
  var PATIENCE = 8;
  // How long the app's start may wait for the wallet's reply, in milliseconds.
  var HEAD_START = 1000;
  // Within this time, in milliseconds, a reload that did not help is not tried
  // again.
  var RELOAD_GUARD = 60000;
  var RELOADS = "kabao.reloads";
  // Of the replies that can't be read so many are reported: whoever's reply it is, it
  // is everybody's.
  var SAMPLE = 0.1;

  // What can go wrong, with the problem's number in a staff code (see
  // `x-client-staff-numbers` in `contract/openapi.yaml`) and its weight: a
  // notice gives way only to a heavier one. A slow network is no problem yet.
  var SLOW = { text: "slow", weight: 1 };
  var UNREACHABLE = { text: "unreachable", number: "90", weight: 2 };
  var DID_NOT_START = { text: "cannotRun", number: "94", weight: 3 };
  var REPLACED = { text: "replaced", number: "97", weight: 3 };
  var CANNOT_RUN = { text: "cannotRun", number: "93", weight: 4 };
  var STOPPED = { text: "stopped", number: "96", weight: 5 };
  // The number of a problem that the app notices.
  var UNREADABLE_REPLY = 92;

  // Every word, by primary language tag.
  var LANGUAGES = {
    zh: {
      call: "致电门店",
      staffCode: "服务代码",
      version: "版本",
      reload: "重新加载",
      slow: {
        title: "网络有点慢，正在打开",
        happened: "打开后会自动显示，不用退出。",
        advice: "等不及的话，在店里可以直接报手机号，由店员查询会员卡。",
      },
      unreachable: {
        title: "连接不上，会员卡包没能打开",
        happened: "您的会员卡、余额和积分都在，不会丢失。",
        advice: "请检查手机网络后重新加载。在店里也可以直接报手机号，由店员查询会员卡。",
      },
      replaced: {
        title: "页面已更新，请刷新",
        happened: "会员卡包换了新版本。您的会员卡、余额和积分都在。",
        advice: "如果刷新后还是这一页，请关掉页面，再从公众号菜单打开。在店里也可以直接报手机号，由店员查询会员卡。",
        reload: "刷新",
      },
      cannotRun: {
        title: "这台手机暂时打不开会员卡包",
        happened: "您的会员卡、余额和积分都在，不会丢失。",
        advice: "在店里可以直接报手机号，由店员查询会员卡。也可以更新微信或手机系统后再打开。",
      },
      stopped: {
        title: "会员卡包出了问题，停住了",
        happened: "不是您的操作造成的。您的会员卡、余额和积分都在。",
        advice: "重新加载后，可以看到刚才的操作有没有完成。如果还是不行，在店里可以直接报手机号，由店员查询会员卡。",
      },
    },
    en: {
      call: "Call the shop",
      staffCode: "Staff code",
      version: "Version",
      reload: "Reload",
      slow: {
        title: "The network is slow. Still opening",
        happened: "Your cards will appear by themselves. There is no need to leave.",
        advice: "In a hurry? At the shop, tell the staff your phone number and they will find your card.",
      },
      unreachable: {
        title: "No connection, so the cards could not be opened",
        happened: "Your cards, balance and points are safe.",
        advice: "Check the phone’s network, then reload. At the shop, staff can also find your card by your phone number.",
      },
      replaced: {
        title: "The page has been updated. Please refresh",
        happened: "There is a new version. Your cards, balance and points are safe.",
        advice: "If this page comes back, close it and open the cards from the account’s menu again. At the shop, staff can also find your card by your phone number.",
        reload: "Refresh",
      },
      cannotRun: {
        title: "This phone can’t open the cards right now",
        happened: "Your cards, balance and points are safe.",
        advice: "At the shop, tell the staff your phone number and they will find your card. Updating WeChat or the phone may help too.",
      },
      stopped: {
        title: "Something went wrong and the app stopped",
        happened: "It was nothing you did. Your cards, balance and points are safe.",
        advice: "Reload to see whether what you just did was completed. If that does not help, staff at the shop can find your card by your phone number.",
      },
    },
  };

  var page = window.kabaoPage;
  var account = page.account;
  var words = LANGUAGES[page.primary];
  var firstScreen = window.kabaoFirstScreen;
  // What paints in the shell: that, or `kabaoFirstCode`.
  var screen = firstScreen;
  // What the address is of: "wallet", "code" or null, and the card that it names.
  var subject = null;
  var card = null;
  // The body of the wallet's reply, for the shop's name and phone.
  var wallet = null;
  // The last member code's reply that can be shown, and the card that it is of.
  var code = null;
  // The shell of `index.html`: kept when it leaves the page, to come back.
  var shell = null;
  var shown = null;
  // What is shown once the painted code has ended.
  var held = null;
  var isReady = false;
  var hasFailed = false;
  // Whether a member code is wanted, and whether its modules are on their way.
  var wantsCode = false;
  var isCodeFetched = false;
  // Whether the wallet's reply was another than the wallet.
  var isRefused = false;

  // --- What is asked for early ---------------------------------------------

  // Does something with a reply, if one was asked for. The app finds out for itself why
  // there is none.
  function onceThere(reply, act) {
    if (reply) reply.then(act).then(null, function () {});
  }

  // The member code of a card, and the module that draws it: they are on their way
  // together.
  function askForCode(cardId) {
    if (!cardId) return;
    onceThere(page.ask("/cards/" + page.segment(cardId) + "/code"), function (reply) {
      if (reply.status !== 200) return;
      code = reply;
      code.card = cardId;
      paintCode();
    });
    preload();
  }

  // The member code goes where the first screen is, or the skeleton, as soon as all
  // that it takes is there. The app then starts with it.
  function paintCode() {
    var first = window.kabaoFirstCode;
    var isWanted = first && subject === "code" && code && code.card === card && wallet && shell && !shown && !isReady;
    if (isWanted && first.paint(shell, code, wallet, firstPage(), firstScreen)) screen = first;
  }

  // Somebody wants a card's code. While there is no app, the page goes to the `address`
  // of it, if one is given: the app starts there, and Back returns. Returns whether it
  // did.
  function openCode(cardId, address) {
    askForCode(cardId);
    if (!address || isReady || !history.pushState) return false;
    if (subject !== "code") history.pushState((history.state || 0) + 1, "", address);
    readAddress();
    paintCode();
    return true;
  }

  // Files that the page names behind this script: there are none before it is parsed.
  function named(what) {
    var mark = document.querySelector('meta[name="kabao:' + what + '"]');
    return mark ? mark.content.split(" ") : [];
  }

  function preload() {
    wantsCode = true;
    if (isCodeFetched) return;
    named("code").forEach(function (url) {
      isCodeFetched = true;
      // One of them is the script that paints the code until the app does.
      fetchAhead(url, /js$/.test(url) ? "script" : "link");
    });
  }

  function fetchAhead(url, tag) {
    var file = document.createElement(tag);
    file.rel = "preload";
    file.as = "fetch";
    file.crossOrigin = "anonymous";
    file.href = file.src = url;
    document.head.appendChild(file);
  }

  function readAddress() {
    var address = page.address();
    subject = address.subject;
    card = address.card;
  }

  function awaitWallet() {
    readAddress();
    if (subject === "code") {
      preload();
      askForCode(card);
    }
    onceThere(page.wallet, function (reply) {
      if (reply.status === 200) know(reply.body);
      else refuse(reply.status);
    });
  }

  function refuse(status) {
    isRefused = true;
    if (!screen) return;
    screen.remove();
    if (status === 401 || status === 403) screen.forget(account);
  }

  // The wallet is there.
  function know(body) {
    wallet = body;
    if (shown) nameShop();
    if (subject === "code" && !card) {
      try {
        card = JSON.parse(body).current_card_id;
        askForCode(card);
      } catch (error) {
        // The app finds out what the reply means.
      }
    }
    paint();
    paintCode();
  }

  // The page as the app will see it.
  function firstPage() {
    if (!isReady) document.documentElement.lang = page.tag;
    return firstScreen.page(account, page.primary, page.query);
  }

  function paint() {
    if (!screen || !shell || subject !== "wallet") return;
    var isWanted = !isReady && !shown;
    var first = firstPage();
    if (wallet !== null) screen.take(wallet, first, isWanted);
    else if (isWanted && !isRefused) screen.paintLast(first);
  }

  // Back from a code, or forward to one, before the app is there.
  window.addEventListener("popstate", function () {
    if (isReady || !screen) return;
    readAddress();
    screen.remove();
    screen = firstScreen;
    paint();
    paintCode();
  });

  // The app's start takes the one thread that the page has: a reply that comes
  // meanwhile is painted only after it. So where the reply is all that the first screen
  // waits for, it goes first, and the browser draws it.
  function startWith(start) {
    if (!screen || subject !== "wallet" || !page.wallet || screen.isPainted()) {
      start();
      return;
    }
    var hasStarted = false;
    function go() {
      if (hasStarted) return;
      hasStarted = true;
      start();
    }
    function goOnceDrawn() {
      if (!screen.isPainted()) go();
      else requestAnimationFrame(function () { setTimeout(go, 0); });
    }
    page.wallet.then(goOnceDrawn, go);
    // The reply may be slow, and a page that is not in view draws nothing.
    setTimeout(go, HEAD_START);
  }

  // --- Can this phone run the app? -----------------------------------------

  function canRun() {
    // Modules that use what the build needs: sign extension, bulk memory,
    // saturating conversion of floats.
    var modules = [
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 192, 26, 11],
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 14, 1, 12, 0, 65, 0, 65, 0, 65, 0, 252, 10, 0, 0, 11],
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 12, 1, 10, 0, 67, 0, 0, 0, 0, 252, 0, 26, 11],
    ];
    try {
      for (var i = 0; i < modules.length; i++) {
        if (!WebAssembly.validate(new Uint8Array(modules[i]))) return false;
      }
      return "noModule" in document.createElement("script");
    } catch (error) {
      return false;
    }
  }

  // --- Are its files there? ------------------------------------------------

  // The files that the app starts with: its script and its module.
  function startFiles() {
    return named("start").map(function (path) { return location.origin + path; });
  }

  // Those, and whatever else of the app has been asked for since.
  function allFiles() {
    var files = startFiles();
    var entries = window.performance && performance.getEntriesByType ? performance.getEntriesByType("resource") : [];
    for (var i = 0; i < entries.length; i++) {
      var url = entries[i].name;
      var isOurs = url.indexOf(location.origin + "/") === 0 && /\.(js|wasm)$/.test(url);
      if (isOurs && files.indexOf(url) < 0) files.push(url);
    }
    return files;
  }

  // Whether all that the app starts with has arrived. A browser lists a file
  // once its last byte is there.
  function haveStartFilesArrived() {
    var files = startFiles();
    if (!files.length || !window.performance || !performance.getEntriesByName) return false;
    return files.every(function (url) {
      return performance.getEntriesByName(url).some(function (entry) {
        return entry.responseEnd > 0 && (!("responseStatus" in entry) || entry.responseStatus === 200);
      });
    });
  }

  // Why a file of the app did not come, as a promise: "replaced" if the server
  // has it no more, "unreachable" if the server can't be asked, else "present".
  function reasonMissing() {
    return Promise.all(
      allFiles().map(function (url) {
        // Under an address of its own, because the browser lists this reply too,
        // and it must not pass for the file.
        return page.request(url + "?head", { method: "HEAD" }, function (response) {
          // A server that answers everything with the app's page has not got
          // the file either.
          var isPage = /^text\/html/.test(response.headers.get("Content-Type") || "");
          if (response.status === 404 || response.status === 410 || (response.ok && isPage)) return "replaced";
          return response.status >= 500 ? "unreachable" : "present";
        }).reply.then(null, function () { return "unreachable"; });
      })
    ).then(function (reasons) {
      if (reasons.indexOf("replaced") >= 0) return "replaced";
      return reasons.indexOf("unreachable") >= 0 ? "unreachable" : "present";
    });
  }

  // --- A new version on the server -----------------------------------------

  // How often the page has reloaded itself within the guard's time. Nothing
  // may reload by itself where that can't be counted.
  function recentReloads() {
    try {
      var parts = (sessionStorage.getItem(RELOADS) || "0@0").split("@");
      // The distance, because the phone's clock may have been set back since.
      return Math.abs(Date.now() - Number(parts[1])) < RELOAD_GUARD ? Number(parts[0]) : 0;
    } catch (error) {
      return null;
    }
  }

  function countReload(count) {
    try {
      sessionStorage.setItem(RELOADS, count + "@" + Date.now());
      return true;
    } catch (error) {
      return false;
    }
  }

  // Loads the page under an address that no cache knows: WeChat can show an old
  // page again whatever its headers say.
  function loadAfresh() {
    var query = location.search.replace(/^\?/, "").split("&").filter(function (pair) {
      return pair && !/^v=/.test(pair);
    });
    query.push("v=" + Date.now().toString(36));
    location.replace(location.pathname + "?" + query.join("&"));
  }

  // The page is of a version whose files are gone. It is loaded anew, first
  // plainly, then past every cache; if neither helps, the fan is told.
  function replaceVersion() {
    var reloads = recentReloads();
    if (reloads !== null && reloads < 2 && countReload(reloads + 1)) {
      if (reloads === 0) location.reload();
      else loadAfresh();
    } else {
      takeOver(REPLACED);
    }
  }

  // Several parts of the app miss the same file at once: one look answers all of
  // them, and the page is loaded anew once.
  var look = null;

  function missing() {
    look = look || new Promise(function (resolve) {
      // A file is listed once its reply is complete, which is a moment after
      // the app has been told that it failed.
      setTimeout(resolve, 500);
    }).then(reasonMissing).then(function (reason) {
      look = null;
      if (reason === "replaced") replaceVersion();
      return reason;
    });
    return look;
  }

  // --- Staff codes ---------------------------------------------------------

  function twoDigits(number) {
    return (number < 10 ? "0" : "") + number;
  }

  // Four digits that stand for an account: FNV-1a of its id in UTF-8, modulo
  // 10,000, as in `core/src/domain/staff_code.rs`.
  function accountNumber(id) {
    var bytes = unescape(encodeURIComponent(id));
    var hash = 0x811c9dc5;
    for (var i = 0; i < bytes.length; i++) {
      hash ^= bytes.charCodeAt(i);
      // Times the prime 0x01000193, in shifts: a product would not be exact.
      hash = (hash + (hash << 1) + (hash << 4) + (hash << 7) + (hash << 8) + (hash << 24)) >>> 0;
    }
    return ("000" + (hash % 10000)).slice(-4);
  }

  // The same form as every staff code: problem, time in China, account.
  function staffCode(number) {
    var china = new Date(Date.now() + 8 * 3600 * 1000);
    return [
      number,
      twoDigits(china.getUTCMonth() + 1) + twoDigits(china.getUTCDate()),
      twoDigits(china.getUTCHours()) + twoDigits(china.getUTCMinutes()),
      accountNumber(account || ""),
    ].join("-");
  }

  // Which build this is, if it was the build that made the page.
  function version() {
    return named("version")[0] || "";
  }

  // --- Reports -------------------------------------------------------------

  // The numbers of what this page has reported.
  var reported = [];

  // Tells the backend of a problem that it can't notice, once from a page: the number
  // in the staff code and the version, and nothing about anybody. Whether it arrives
  // makes no difference to the fan.
  function report(number) {
    if (reported.indexOf(number) >= 0) return;
    reported.push(number);
    if (number === UNREADABLE_REPLY && Math.random() >= SAMPLE) return;
    var url = "/api/v1/reports";
    var type = "application/json";
    var body = JSON.stringify({ number: number, version: version() || undefined });
    try {
      if (navigator.sendBeacon(url, new Blob([body], { type: type }))) return;
    } catch (error) {
      // The oldest browsers send no JSON so, or nothing at all.
    }
    try {
      var late = new XMLHttpRequest();
      late.open("POST", url);
      late.setRequestHeader("Content-Type", type);
      late.send(body);
    } catch (error) {
      // Then nobody learns of it.
    }
  }

  // --- The help page -------------------------------------------------------

  function part(id) {
    return shell.querySelector("#" + id);
  }

  function show(notice) {
    if (!shell || (shown && shown.weight >= notice.weight)) return;
    if (screen && screen.isPainted()) {
      // A slow network is told without moving what is there. Any other notice is
      // for a fan whose taps nobody would answer; but a till takes a code without
      // the app, too, for as long as it lives.
      if (notice === SLOW) {
        screen.tellSlow();
        return;
      }
      if (screen !== firstScreen && !hasFailed) {
        outlast(notice);
        return;
      }
      screen.remove();
    }
    shown = notice;
    var text = words[notice.text];
    var help = part("help");
    help.lang = page.tag;
    part("help-title").textContent = text.title;
    part("help-happened").textContent = text.happened;
    part("help-advice").textContent = text.advice;
    part("help-reload").textContent = text.reload || words.reload;
    part("help-reload").hidden = notice === CANNOT_RUN;
    part("help-reload").className = "button button--" + (notice === SLOW ? "secondary" : "primary");
    part("help-code-name").textContent = words.staffCode;
    part("help-code").textContent = notice.number ? staffCode(notice.number) : "";
    // A slow network is waited for: the skeleton stays, and nothing alarms.
    part("shell-skeleton").hidden = notice !== SLOW;
    part("help-sign").hidden = notice === SLOW;
    part("help-support").hidden = !notice.number;
    part("help-version").textContent = version() && words.version + " " + version();
    help.hidden = false;
    nameShop();
    if (notice.number && notice !== UNREACHABLE) report(Number(notice.number));
  }

  // Shows a notice once the code that is painted is there no more.
  function outlast(notice) {
    if (held && held.weight >= notice.weight) return;
    held = notice;
    function look() {
      if (held !== notice || isReady || hasFailed) return;
      if (screen !== firstScreen && screen.isPainted()) {
        setTimeout(look, 1000);
        return;
      }
      held = null;
      show(notice);
    }
    look();
  }

  // The shop and its phone, once the wallet's reply has told them.
  function nameShop() {
    try {
      var reply = JSON.parse(wallet);
      for (var i = 0; i < reply.merchants.length; i++) {
        var merchant = reply.merchants[i];
        if (merchant.id !== reply.merchant_id) continue;
        part("help-shop").textContent = merchant.name;
        if (merchant.phone) {
          part("help-call").href = "tel:" + merchant.phone;
          part("help-call").textContent = words.call + " " + merchant.phone;
          part("help-call").hidden = false;
        }
      }
    } catch (error) {
      // Without the wallet the page does not know the shop.
    }
  }

  // Puts the help page in the place of whatever is on the screen. The body is
  // replaced whole: what a stopped app has left there would take taps that
  // nobody answers, and an open dialog would hold everything else inert.
  function takeOver(notice) {
    if (!shell || hasFailed) return;
    var body = document.createElement("body");
    body.appendChild(shell);
    document.body = body;
    isReady = false;
    hasFailed = true;
    show(notice);
    window.scrollTo(0, 0);
    part("help-title").focus();
  }

  // `isWaiting`: the app has no wallet yet, and what is painted here is better.
  function ready(isWaiting) {
    if (hasFailed) return;
    isReady = true;
    shown = null;
    if (!shell || !shell.parentNode) return;
    if (!screen || !screen.isPainted()) leave();
    // The app's own screen is about to be in the page, and is seen once this one
    // goes.
    else if (!isWaiting) setTimeout(function () { screen.handOver(leave); }, 0);
  }

  function leave() {
    if (hasFailed) return;
    part("help").hidden = true;
    if (shell.parentNode) shell.parentNode.removeChild(shell);
  }

  function failed() {
    takeOver(STOPPED);
  }

  // --- What the browser reports --------------------------------------------

  var isExamining = false;
  var lastResort = null;

  // Something failed before the app was there. If its files don't explain it,
  // `notice` is shown, if any.
  function examine(notice) {
    lastResort = notice || lastResort;
    if (isExamining || !window.fetch || !window.Promise) return;
    isExamining = true;
    missing().then(function (reason) {
      isExamining = false;
      if (isReady || hasFailed || reason === "replaced") return;
      if (reason === "unreachable") show(UNREACHABLE);
      else if (lastResort) show(lastResort);
    });
  }

  function isOf(kind, error) {
    return !!window.WebAssembly && typeof WebAssembly[kind] === "function" && error instanceof WebAssembly[kind];
  }

  // Whether the app itself has died: a trap, or its stack has overflowed.
  function isTrap(error) {
    return isOf("RuntimeError", error) || (error instanceof RangeError && /wasm/.test(error.stack));
  }

  // Other people's scripts fail here too, because WeChat adds some. So most
  // errors only give rise to a look at the app's files.
  function onError(error, file) {
    if (isTrap(error)) {
      failed();
    } else if (!isReady && !hasFailed) {
      // The app's JavaScript is newer than this browser: such as top-level
      // `await`, which no probe can look for under a strict content policy.
      var isTooNew = error instanceof SyntaxError && String(file).indexOf(location.origin) === 0;
      var cannotRun = isTooNew || isOf("CompileError", error) || isOf("LinkError", error);
      var didNotCome = error instanceof Error && /fetch|load|network/i.test(error.message);
      examine(cannotRun ? CANNOT_RUN : didNotCome ? UNREACHABLE : null);
    }
  }

  window.addEventListener("error", function (event) {
    var source = event.target;
    if (source && source.tagName === "SCRIPT") {
      if (source.type === "module" && !isReady && !hasFailed) examine(UNREACHABLE);
    } else if (source && source.tagName === "LINK") {
      if (/preload/.test(source.rel) && !isReady && !hasFailed) examine(null);
    } else {
      onError(event.error, event.filename);
    }
    // A file that fails to load is reported on its way down and does not bubble.
  }, true);
  window.addEventListener("unhandledrejection", function (event) {
    onError(event.reason);
  });
  window.addEventListener("online", function () {
    if (shown === UNREACHABLE || held === UNREACHABLE) location.reload();
  });

  // --- The wait for the app ------------------------------------------------

  // Seconds are counted and not read from a clock, so that a page that was in
  // the background has not waited meanwhile.
  var waited = 0;
  var arrivedAfter = null;

  function wait() {
    if (isReady || hasFailed || (shown && shown !== SLOW)) return;
    if (arrivedAfter === null && haveStartFilesArrived()) arrivedAfter = waited;
    if (arrivedAfter === null) {
      if (waited >= PATIENCE) show(SLOW);
    } else if (waited - arrivedAfter >= PATIENCE) {
      show(DID_NOT_START);
    }
    waited += 1;
    setTimeout(wait, 1000);
  }

  // The page is parsed. `DOMContentLoaded` would come too late: it waits for
  // module scripts, and so for a slow network.
  function begin() {
    if (shell || document.readyState === "loading") return;
    shell = document.getElementById("shell");
    if (!shell) return;
    part("help-reload").addEventListener("click", function () {
      if (shown === REPLACED) loadAfresh();
      else location.reload();
    });
    // Its script is asked for by the page. The module would only be asked for once that
    // runs; and were it named in a link, then even before the wallet is.
    var module = startFiles()[1];
    if (module) fetchAhead(module, "link");
    if (wantsCode) preload();
    if (screen) screen.begin(shell, page.segment);
    paint();
    paintCode();
    if (canRun()) wait();
    else show(CANNOT_RUN);
  }

  window.kabaoOpenCode = openCode;
  window.kabaoPaintCode = paintCode;
  window.kabaoStart = startWith;
  window.kabaoReady = ready;
  window.kabaoFailed = failed;
  window.kabaoMissing = missing;
  window.kabaoReport = report;
  document.addEventListener("readystatechange", begin);
  awaitWallet();
})();
