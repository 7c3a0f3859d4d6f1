// The first screen of the wallet, painted before the app is there: what the
// wallet's reply says, with the same words and the same classes as the app's own
// (`src/pages/wallet.rs` and `src/components/card_face.rs`), so that nothing moves
// when the app takes over. What is tapped until then is kept, and carried out by
// the app. The build inlines it into `index.html`, before `boot.js`, which calls it.
//
// It is ES5 and may fail at nothing, like the boot script. It paints what it is
// sure of. Where the wallet has no card to use, or its reply holds anything that is
// not plain, such as a name whose first character takes the app's tables to find, it
// paints nothing, and the fan waits for the app.
//
// `kabaoFirstScreen`, at the end, is what `boot.js` uses of it.
(function () {
  "use strict";

  // Every word, by primary language tag, as in `src/i18n/`.
  var WORDS = {
    zh: {
      account: { own: " · 公众号", platform: " · 排队网公众号", operator: " · 运营者公众号" },
      profile: "我的资料",
      me: "我",
      inUse: "当前使用",
      balance: "余额",
      points: "积分",
      coupons: "优惠券",
      number: "卡号",
      physical: "实体卡",
      showCode: "出示会员码",
      status: { frozen: "已冻结", lost: "已挂失", expired: "已过期" },
      pinned: "置顶",
      others: "其他会员卡",
      hint: "点头像切换",
      switchNow: "切换使用",
      found: "原来的会员卡已找回",
      prove: ["以前有过会员卡？", "验证一次手机号，原来的会员卡就会出现在这里。", "验证手机号"],
      goOn: ["还差一步", "上次的申请还没有办完，可以接着办。", "继续办理"],
      slow: "网络较慢，请稍候",
      asOf: function (time) { return "截至 " + time; },
      endingIn: function (lastFour) { return "尾号 " + lastFour; },
      fromAccount: function (name) { return "来自原公众号“" + name + "”"; },
      open: function (merchant, lastFour) { return "查看" + merchant + "会员卡，尾号 " + lastFour; },
      switchTo: function (merchant, lastFour) { return "切换到" + merchant + "会员卡，尾号 " + lastFour; },
      othersOf: function (merchant) { return merchant + "的其他会员卡"; },
      summary: function (card) {
        var coupons = card.coupons ? " · " + card.coupons + " 张券" : "";
        return "尾号 " + card.lastFour + " · " + card.pointsText + " 积分" + coupons;
      },
    },
    en: {
      account: { own: " · official account", platform: " · platform account", operator: " · operator account" },
      profile: "My details",
      me: "Me",
      inUse: "In use",
      balance: "Balance",
      points: "Points",
      coupons: "Coupons",
      number: "Number",
      physical: "Plastic",
      showCode: "Show member code",
      status: { frozen: "Frozen", lost: "Reported lost", expired: "Expired" },
      pinned: "Pinned",
      others: "Other cards",
      hint: "Tap an avatar to switch",
      switchNow: "Switch now",
      found: "Your old card is back",
      prove: ["Had a card before?", "Verify your phone once, and your old cards appear here.", "Verify phone"],
      goOn: ["One step left", "Your last request isn’t finished. Pick up where you left off.", "Continue"],
      slow: "The network is slow. One moment…",
      asOf: function (time) { return "As of " + time; },
      endingIn: function (lastFour) { return "ending in " + lastFour; },
      fromAccount: function (name) { return "From the previous account “" + name + "”"; },
      open: function (merchant, lastFour) { return "View " + merchant + " card ending in " + lastFour; },
      switchTo: function (merchant, lastFour) { return "Switch to " + merchant + " card ending in " + lastFour; },
      othersOf: function (merchant) { return "More cards of " + merchant; },
      summary: function (card) {
        var points = Math.abs(card.points || 0) === 1 ? "point" : "points";
        var coupons = card.coupons ? " · " + card.coupons + (card.coupons === 1 ? " coupon" : " coupons") : "";
        return "ending in " + card.lastFour + " · " + card.pointsText + " " + points + coupons;
      },
    },
  };

  // From this many cards on, a wallet can be searched: `core/src/domain/card_list.rs`.
  var SEARCHABLE_FROM = 8;
  // How high these are at least, with the gap before them, in CSS pixels: what is above
  // the lists, the search, the heading of a list, and a row of it.
  var ABOVE = 256;
  var SEARCH = 120;
  var HEADING = 54;
  var ROW = 74;
  // Coupons are reminded of from seven days before they end, and two reminders have
  // room: `core/src/domain/lapse.rs` and `src/pages/wallet/reminders.rs`.
  var SOON = 7 * 24 * 60 * 60 * 1000;
  var REMINDERS = 2;
  // Stands for what is not known.
  var UNKNOWN = "—";

  // --- Reading the reply -----------------------------------------------------

  // Thrown where the app is left to find out what a reply means.
  function unsure() {
    throw new Error();
  }

  function list(value) {
    return Array.isArray(value) ? value : unsure();
  }

  // What the app takes a reply for unreadable without: `core/src/wire/`.
  function has(value, names) {
    names.split(" ").forEach(function (name) {
      if (value[name] === undefined || value[name] === null) unsure();
    });
  }

  // A text that people read, without what would turn the text around it.
  function text(value) {
    return typeof value === "string" ? value.replace(/[\u202A-\u202E\u2066-\u2069]/g, "") : "";
  }

  function plain(value) {
    return typeof value === "string" ? value : "";
  }

  function id(value) {
    if (typeof value === "string" && value) return value;
    return value === undefined || value === null ? null : unsure();
  }

  // A whole number, or null if there is none.
  function whole(value) {
    if (value === undefined || value === null) return null;
    var isExact = typeof value === "number" && Math.floor(value) === value && Math.abs(value) < 9007199254740992;
    return isExact ? value : unsure();
  }

  // Milliseconds since 1970, or null.
  function time(value) {
    if (value === undefined || value === null) return null;
    var parts = /^(\d{4}-\d\d-(\d\d))T(?!24)\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(plain(value));
    var parsed = parts ? Date.parse(value.replace(/(\.\d{3})\d+/, "$1")) : NaN;
    // Some browsers take 30 February for 2 March.
    var isDay = parts && (parts[2] < "29" || new Date(parts[1]).getUTCDate() === Number(parts[2]));
    return isNaN(parsed) || !isDay ? unsure() : parsed;
  }

  // The address of a picture, or null.
  function picture(value) {
    if (value === undefined || value === null) return null;
    return /^(https:\/\/[\w.-]+(:\d+)?)?\/[\w.~%=&?-][\w./~%=&?-]*$/.test(plain(value)) ? value : unsure();
  }

  function thousands(count) {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function grouped(number) {
    return (number < 0 ? "-" : "") + thousands(Math.abs(number));
  }

  function money(fen) {
    var size = Math.abs(fen);
    var rest = size % 100;
    return (fen < 0 ? "-¥" : "¥") + thousands((size - rest) / 100) + "." + (rest < 10 ? "0" : "") + rest;
  }

  // The character that stands for a name.
  function initial(name) {
    var first = /^([A-Za-z0-9\u4E00-\u9FFF])(?=$|[ -~\u4E00-\u9FFF·（）])/.exec(name);
    return first ? first[1] : unsure();
  }

  function readMerchant(value) {
    return {
      id: id(value.id) || unsure(),
      name: text(value.name),
      picture: picture(value.avatar_url),
      color: colorOf(value.brand_color) || [0x57, 0x60, 0x6a],
      isKept: value.members_retained !== false,
    };
  }

  // What puts a card in its place: of thousands no more is read.
  function readPlace(value, place) {
    return {
      value: value,
      place: place,
      id: id(value.id) || unsure(),
      merchant: id(value.merchant_id) || unsure(),
      status: value.status === "frozen" || value.status === "lost" || value.status === "expired" ? value.status : null,
      isRecovered: value.origin === "claimed" || value.origin === "found_by_phone",
      usedAt: time(value.last_used_at),
    };
  }

  // A card with all that is shown of it.
  function readWhole(card) {
    var value = card.value;
    var number = value.number === undefined ? "" : value.number;
    var coupons = whole(value.coupon_count) || 0;
    var balance = whole(value.balance_fen);
    var points = whole(value.points);
    if (typeof number !== "string" || !/^[\dA-Za-z*-]*$/.test(number) || coupons < 0) unsure();
    card.number = number;
    card.lastFour = number.slice(-4);
    card.isPhysical = value.kind === "physical";
    card.level = value.level && typeof value.level.name === "string"
      ? { name: text(value.level.name), color: colorOf(value.level.color) } : null;
    card.points = points;
    card.coupons = coupons;
    card.balanceText = balance === null ? UNKNOWN : money(balance);
    card.pointsText = points === null ? UNKNOWN : grouped(points);
    card.from = text(value.previous_account_name);
    return card;
  }

  // What is shown of a wallet. `isOurs`: as `remembered` wrote it.
  function read(value, isOurs) {
    var wallet = {
      asOf: time(value.server_time),
      account: { id: id(value.account.id) || unsure(), name: text(value.account.name), kind: value.account.kind },
      merchants: list(value.merchants).map(readMerchant),
      cards: list(value.cards).map(readPlace),
      current: id(value.current_card_id),
      hasOpenClaim: id(value.open_claim_id) !== null,
      isProven: value.phone_proven === true,
    };
    if (wallet.asOf === null) unsure();
    if (!isOurs) {
      has(value, "revision merchant_id terms phone_proven");
      has(value.account, "name kind follows links");
      value.merchants.forEach(function (merchant) { has(merchant, "name brand_color"); });
      value.cards.forEach(function (card) {
        has(card, "number kind status origin holder level balance_fen points coupon_count");
      });
    }
    wallet.count = isOurs ? whole(value.card_count) : wallet.cards.length;
    wallet.reminders = isOurs ? Math.min(whole(value.reminders) || 0, REMINDERS) : remindersOf(wallet);
    var merchants = {};
    var cards = {};
    wallet.merchants.forEach(function (merchant) {
      if (merchants["m" + merchant.id]) unsure();
      merchants["m" + merchant.id] = merchant;
    });
    wallet.cards.forEach(function (card) {
      if (cards["c" + card.id]) unsure();
      cards["c" + card.id] = card;
      card.merchant = merchants["m" + card.merchant] || unsure();
      if (card.id === wallet.current) wallet.card = card;
    });
    // A wallet without a card to use is the app's to explain.
    if (!wallet.card || wallet.card.status) unsure();
    readWhole(wallet.card);
    wallet.merchant = wallet.card.merchant;
    return wallet;
  }

  function isSearchable(wallet) {
    return wallet.count >= SEARCHABLE_FROM;
  }

  function othersOf(wallet) {
    return wallet.cards.filter(function (card) { return card !== wallet.card; });
  }

  // The other cards that are on the screen, in their order and their groups:
  // `core/src/domain/card_list.rs`.
  function groupsOf(wallet, page) {
    var cards = othersOf(wallet);
    cards.sort(function (one, other) {
      if (one.usedAt === other.usedAt) return one.place - other.place;
      if (one.usedAt === null || other.usedAt === null) return one.usedAt === null ? 1 : -1;
      return other.usedAt - one.usedAt;
    });
    var groups = [[], [], []];
    cards.forEach(function (card) {
      var isPinned = page.pinned.indexOf(card.id) >= 0;
      groups[isPinned ? 0 : card.merchant === wallet.merchant ? 1 : 2].push(card);
    });
    var room = page.height - ABOVE - (isSearchable(wallet) ? SEARCH : 0);
    return groups.map(function (group) {
      if (!group.length) return group;
      room -= HEADING;
      var shown = group.slice(0, Math.max(Math.ceil(room / ROW), 0));
      room -= shown.length * ROW;
      return shown.map(readWhole);
    });
  }

  // What the fan who has a card to use most likely needs: `ShownWallet::lead` in
  // `core/src/domain/wallet.rs`.
  function leadOf(wallet) {
    var waiting = othersOf(wallet).filter(function (card) { return card.isRecovered && !card.status; })[0];
    var goOn = wallet.hasOpenClaim && "goOn";
    if (waiting && !wallet.card.isRecovered) {
      return goOn ? { place: "above", panel: goOn } : { place: "above", card: readWhole(waiting) };
    }
    return wallet.isProven || !wallet.merchant.isKept ? {} : { place: "below", panel: goOn || "prove" };
  }

  // How many reminders there will be.
  function remindersOf(wallet) {
    var count = 0;
    wallet.cards.forEach(function (card) {
      if (card.status === "lost" || card.status === "expired") return;
      [card.value.points_expiring, card.value.coupons_expiring].forEach(function (lapse, index) {
        if (!lapse) return;
        var at = time(lapse.at);
        var size = whole(index ? lapse.count : lapse.points);
        if (at === null || !(size > 0) || at <= wallet.asOf) return;
        if (!index || at - wallet.asOf <= SOON) count += 1;
      });
    });
    return Math.min(count, REMINDERS);
  }

  // --- Colours: `core/src/domain/brand_color.rs` -------------------------------

  function colorOf(value) {
    var parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(plain(value));
    return parts ? [parseInt(parts[1], 16), parseInt(parts[2], 16), parseInt(parts[3], 16)] : null;
  }

  function css(color) {
    return "#" + color.map(function (channel) { return (channel < 16 ? "0" : "") + channel.toString(16); }).join("");
  }

  function scaled(color, percent) {
    return color.map(function (channel) { return Math.floor(channel * percent / 100); });
  }

  // In double precision every colour comes out as the app's single precision has it.
  function luminance(color) {
    var squares = color.map(function (channel) { return channel / 255 * (channel / 255); });
    return 0.2126 * squares[0] + 0.7152 * squares[1] + 0.0722 * squares[2];
  }

  function deepened(color) {
    while (1.05 / (luminance(color) + 0.05) < 4.5) color = scaled(color, 94);
    return color;
  }

  function faceOf(color) {
    if (luminance(color) > 0.5) return { start: color, end: scaled(color, 92), ink: "dark" };
    var start = deepened(color);
    return { start: start, end: scaled(start, 72), ink: "light" };
  }

  // --- Painting ----------------------------------------------------------------

  function element(tag, className, children, attributes) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    for (var name in attributes) made.setAttribute(name, attributes[name]);
    return append(made, children || []);
  }

  function append(parent, children) {
    children.forEach(function (child) {
      if (child) parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return parent;
  }

  function putOnFace(painted, color) {
    var face = faceOf(color);
    painted.className += " card-face--" + face.ink + "-ink";
    painted.style.setProperty("--face-start", css(face.start));
    painted.style.setProperty("--face-end", css(face.end));
    return painted;
  }

  // The style sheet knows the colour of its ground where it is on the merchant's card.
  function avatarOf(merchant, isOnCard) {
    var children = [initial(merchant.name)];
    if (merchant.picture) {
      var image = element("img", "avatar__picture", [], { alt: "", src: merchant.picture });
      image.onerror = function () { image.className += " avatar__picture--missing"; };
      children.push(image);
    }
    var painted = element("span", "avatar", children, { "aria-hidden": "true" });
    if (!isOnCard) painted.style.setProperty("--avatar-color", css(deepened(merchant.color)));
    return painted;
  }

  // The nodes of the first screen, and what of them can be tapped.
  function paintingOf(wallet, page) {
    var words = WORDS[page.language];
    var controls = [];

    // Something to tap. `busy` is what shows that it was.
    function control(painted, part, tap, busy) {
      tap.part = part;
      tap.account = page.account;
      controls.push({ element: painted, busy: busy || painted, tap: tap });
      return painted;
    }

    function address(rest) {
      return "/a/" + page.account + rest + page.query;
    }

    function button(label, emphasis, part, tap) {
      var painted = element("button", "button button--" + emphasis, [label], { type: "button" });
      return control(painted, part, tap);
    }

    function header() {
      var account = wallet.account;
      var profile = element("a", "strip__profile", [words.me], { href: address("/profile"), "aria-label": words.profile });
      return element("header", "strip", [
        account.kind === "own" && wallet.merchant && avatarOf(wallet.merchant),
        element("h1", "strip__account name", [
          element("span", "", [
            element("bdi", "", [account.name]),
            element("span", "strip__whose", [words.account[account.kind] || words.account.own]),
          ]),
        ]),
        control(profile, "profile", {}),
      ]);
    }

    function panel(lead) {
      var title = lead.card ? words.found : words[lead.panel][0];
      if (!lead.card) {
        return element("div", "lead", [
          element("h2", "lead__title", [title]),
          element("p", "lead__text", [words[lead.panel][1]]),
          button(words[lead.panel][2], lead.panel === "prove" ? "secondary" : "primary", "lead", { title: title + words[lead.panel][1] }),
        ]);
      }
      var card = lead.card;
      return element("div", "lead lead--found", [
        avatarOf(card.merchant),
        element("div", "lead__card", [
          element("h2", "lead__title", [title]),
          element("p", "lead__text", [element("bdi", "", [card.merchant.name]), " ", words.endingIn(card.lastFour)]),
          element("p", "lead__balance", [card.balanceText]),
        ]),
        button(words.switchNow, "primary", "lead", {
          title: title + card.merchant.name + " " + words.endingIn(card.lastFour),
          card: card.id,
        }),
      ]);
    }

    function badge(kind, label) {
      return element("span", "card-face__badge card-face__badge--" + kind, [label]);
    }

    function levelOf(card) {
      var painted = badge("level", card.level.name);
      if (card.level.color) {
        painted.className += " card-face__badge--toned";
        putOnFace(painted, card.level.color);
      }
      return painted;
    }

    function summaryOf(card) {
      var text = words.summary(card);
      if (!card.level) return [text];
      return card.level.color ? [levelOf(card), " ", text] : [card.level.name + " · " + text];
    }

    function face(card, isInUse) {
      var merchant = card.merchant;
      var article = putOnFace(element("article", "card-face card-face--" + (isInUse ? "full" : "compact")), merchant.color);
      if (card.status) article.className += " card-face--unusable";
      if (card.isPhysical) article.className += " card-face--physical";
      var picture = isInUse
        ? element("span", "card-face__avatar", [avatarOf(merchant, true)])
        : control(
            element("button", "card-face__avatar card-face__avatar--action", [avatarOf(merchant, true)], {
              type: "button",
              "aria-label": words.switchTo(merchant.name, card.lastFour),
            }),
            "avatar",
            { card: card.id }
          );
      var link = element("a", "card-face__open", [merchant.name], {
        href: address("/cards/" + segment(card.id)),
        "aria-label": words.open(merchant.name, card.lastFour),
      });
      control(link, "open", { card: card.id }, article);
      return append(article, [
        element("div", "card-face__head", [
          picture,
          element("div", "card-face__title", [
            element("div", "card-face__name", [
              element(isInUse ? "h2" : "h3", "card-face__merchant name", [link], { dir: "auto" }),
              isInUse && card.level && levelOf(card),
              card.isPhysical && badge("kind", words.physical),
              isInUse && element("span", "unseen", [words.inUse]),
              card.status && badge("status", words.status[card.status]),
            ]),
            element("dl", "card-face__balance", [element("dt", "", [words.balance]), element("dd", "", [card.balanceText])]),
            !isInUse && element("p", "card-face__summary", summaryOf(card)),
          ]),
        ]),
        card.from && element("p", "card-face__from name", [words.fromAccount(card.from)]),
        isInUse && figures(card),
        isInUse && element("div", "card-face__action", [button(words.showCode, "on-card", "code", {
          card: card.id,
          address: address("/cards/" + segment(card.id) + "/code"),
        })]),
      ]);
    }

    function figures(card) {
      var number = page.isOnline ? card.number : "********" + card.lastFour;
      function figure(term, value, className) {
        return element("div", "", [element("dt", "", [term]), element("dd", className, [value])]);
      }
      return element("dl", "card-face__figures", [
        figure(words.points, card.pointsText, ""),
        figure(words.coupons, page.age ? UNKNOWN : String(card.coupons), ""),
        figure(words.number, number.replace(/(.{4})(?=.)/g, "$1 "), "card-face__number"),
      ]);
    }

    function reminders() {
      var painted = element("div", "wallet__reminders");
      painted.style.setProperty("--rows", String(wallet.reminders));
      return painted;
    }

    function others() {
      if (!othersOf(wallet).length) return null;
      var titles = [words.pinned, words.othersOf(wallet.merchant.name), words.others];
      var section = element("section", "wallet__others", [], { "aria-label": words.others });
      if (isSearchable(wallet)) append(section, [element("div", "wallet__search")]);
      var hint = !page.knowsSwitching && words.hint;
      groupsOf(wallet, page).forEach(function (shown, index) {
        if (!shown.length) return;
        append(section, [
          element("div", "section-head", [element("h2", "section-title", [titles[index]]), hint && element("p", "section-hint", [hint])]),
          element("ul", "wallet__list", shown.map(function (card) { return element("li", "", [face(card)]); })),
        ]);
        hint = null;
      });
      return section;
    }

    var lead = leadOf(wallet);
    return {
      nodes: [
        header(),
        lead.place === "above" && panel(lead),
        element("section", "wallet__current", [face(wallet.card, true)]),
        lead.place === "below" && panel(lead),
        reminders(),
        others(),
      ].filter(Boolean),
      controls: controls,
      current: wallet.card.id,
      age: page.age && words.asOf(page.age),
      slow: words.slow,
    };
  }

  // --- What the device remembers ---------------------------------------------

  // What is stored to be painted at the next visit: masked, and without amounts.
  // Only cards that would be on the screen are in it.
  function remembered(value, wallet, page) {
    var groups = groupsOf(wallet, page);
    var kept = wallet.cards.filter(function (card) {
      return card === wallet.card || groups.some(function (group) { return group.indexOf(card) >= 0; });
    });
    function isNamed(merchantId) {
      return kept.some(function (card) { return card.merchant.id === merchantId; });
    }
    return JSON.stringify({
      server_time: value.server_time,
      account: { id: value.account.id, name: value.account.name, kind: value.account.kind },
      merchants: value.merchants.filter(function (merchant) { return isNamed(merchant.id); }).map(function (merchant) {
        return {
          id: merchant.id,
          name: merchant.name,
          avatar_url: merchant.avatar_url,
          brand_color: merchant.brand_color,
          members_retained: merchant.members_retained,
        };
      }),
      cards: kept.map(masked),
      current_card_id: value.current_card_id,
      open_claim_id: value.open_claim_id && "open",
      phone_proven: value.phone_proven,
      // Of the cards that are not in it the screen needs no more than these.
      card_count: wallet.cards.length,
      reminders: wallet.reminders,
    });
  }

  function masked(card) {
    var value = card.value;
    return {
      id: value.id,
      merchant_id: value.merchant_id,
      number: card.number && "********" + card.lastFour,
      kind: value.kind,
      status: value.status,
      origin: value.origin,
      level: value.level && { name: value.level.name, color: value.level.color },
      last_used_at: value.last_used_at,
      previous_account_name: value.previous_account_name,
    };
  }

  // The local day and time at which something was known.
  function moment(at, now) {
    var then = new Date(at);
    var two = function (number) { return (number < 10 ? "0" : "") + number; };
    var clock = two(then.getHours()) + ":" + two(then.getMinutes());
    if (then.toDateString() === new Date(now).toDateString()) return clock;
    return then.getFullYear() + "-" + two(then.getMonth() + 1) + "-" + two(then.getDate()) + " " + clock;
  }

  function stored(key) {
    try {
      return localStorage.getItem("kabao." + key);
    } catch (error) {
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem("kabao." + key, value);
    } catch (error) {
      // Storage can be denied or full. The next visit then begins as the first.
    }
  }

  function forget(account) {
    try {
      localStorage.removeItem("kabao.first-screen." + account);
    } catch (error) {
      // Where storage is denied, nothing is in it.
    }
  }

  // --- On the screen ---------------------------------------------------------

  // The shell of `index.html`, how a segment of a path is encoded, the painting in
  // the shell, and what was tapped on any.
  var shell = null;
  var segment = null;
  var painting = null;
  var nodes = [];
  var taps = [];
  var isSlow = false;

  // The page as the app will see it.
  function pageOf(account, language, query) {
    return {
      id: account,
      account: segment(account),
      language: language,
      query: query,
      height: window.innerHeight,
      isOnline: navigator.onLine !== false,
      knowsSwitching: stored("knows-switching") !== null,
      pinned: (stored("pinned." + account) || "").split("\n"),
      age: null,
    };
  }

  function isSame(one, other) {
    return one.part === other.part && one.card === other.card && one.title === other.title;
  }

  // Shows that taps have been taken, until the app answers them.
  function acknowledge() {
    painting.controls.forEach(function (control) {
      if (taps.some(function (tap) { return isSame(tap, control.tap); })) {
        control.busy.setAttribute("aria-busy", "true");
      }
    });
  }

  // The card that will be in use once what was tapped has been carried out.
  function cardToCome() {
    return taps.reduce(function (card, tap) {
      return tap.part === "avatar" || tap.part === "lead" ? tap.card || card : card;
    }, painting.current);
  }

  function keep(event) {
    // A click that opens a window of its own is the browser's.
    if (!painting || event.defaultPrevented || event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    painting.controls.forEach(function (control) {
      if (!control.element.contains(event.target)) return;
      event.preventDefault();
      if (taps.some(function (tap) { return isSame(tap, control.tap); })) return;
      // Who has tapped an avatar before means the code of that card, which is shown once
      // the app has switched to it.
      var isCode = control.tap.part === "code";
      control.tap.aim = isCode ? cardToCome() : control.tap.card;
      if (isCode && window.kabaoOpenCode(control.tap.aim, !taps.length && control.tap.address)) {
        control.busy.setAttribute("aria-busy", "true");
        return;
      }
      taps.push(control.tap);
      acknowledge();
    });
  }

  function put(wallet, page) {
    var fresh = paintingOf(wallet, page);
    var focused = focusedTap();
    remove();
    fresh.nodes.forEach(add);
    shell.querySelector("#shell-skeleton").hidden = true;
    painting = fresh;
    acknowledge();
    if (fresh.age) tell(fresh.age);
    if (isSlow) tell(fresh.slow);
    fresh.controls.forEach(function (control) {
      if (focused && isSame(focused, control.tap)) control.element.focus();
    });
  }

  // What is tapped where the focus is, or null.
  function focusedTap() {
    return (painting ? painting.controls : []).reduce(function (found, control) {
      return control.element === document.activeElement ? control.tap : found;
    }, null);
  }

  // A line over the lower edge, as the app tells of the network.
  function tell(words) {
    var network = shell.querySelector(".network");
    var line = element("p", "network__sign", [words]);
    if (network) append(network, [line]);
    else add(element("div", "network", [line], { role: "status" }));
  }

  function add(node) {
    shell.insertBefore(node, shell.querySelector("#help"));
    node.addEventListener("click", keep);
    nodes.push(node);
  }

  function remove() {
    nodes.forEach(function (node) {
      if (node.parentNode) node.parentNode.removeChild(node);
    });
    if (painting) shell.querySelector("#shell-skeleton").hidden = false;
    painting = null;
    nodes = [];
  }

  // What the app shows in the place of what was tapped, or null if that is gone.
  function counterpart(tap, cardId) {
    var app = document.querySelector("main");
    var find = function (selector, isIt) {
      var found = app ? app.querySelectorAll(selector) : [];
      for (var i = 0; i < found.length; i++) {
        if (isIt(found[i])) return found[i];
      }
      return null;
    };
    if (tap.part === "profile") return find(".strip__profile", function () { return true; });
    if (tap.part === "lead") {
      var lead = find(".lead", function (panel) {
        return panel.querySelector(".lead__title").textContent + panel.querySelector(".lead__text").textContent === tap.title;
      });
      return lead && lead.querySelector(".button");
    }
    var face = find(".card-face", function (card) {
      var link = card.querySelector(".card-face__open");
      return !!link && link.pathname === "/a/" + tap.account + "/cards/" + segment(cardId);
    });
    var parts = { avatar: ".card-face__avatar--action", open: ".card-face__open", code: ".card-face__action .button" };
    return face && face.querySelector(parts[tap.part]);
  }

  // One after the other, so that each finds what the one before has led to.
  function carryOut(waiting) {
    var tap = waiting.shift();
    if (!tap) return;
    var target = counterpart(tap, tap.aim);
    if (target) target.click();
    setTimeout(function () { carryOut(waiting); }, 0);
  }

  window.kabaoFirstScreen = {
    page: pageOf,

    // What `first_code.js` paints with too.
    parts: { words: WORDS, read: read, readWhole: readWhole, time: time, whole: whole, element: element, append: append, avatarOf: avatarOf },

    // Takes over the shell, in which everything is painted. `encode` makes a text one
    // segment of a path.
    begin: function (element, encode) {
      shell = element;
      segment = encode;
    },

    isPainted: function () {
      return painting !== null;
    },

    // Takes the wallet's reply, and paints it if that is `wanted`. Where that can't
    // be, nothing is left of what was known at the last visit either: it would be
    // wrong from here on.
    take: function (body, page, wanted) {
      try {
        var value = JSON.parse(body);
        var wallet = read(value);
        if (wallet.account.id !== page.id) unsure();
        if (wanted) put(wallet, page);
        store("first-screen." + page.id, remembered(value, wallet, page));
      } catch (error) {
        if (wanted) remove();
        forget(page.id);
      }
    },

    forget: forget,

    // Paints what was known at the last visit, and says when that was.
    paintLast: function (page) {
      try {
        var wallet = read(JSON.parse(stored("first-screen." + page.id)), true);
        page.age = moment(wallet.asOf, Date.now());
        put(wallet, page);
      } catch (error) {
        // There was none.
      }
    },

    tellSlow: function () {
      if (isSlow) return;
      isSlow = true;
      tell(painting.slow);
    },

    remove: remove,

    // The app's own first screen is there. `leave` takes the shell away.
    handOver: function (leave) {
      var waiting = taps;
      var focused = focusedTap();
      taps = [];
      painting = null;
      leave();
      remove();
      // Nothing has been carried out yet: the card is still the one that was shown.
      var target = focused && counterpart(focused, focused.card);
      if (target) target.focus();
      carryOut(waiting);
    },
  };
})();
