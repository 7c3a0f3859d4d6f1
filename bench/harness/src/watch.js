// Runs in every contestant's page before anything else of it, and looks at the page
// with each frame as a person would: by names and texts, the same for all.
//
// `goal` is what is waited for:
//   card      the card in use, with its shop's name
//   usable    a tap on an avatar has taken effect; it is tapped with every frame
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

  // The time at which the frame is drawn that shows what is there now.
  function mark(name) {
    if (seen.has(name)) return;
    seen.add(name);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => (marks[name] = performance.now());
      channel.port2.postMessage(0);
    });
  }

  function look() {
    const shop = find(".card-face h2, #current-card h2");
    if (shop) {
      first ??= shop.textContent;
      mark("card");
    }
    if (shop && (goal === "usable" || goal === "kept")) {
      if (shop.textContent !== first) {
        mark(goal);
      } else if (goal === "usable" || !hasTapped) {
        const avatar = find(
          'button[aria-label^="切换到"]',
          (button) => !button.getAttribute("aria-label").includes(first),
        );
        avatar?.click();
        hasTapped = hasTapped || avatar !== undefined;
      }
    }
    if (goal === "code" || goal === "address") {
      if (find('[role="img"][aria-label*="二维码"]')) mark("code");
      else if (goal === "code") find("button, a", (it) => it.textContent.trim() === "出示会员码")?.click();
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) moved += shift.value;
  }).observe({ type: "layout-shift", buffered: true });

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

    // Milliseconds from `act` to the frame that shows what it has done.
    async time(act) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const begun = performance.now();
      act();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - begun;
    },

    shop: () => find("#current-card h2")?.textContent,
    rows: () => [...document.querySelectorAll('button[aria-label^="切换到"]')].filter(isThere).length,

    switch() {
      const current = this.shop();
      find('button[aria-label^="切换到"]', (it) => !it.getAttribute("aria-label").includes(current)).click();
    },

    search(text) {
      const field = find('input[type="search"]');
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      set.call(field, text);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },

    sort(name) {
      find('button[aria-pressed], [role="tab"]', (it) => it.textContent.trim() === name).click();
    },
  };
})();
