// The member code, painted before the app is there: a till need not wait for it. It
// has the same words and the same classes as the app's own page
// (`src/pages/code.rs`), so that nothing moves when the app takes over.
//
// It is a file of its own, which `boot.js` fetches beside the code's reply where a
// member code is wanted. It is ES5 and may fail at nothing, like the boot script. Where
// a reply holds anything that is not plain, it paints nothing, and the fan waits for
// the app.
//
// `kabaoFirstCode`, at the end, is what `boot.js` uses of it.
(function () {
  "use strict";

  // Every word, by primary language tag, as in `src/i18n/`.
  var WORDS = {
    zh: {
      title: "会员码",
      back: "返回",
      instruction: "请向店员出示",
      brightness: "扫不出来？请调亮屏幕",
      fullScreen: "全屏条形码",
      digits: "会员码数字",
      picture: function (lastFour) { return "会员码二维码，卡号尾号 " + lastFour; },
      bars: function (lastFour) { return "会员码条形码，卡号尾号 " + lastFour; },
      refreshesIn: function (seconds) { return seconds + " 秒后自动刷新"; },
    },
    en: {
      title: "Member code",
      back: "Back",
      instruction: "Show this to the staff",
      brightness: "Won’t scan? Turn up the brightness",
      fullScreen: "Full-screen bar code",
      digits: "Member code digits",
      picture: function (lastFour) { return "Member code as a QR code, card ending in " + lastFour; },
      bars: function (lastFour) { return "Member code as a bar code, card ending in " + lastFour; },
      refreshesIn: function (seconds) { return "Refreshes in " + seconds + " s"; },
    },
  };

  // How long a code is shown at most without the app, in milliseconds: as long as a
  // rotating one lives whose backend does not say (`core/src/domain/member_code.rs`).
  var LIFE = 30000;
  // How often the time that is left is looked at, in milliseconds.
  var TICK = 250;
  // A tap within so many milliseconds is the second one on what was here before:
  // `src/browser/tap_guard.rs`.
  var GUARD = 500;
  // Light modules around the codes: `src/components/qr_code.rs` and `bar_code.rs`.
  var AROUND_SQUARE = 4;
  var AROUND_BARS = 10;
  var BARS_HEIGHT = 44;
  // What a QR code leaves of the screen's height, and how large it may always be, in CSS
  // pixels: `src/pages/code/plate.rs`.
  var AROUND = 340;
  var LARGE_ENOUGH = 280;

  // The build puts the style sheets of the member code here.
  var styles = typeof CODE_STYLES === "string" ? CODE_STYLES : "";

  // Thrown where the app is left to find out what a reply means.
  function unsure() {
    throw new Error();
  }

  // --- QR code (ISO/IEC 18004), version 1, error correction M ------------------
  //
  // It holds 34 digits, and a member code has 18 at most.

  var SIZE = 21;
  var DATA = 16;
  var CORRECTION = 10;
  // The generator polynomial of so many codewords, as powers of two in GF(256).
  var GENERATOR = [251, 67, 46, 61, 118, 70, 64, 94, 32, 45];

  function bitsOf(value, count) {
    var bits = [];
    while (count--) bits.push(value >> count & 1);
    return bits;
  }

  // The codewords of a text of digits.
  function codewords(digits) {
    var bits = bitsOf(1, 4).concat(bitsOf(digits.length, 10));
    digits.match(/\d{1,3}/g).forEach(function (part) {
      bits = bits.concat(bitsOf(Number(part), [0, 4, 7, 10][part.length]));
    });
    bits = bits.concat([0, 0, 0, 0]);
    while (bits.length % 8) bits.push(0);
    var words = [];
    for (var i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(""), 2));
    for (var pad = 0xec; words.length < DATA; pad ^= 0xec ^ 0x11) words.push(pad);
    return words.concat(correction(words));
  }

  // The remainder by Reed and Solomon.
  function correction(words) {
    var power = [];
    var logarithm = [];
    for (var i = 0, value = 1; i < 255; i++) {
      power[i] = value;
      logarithm[value] = i;
      value = value << 1 ^ (value & 0x80 ? 0x11d : 0);
    }
    var rest = words.slice();
    for (i = 0; i < CORRECTION; i++) rest.push(0);
    for (i = 0; i < DATA; i++) {
      var lead = rest.shift();
      if (!lead) continue;
      for (var j = 0; j < CORRECTION; j++) rest[j] ^= power[(GENERATOR[j] + logarithm[lead]) % 255];
    }
    return rest;
  }

  // Which modules a mask turns, by its number.
  function turns(mask, x, y) {
    var both = x * y % 2 + x * y % 3;
    return [
      (x + y) % 2,
      y % 2,
      x % 3,
      (x + y) % 3,
      ((y >> 1) + Math.floor(x / 3)) % 2,
      both,
      both % 2,
      ((x + y) % 2 + x * y % 3) % 2,
    ][mask] === 0;
  }

  // The modules that every such code has: rows of 0, 1, and null where data go.
  function frame() {
    var rows = [];
    for (var y = 0; y < SIZE; y++) {
      rows[y] = [];
      for (var x = 0; x < SIZE; x++) {
        var fromEdge = function (at) { return Math.min(at, SIZE - 1 - at); };
        var isCorner = fromEdge(x) < 9 && fromEdge(y) < 9 && !(x > 8 && y > 8);
        // Beside the finders of the far edges there are eight modules, not nine.
        if (isCorner && (x === SIZE - 9 || y === SIZE - 9)) isCorner = false;
        var ring = Math.max(Math.abs(fromEdge(x) - 3), Math.abs(fromEdge(y) - 3));
        rows[y][x] = isCorner ? Number(ring < 4 && ring !== 2) : null;
      }
    }
    for (var i = 8; i < SIZE - 8; i++) rows[6][i] = rows[i][6] = 1 - i % 2;
    return rows;
  }

  // Tells the error correction (M) and the mask, twice.
  function drawFormat(rows, mask) {
    var rest = mask << 10;
    for (var bit = 14; bit >= 10; bit--) if (rest >> bit & 1) rest ^= 0x537 << (bit - 10);
    var format = (mask << 10 | rest) ^ 0x5412;
    for (var i = 0; i < 15; i++) {
      var dark = format >> i & 1;
      rows[i < 6 ? i : i < 8 ? i + 1 : SIZE - 15 + i][8] = dark;
      rows[8][i < 8 ? SIZE - 1 - i : i < 9 ? 7 : 14 - i] = dark;
    }
    rows[SIZE - 8][8] = 1;
  }

  function masked(words, mask) {
    var rows = frame();
    drawFormat(rows, mask);
    var bits = [];
    words.forEach(function (word) { bits = bits.concat(bitsOf(word, 8)); });
    var isUpward = true;
    for (var right = SIZE - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (var step = 0; step < SIZE; step++) {
        var y = isUpward ? SIZE - 1 - step : step;
        for (var x = right; x >= right - 1; x--) {
          if (rows[y][x] === null) rows[y][x] = (bits.shift() || 0) ^ Number(turns(mask, x, y));
        }
      }
      isUpward = !isUpward;
    }
    return rows;
  }

  // What makes a code hard to scan, by the points of the standard, as the app's encoder
  // counts them.
  function penalty(rows) {
    var points = 0;
    var dark = 0;
    var columns = rows.map(function (_, x) { return rows.map(function (row) { return row[x]; }); });
    rows.concat(columns).forEach(function (line) {
      var text = line.join("");
      (text.match(/0{5,}|1{5,}/g) || []).forEach(function (run) { points += run.length - 2; });
      for (var at = 0; at <= SIZE - 7; at++) {
        if (text.substr(at, 7) !== "1011101") continue;
        var isFree = !/1/.test(text.slice(Math.max(at - 4, 0), at)) || !/1/.test(text.substr(at + 7, 4));
        if (isFree) points += 40;
      }
    });
    rows.forEach(function (row, y) {
      row.forEach(function (module, x) {
        dark += module;
        var next = rows[y + 1];
        if (next && x + 1 < SIZE && module === row[x + 1] && module === next[x] && module === next[x + 1]) points += 3;
      });
    });
    return points + Math.abs(Math.floor(dark * 200 / (SIZE * SIZE)) - 100);
  }

  // The code of a text of digits, as rows of modules.
  function square(digits) {
    var words = codewords(digits);
    var best = null;
    for (var mask = 0; mask < 8; mask++) {
      var rows = masked(words, mask);
      var points = penalty(rows);
      if (!best || points < best.points) best = { rows: rows, points: points };
    }
    return best.rows;
  }

  // --- Code 128 (ISO/IEC 15417), character set C -------------------------------

  // How wide the bars and the gaps of each symbol are, in modules.
  var SYMBOLS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221" +
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321" +
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131" +
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114" +
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141" +
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232"
  ).match(/.{6}/g);
  var START = 105;
  var STOP = "2331112";

  // The modules of an even number of digits: 1 is dark.
  function bars(digits) {
    var sum = START;
    var widths = SYMBOLS[START];
    digits.match(/../g).forEach(function (pair, index) {
      sum += (index + 1) * Number(pair);
      widths += SYMBOLS[Number(pair)];
    });
    widths += SYMBOLS[sum % 103] + STOP;
    var modules = [];
    widths.split("").forEach(function (width, index) {
      for (var i = 0; i < Number(width); i++) modules.push(1 - index % 2);
    });
    return modules;
  }

  // --- Painting ----------------------------------------------------------------

  // Rows of modules as a picture, each so high. Neighbours are drawn as one, so that
  // there is no seam between them.
  function svg(rows, left, top, height) {
    var path = "";
    rows.forEach(function (row, y) {
      row.join("").replace(/1+/g, function (run, x) {
        path += "M" + (left + x) + " " + (top + y) + "h" + run.length + "v" + height + "h-" + run.length + "z";
      });
    });
    var box = [rows[0].length + 2 * left, (rows.length - 1) + height + 2 * top].join(" ");
    return "<svg viewBox='0 0 " + box + "' shape-rendering='crispEdges'><path d='" + path + "'/></svg>";
  }

  function squarePicture(digits) {
    return svg(square(digits), AROUND_SQUARE, AROUND_SQUARE, 1);
  }

  // The width of so many modules, each of a whole number of device pixels:
  // `core/src/domain/scan_code.rs`.
  function crisp(modules, room) {
    var ratio = window.devicePixelRatio || 1;
    var pixels = Math.max(Math.floor(room * ratio / modules), 1);
    return (Math.floor(pixels * modules / ratio * 1000) + 2) / 1000 + "px";
  }

  function fit(codes) {
    // As it is laid out: while the card turns over, it is drawn smaller.
    var room = parseFloat(getComputedStyle(codes).width);
    var beside = Math.max(window.innerHeight - AROUND, LARGE_ENOUGH);
    codes.bars.style.setProperty("width", crisp(codes.modules + 2 * AROUND_BARS, room));
    codes.square.style.setProperty("width", crisp(SIZE + 2 * AROUND_SQUARE, Math.min(room, beside, window.innerHeight)));
  }

  function addStyles() {
    if (!styles) return;
    // Behind the page's own, where a strict content policy lets them be.
    var sheet = document.styleSheets[document.styleSheets.length - 1];
    sheet.insertRule("@media all{" + styles + "}", sheet.cssRules.length);
    styles = "";
  }

  // A reply as the contract has it, and how long it may be shown, in milliseconds.
  function read(reply, parts) {
    var value = JSON.parse(reply.body);
    var now = parts.time(value.server_time);
    var ends = parts.time(value.expires_at);
    var refresh = parts.whole(value.refresh_after);
    var isRotating = value.mode === "rotating";
    if (now === null || !(isRotating || value.mode === "static")) unsure();
    if (typeof value.payload !== "string" || !/^(\d\d){6,9}$/.test(value.payload)) unsure();
    var told = [];
    if (ends !== null) told.push(ends - now);
    if (isRotating && refresh !== null) told.push(refresh * 1000);
    return {
      fan: value.fan,
      payload: value.payload,
      isRotating: isRotating,
      life: told.length ? Math.min.apply(null, told) : isRotating ? LIFE : Infinity,
      age: reply.age,
    };
  }

  function cardOf(body, id, page, parts) {
    var value = JSON.parse(body);
    var wallet = parts.read(value);
    if (wallet.account.id !== page.id) unsure();
    var card = wallet.cards.filter(function (it) { return it.id === id; })[0];
    if (!card || card.status) unsure();
    return { card: parts.readWhole(card), fan: value.fan };
  }

  // What is on the screen: its nodes, and what may have to be done with them.
  var painting = null;

  function paintingOf(code, card, page, parts) {
    var element = parts.element;
    var words = WORDS[page.language];
    var known = parts.words[page.language];
    var back = element("a", "page-header__back", [element("span", "page-header__arrow", [], { "aria-hidden": "true" }), words.back], {
      href: "/a/" + page.account + page.query,
    });
    back.addEventListener("click", function (event) {
      if (!history.state) return;
      event.preventDefault();
      history.back();
    });
    var stripes = bars(code.payload);
    var codes = element("div", "code-plate__codes");
    codes.modules = stripes.length;
    codes.bars = element("div", "bar-code", [], { role: "img", "aria-label": words.bars(card.lastFour) });
    codes.bars.innerHTML = svg([stripes], AROUND_BARS, 0, BARS_HEIGHT);
    codes.square = element("div", "qr-code", [], { role: "img", "aria-label": words.picture(card.lastFour) });
    codes.square.innerHTML = squarePicture(code.payload);
    var digits = code.payload.replace(/(.{4})(?=.)/g, "$1 ");
    parts.append(codes, [codes.bars, element("p", "code-plate__number", [digits], { "aria-label": words.digits }), codes.square]);
    var ring = element("span", "code-plate__ring", [], { "aria-hidden": "true" });
    var seconds = document.createTextNode("");
    var button = element("button", "button button--secondary", [words.fullScreen], { type: "button" });
    var made = {
      nodes: [
        element("header", "page-header", [back, element("h1", "unseen", [words.title])]),
        element("section", "code-plate", [
          element("div", "code-plate__head", [
            parts.avatarOf(card.merchant),
            element("div", "code-plate__card", [
              element("h2", "code-plate__merchant name", [card.merchant.name], { dir: "auto" }),
              element("p", "code-plate__ending", [known.endingIn(card.lastFour)]),
            ]),
            element("dl", "code-plate__balance", [element("dt", "", [known.balance]), element("dd", "", [card.balanceText])]),
          ]),
          element("div", "", [], { role: "status" }),
          codes,
          element("p", "code-plate__foot", [
            element("span", "", [words.instruction]),
            code.isRotating && element("span", "code-plate__refresh", [ring, seconds]),
          ]),
        ]),
        button,
        element("p", "code-hint", [words.brightness]),
      ],
      codes: codes,
      code: code,
      title: words.title,
      shownAt: code.age(),
      wantsFullScreen: false,
      // What is left of the code's life.
      tell: function (left) {
        ring.style.setProperty("--left", Math.floor(left * 1000 / code.life) / 1000 + "turn");
        seconds.data = words.refreshesIn(Math.ceil(left / 1000));
      },
    };
    function enlarge() {
      if (code.age() - made.shownAt < GUARD) return;
      made.wantsFullScreen = true;
      button.setAttribute("aria-busy", "true");
    }
    button.addEventListener("click", enlarge);
    codes.addEventListener("click", enlarge);
    return made;
  }

  // For as long as `shown` is what is on the screen.
  function tick(shown) {
    if (painting !== shown) return;
    var age = shown.code.age();
    var left = shown.code.life - age;
    if (left <= 0 || age > LIFE) {
      remove();
      return;
    }
    if (shown.code.isRotating) shown.tell(left);
    setTimeout(function () { tick(shown); }, TICK);
  }

  function clear() {
    if (!painting) return;
    painting.nodes.forEach(function (node) {
      if (node.parentNode) node.parentNode.removeChild(node);
    });
    painting.skeleton.hidden = false;
    painting = null;
  }

  function remove() {
    if (painting) document.title = painting.titleBefore;
    clear();
  }

  // Whether the app has something to show in place of this.
  function isAppThere() {
    var pages = document.querySelectorAll(".app");
    var last = pages[pages.length - 1];
    return !!last && last.id !== "shell" && last.children.length > 0 && !last.querySelector(".skeleton");
  }

  document.addEventListener("visibilitychange", function () {
    // The last thing that a browser draws of a page is what it shows first when the page
    // is back.
    if (document.hidden && painting && painting.code.isRotating) remove();
  });
  window.addEventListener("resize", function () {
    if (painting) fit(painting.codes);
  });

  window.kabaoFirstCode = {
    // What the codes look like, for tests.
    bars: bars,
    squarePicture: squarePicture,

    isPainted: function () {
      return painting !== null;
    },

    // Paints the code of a card in the shell in place of what is there. `reply` is that
    // of the code, `wallet` the body of the wallet's. Returns whether it did.
    paint: function (shell, reply, wallet, page, screen) {
      try {
        var parts = screen.parts;
        var code = read(reply, parts);
        var found = cardOf(wallet, reply.card, page, parts);
        if (code.age() >= Math.min(code.life, LIFE) || code.fan !== found.fan) unsure();
        addStyles();
        var fresh = paintingOf(code, found.card, page, parts);
        screen.remove();
        remove();
        fresh.skeleton = shell.querySelector("#shell-skeleton");
        fresh.skeleton.hidden = true;
        fresh.nodes.forEach(function (node) { shell.insertBefore(node, shell.querySelector("#help")); });
        fresh.titleBefore = document.title;
        document.title = fresh.title;
        painting = fresh;
        window.scrollTo(0, 0);
        fit(fresh.codes);
        tick(fresh);
        return true;
      } catch (error) {
        return false;
      }
    },

    // A code is no worse for a slow network.
    tellSlow: function () {},

    remove: remove,

    // The app is there, and about to show its own code. `leave` takes the shell away.
    handOver: function (leave) {
      if (painting && !isAppThere()) {
        requestAnimationFrame(function () { window.kabaoFirstCode.handOver(leave); });
        return;
      }
      var wantsFullScreen = painting && painting.wantsFullScreen;
      var painted = painting ? [painting.codes.bars, painting.codes.square] : [];
      leave();
      // The shell comes back if the app stops, and the title is the app's.
      clear();
      var plate = document.querySelector(".code-plate");
      if (!plate) return;
      // Where the app is not seen, it can't measure how much room its codes have. It does
      // so after its first frame if the phone is busy.
      painted.forEach(function (code) {
        var ours = plate.querySelector("." + code.className);
        if (ours) ours.style.setProperty("width", code.style.getPropertyValue("width"));
      });
      // It has turned over once.
      if (plate.getAnimations) plate.getAnimations().forEach(function (animation) { animation.finish(); });
      var button = plate.nextElementSibling;
      if (wantsFullScreen && button) button.click();
    },
  };
  window.kabaoPaintCode();
})();
