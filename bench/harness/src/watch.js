// Runs in every contestant's page before anything else of it, and looks at the page
// with each frame as a person would: by names and texts, the same for all.
//
// `goal` is what is waited for:
//   card      the card in use, with its shop's name
//   list      an avatar of another card
//   usable    a tap on an avatar has taken effect; it is tapped with every frame once the
//             app runs, which is when what is there is no longer the shell of the page
//   kept      the same, tapped once, as soon as there is an avatar
//   code      a code to scan, from a tap on the button as early as there is one
//   address   a code to scan, from its own address
(() => {
  const goal = GOAL;
  const marks = {};
  const seen = new Set();
  let first = null;
  let hasTapped = false;
  let moved = 0;

  // Whether a person could see it.
  const isThere = (element) => element.getClientRects().length > 0;
  const find = (selector, isIt = () => true) =>
    [...document.querySelectorAll(selector)].find((element) => isThere(element) && isIt(element));

  const avatars = () => [...document.querySelectorAll('button[aria-label^="切换到"]')].filter(isThere);
  const isCalled = (button, name) => button.getAttribute("aria-label").includes(name);

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // Resolves after the frame that is being made has been drawn.
  const drawn = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(0);
    });

  // The time at which the frame has been drawn that shows what is there now. It is
  // called before each frame is drawn.
  async function mark(name) {
    if (seen.has(name)) return;
    seen.add(name);
    await drawn();
    marks[name] = performance.now();
  }

  function look() {
    const shop = find(".card-face h2, #current-card h2");
    if (shop) {
      first ??= shop.textContent;
      mark("card");
    }
    if (goal === "list" && avatars().length > 0) mark("list");
    if (shop && (goal === "usable" || goal === "kept")) {
      if (shop.textContent !== first) {
        mark(goal);
      } else if (goal === "usable" || !hasTapped) {
        const avatar = avatars().find(
          (button) => !isCalled(button, first) && (goal === "kept" || !button.closest("#shell")),
        );
        avatar?.click();
        hasTapped = hasTapped || avatar !== undefined;
      }
    }
    if (goal === "code" || goal === "address") {
      if (code()) mark("code");
      else if (goal === "code") find("button, a", (it) => it.textContent.trim() === "出示会员码")?.click();
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) moved += shift.value;
  }).observe({ type: "layout-shift", buffered: true });

  const code = () => find('[role="img"][aria-label*="二维码"]');

  // When something last came or changed.
  let changed = 0;
  const note = () => (changed = performance.now());
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  new PerformanceObserver(note).observe({ type: "resource" });

  // What a file is, by its name.
  const kind = (url) => /\.(\w+)(\?|$)/.exec(new URL(url).pathname)?.[1] ?? "reply";

  window.bench = {
    reached: () => marks[goal === "address" ? "code" : goal] ?? null,

    // What has been loaded until `time`, and when the parts of it were there.
    loaded(time) {
      const page = performance.getEntriesByType("navigation")[0];
      const files = performance
        .getEntriesByType("resource")
        .filter((file) => file.responseEnd > 0 && file.responseEnd <= time && !/favicon/.test(file.name));
      const end = (wanted) =>
        Math.max(0, ...files.filter((file) => kind(file.name) === wanted).map((file) => file.responseEnd));
      return {
        bytes: page.encodedBodySize + files.reduce((sum, file) => sum + file.encodedBodySize, 0),
        requests: 1 + files.length,
        connected: page.connectEnd,
        page: page.responseEnd,
        reply: Math.min(
          ...files.filter((file) => /\/wallet$/.test(file.name)).map((file) => file.responseEnd),
          Infinity,
        ),
        script: end("js"),
        wasm: end("wasm"),
      };
    },

    moved: () => moved,

    // Milliseconds from `act` to the end of the frame that shows what it has done.
    async time(act, isDone) {
      await frame();
      await drawn();
      const begun = performance.now();
      act();
      do {
        await frame();
        if (performance.now() - begun > 30_000) throw new Error("it was never done");
      } while (!isDone());
      await drawn();
      return performance.now() - begun;
    },

    async settle() {
      do await new Promise((resolve) => setTimeout(resolve, 100));
      while (document.readyState !== "complete" || performance.now() - changed < 333);
    },

    shop: () => find("#current-card h2")?.textContent,

    // How the avatars of the other cards are called.
    rows: () => avatars().map((button) => button.getAttribute("aria-label")),

    // The card in use, by its number: the next one may be of the same shop.
    number: () => /8800(?: ?\d{4}){2}/.exec(find("#current-card")?.textContent)?.[0],

    switch() {
      avatars()[0].click();
    },

    search(text) {
      const field = find('input[type="search"]');
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      set.call(field, text);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },

    order: (name) => find('button[aria-pressed], [role="tab"]', (it) => it.textContent.trim() === name),
    sort(name) {
      this.order(name).click();
    },
    isSorted(name) {
      const order = this.order(name);
      return order.getAttribute("aria-pressed") === "true" || order.getAttribute("aria-selected") === "true";
    },

    showCode: () => find("button, a", (it) => it.textContent.trim() === "出示会员码").click(),
    hasCode: () => code() !== undefined,
  };
})();
