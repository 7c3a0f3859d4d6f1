// The first script of the page: it asks for the wallet while the rest of the page is
// still on its way. Whatever can wait for that is in `boot.js`.
//
// It is ES5 and may fail at nothing, for the reasons given there. The build inlines it
// into `index.html`, before all that is long.
//
// What the app uses of it (`src/browser/boot.rs`):
//   kabaoEarly        the requests that are under way: {reply, abort} by path
// What `boot.js` uses of it:
//   kabaoPage         what the address says, and how the backend is asked
(function () {
  "use strict";

  // How long the backend may take for a reply, in milliseconds.
  var DEADLINE = 15000;
  // The languages of the page by their primary tags, as requests name them. The first
  // one is the default.
  var TAGS = { zh: "zh-CN", en: "en" };

  var account = decoded((location.pathname.match(/^\/a\/([^/]+)/) || [])[1]);
  var asked = primaryOf((location.search.match(/[?&]lang=([a-zA-Z]+)/) || [])[1]);
  var primary = language();

  // The language that the address asks for, else the first of the browser's that there
  // are words in, else the default.
  function language() {
    var tags = [asked].concat(navigator.languages || [navigator.language]);
    for (var i = 0; i < tags.length; i++) {
      var known = primaryOf(tags[i]);
      if (known) return known;
    }
    return Object.keys(TAGS)[0];
  }

  function primaryOf(tag) {
    var primary = String(tag || "").split(/[-_]/)[0].toLowerCase();
    return TAGS.hasOwnProperty(primary) ? primary : null;
  }

  function decoded(text) {
    try {
      return text ? decodeURIComponent(text) : null;
    } catch (error) {
      return null;
    }
  }

  // One segment of a path. The address has to be letter for letter the one that
  // the app will ask for: everything but the unreserved characters of RFC 3986 is
  // encoded.
  function segment(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, function (letter) {
      return "%" + letter.charCodeAt(0).toString(16).toUpperCase();
    });
  }

  // What the address is of: "wallet", "code" or null, and the card that it names.
  function address() {
    var path = location.pathname.match(/^\/a\/[^/]+(?:\/(?:cards\/([^/]+)\/)?(code))?\/?$/);
    return {
      subject: account !== null && path ? path[2] || "wallet" : null,
      card: path && path[1] ? decoded(path[1]) : null,
    };
  }

  // A request that ends at the deadline or when it is aborted, also where the
  // browser itself can't abort one.
  function request(url, options, read) {
    var controller = window.AbortController ? new AbortController() : null;
    var end;
    var ended = new Promise(function (_resolve, reject) {
      end = function (name) {
        var error = new Error(name);
        error.name = name;
        reject(error);
        if (controller) controller.abort();
      };
    });
    var timer = setTimeout(function () { end("TimeoutError"); }, DEADLINE);
    if (controller) options.signal = controller.signal;
    options.credentials = "same-origin";
    // Besides keeping nothing, this keeps the browser from holding back later
    // requests for the same address until this one has filled its cache.
    options.cache = "no-store";
    var reply = Promise.race([fetch(url, options).then(read), ended]);
    function stop() { clearTimeout(timer); }
    reply.then(stop, stop);
    return { reply: reply, abort: function () { end("AbortError"); } };
  }

  // Milliseconds, by a clock that nobody sets.
  function instant() {
    return window.performance && performance.now ? performance.now() : Date.now();
  }

  function got(status, retryAfter, body) {
    var since = instant();
    return {
      status: status,
      retryAfter: retryAfter,
      body: body,
      age: function () { return instant() - since; },
    };
  }

  function pathOf(rest) {
    return "/api/v1/accounts/" + segment(account) + rest;
  }

  // Asks for what is about the account, at the end of its path. The app finds the reply
  // by the path. Returns a promise of it, unless it has been asked for.
  function ask(rest) {
    var path = pathOf(rest);
    if (!window.fetch || !window.Promise || window.kabaoEarly[path]) return null;
    window.kabaoEarly[path] = request(
      path,
      { headers: { Accept: "application/json", "Accept-Language": TAGS[primary] } },
      function (response) {
        return response.text().then(function (body) {
          return got(response.status, response.headers.get("Retry-After"), body);
        });
      }
    );
    return window.kabaoEarly[path].reply;
  }

  // The wallet, which a backend may have put into the page.
  function askForWallet() {
    var inlined = document.getElementById("wallet");
    var body = inlined && inlined.textContent.trim();
    if (!body) return ask("/wallet");
    var reply = Promise.resolve(got(200, null, body));
    window.kabaoEarly[pathOf("/wallet")] = { reply: reply, abort: function () {} };
    return reply;
  }

  window.kabaoEarly = {};
  window.kabaoPage = {
    account: account,
    primary: primary,
    tag: TAGS[primary],
    // What an address has to end with to keep the language that this one asks for.
    query: asked ? "?lang=" + TAGS[asked] : "",
    address: address,
    decoded: decoded,
    segment: segment,
    request: request,
    ask: ask,
    // A promise of the wallet's reply, if the address wants one.
    wallet: null,
  };
  if (window.Promise && address().subject) window.kabaoPage.wallet = askForWallet();
})();
