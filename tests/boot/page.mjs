// A page for the scripts that run before the app: `index.html`'s shell without a
// browser, with a clock, a network and a storage that the test holds.

import { readFileSync } from "node:fs";
import vm from "node:vm";

// The day and time of what was known at the last visit are the phone's.
process.env.TZ = "Asia/Shanghai";

const workspace = new URL("../../", import.meta.url);

export function source(path) {
  return readFileSync(new URL(path, workspace), "utf8");
}

const ORIGIN = "https://cards.example";
// Named as the build names them: each has a digest of its own content.
export const FILES = [`${ORIGIN}/kabao-0123456789abcdef.js`, `${ORIGIN}/kabao-fedcba9876543210.wasm`];
export const LATER = `${ORIGIN}/split_pages-00112233445566ff.wasm`;
export const VERSION = "1.2.3-004567";
export const FIRST_CODE = `${ORIGIN}/first-code-ffeeddccbbaa9988.js`;
export const CODE_FILES = [`${ORIGIN}/chunk_4-0011223344556677.wasm`, `${ORIGIN}/split_code-8899aabbccddeeff.wasm`];

// The scripts of every page, in their order.
const PATHS = ["early.js", "first_screen.js", "boot.js"];
const SCRIPTS = PATHS.map((path) => new vm.Script(source(path), { filename: path }));
const HTML = source("index.html");

class Text {
  constructor(data) {
    Object.assign(this, { data, parentNode: null });
  }

  get textContent() {
    return this.data;
  }
}

class Element {
  constructor(page, tagName, attributes = {}) {
    Object.assign(this, { page, tagName, hidden: false, children: [], listeners: {}, parentNode: null });
    this.attributes = new Map(Object.entries(attributes));
    this.properties = new Map();
    this.style = {
      setProperty: (name, value) => this.properties.set(name, value),
      getPropertyValue: (name) => this.properties.get(name) ?? "",
    };
    if (tagName === "SCRIPT") this.noModule = false;
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  get pathname() {
    return new URL(this.href, ORIGIN).pathname;
  }

  get nextElementSibling() {
    const { children } = this.parentNode;
    return children[children.indexOf(this) + 1] ?? null;
  }

  // What is running of its animations.
  getAnimations() {
    return [{ finish: () => (this.isAtRest = true) }];
  }

  get textContent() {
    return this.children.map((child) => child.textContent).join("");
  }

  set textContent(text) {
    this.children = [];
    this.appendChild(new Text(text));
  }

  appendChild(child) {
    this.insertBefore(child, null);
  }

  insertBefore(child, next) {
    if (!(child instanceof Element || child instanceof Text)) throw new TypeError("not a node");
    child.parentNode?.removeChild(child);
    child.parentNode = this;
    this.children.splice(next ? this.children.indexOf(next) : this.children.length, 0, child);
  }

  removeChild(child) {
    this.children = this.children.filter((kept) => kept !== child);
    child.parentNode = null;
  }

  contains(node) {
    return node === this || (node !== null && this.contains(node.parentNode));
  }

  // The elements within, in the order of the page.
  get all() {
    return this.children.filter((child) => child instanceof Element).flatMap((child) => [child, ...child.all]);
  }

  // For tags, ids, classes and attributes, and blanks and commas between them.
  querySelectorAll(selectors) {
    const chains = selectors.split(",").map((selector) => selector.trim().split(" "));
    return this.all.filter((element) => chains.some((chain) => element.#matches(chain, this)));
  }

  querySelector(selectors) {
    return this.querySelectorAll(selectors)[0] ?? null;
  }

  find(id) {
    return this.querySelector(`#${id}`);
  }

  #matches(chain, root) {
    const outer = chain.slice(0, -1);
    if (!chain.at(-1).match(/[#.]?[\w-]+|\[[^\]]+\]/g).every((part) => this.#is(part))) return false;
    if (!outer.length) return true;
    for (let element = this.parentNode; element && element !== root; element = element.parentNode) {
      if (element.#matches(outer, root)) return true;
    }
    return false;
  }

  #is(part) {
    const [, name, value] = /^\[([\w-]+)="(.*)"\]$/.exec(part) ?? [];
    if (name) return this.getAttribute(name) === value;
    if (part[0] === "#") return this.id === part.slice(1);
    return part[0] === "." ? this.className.split(" ").includes(part.slice(1)) : this.tagName === part.toUpperCase();
  }

  addEventListener(name, listener) {
    (this.listeners[name] ??= []).push(listener);
  }

  click(keys = {}) {
    const event = { target: this, button: 0, defaultPrevented: false, ...keys };
    event.preventDefault = () => (event.defaultPrevented = true);
    for (let element = this; element; element = element.parentNode) {
      for (const listener of element.listeners.click ?? []) listener(event);
    }
    return event;
  }

  focus() {
    this.page.focus = this;
  }

  // The texts in it that a person perceives.
  get words() {
    if (this.hidden || this.getAttribute("aria-hidden") === "true") return [];
    const words = this.children.flatMap((child) => child.words ?? child.data.trim());
    return words.filter((word) => word);
  }

  // What a screen reader calls it.
  get label() {
    return this.getAttribute("aria-label") ?? this.words.join(" ");
  }
}

for (const name of ["id", "className", "lang", "href", "src", "rel", "as", "type", "name", "content", "crossOrigin"]) {
  const attribute = name === "className" ? "class" : name.toLowerCase();
  Object.defineProperty(Element.prototype, name, {
    get() {
      return this.getAttribute(attribute) ?? "";
    },
    set(value) {
      this.setAttribute(attribute, value);
    },
  });
}

// The shell with every element that has an id, as `index.html` has it.
function shellOf(page) {
  const shell = new Element(page, "DIV", { id: "shell" });
  const ids = HTML.slice(HTML.indexOf('<main id="shell"')).matchAll(/<(\w+) id="([^"]+)"([^>]*)>/g);
  for (const [, tag, id, rest] of ids) {
    if (id === "shell") continue;
    const element = new Element(page, tag.toUpperCase(), { id });
    element.hidden = / hidden\b/.test(rest);
    shell.appendChild(element);
  }
  return shell;
}

// Where `kept` is null, storage is denied.
function storageOf(kept) {
  if (kept === null) throw new Error("denied");
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
  };
}

export class Page {
  constructor({
    path = "/a/case-2",
    search = "",
    languages = ["zh-CN"],
    now = Date.parse("2026-11-23T16:04:00Z"),
    storage = new Map(),
    device = new Map(),
    without = [],
    canRun = true,
    isOnline = true,
    height = 640,
    width = 326,
    inlined = "",
    // A page whose place this one takes, with its window and JavaScript's own objects: to
    // make those takes longer than all the rest.
    before = null,
  } = {}) {
    this.now = now;
    this.elapsed = 0;
    this.timers = [];
    // What is called before the next frame is drawn.
    this.frames = [];
    this.requests = [];
    this.visits = [];
    this.arrived = [];
    // What has been reported, as it was sent.
    this.reports = [];
    this.focus = null;
    this.listeners = {};
    this.documentListeners = {};

    // The style rules that scripts have added.
    this.rules = [];
    // The addresses that were left for others of this page, with their states.
    this.left = [];

    const page = this;
    const html = new Element(this, "HTML");
    this.head = new Element(this, "HEAD");
    html.appendChild(this.head);
    const wallet = new Element(this, "SCRIPT", { id: "wallet" });
    wallet.textContent = inlined;
    this.head.appendChild(wallet);
    this.shell = shellOf(this);
    let body = new Element(this, "BODY");
    body.appendChild(this.shell);
    html.appendChild(body);
    const document = {
      readyState: "loading",
      documentElement: html,
      head: this.head,
      get body() {
        return body;
      },
      set body(element) {
        html.removeChild(body);
        html.appendChild(element);
        body = element;
      },
      get activeElement() {
        return page.focus && html.contains(page.focus) ? page.focus : body;
      },
      getElementById: (id) => html.find(id),
      querySelector: (selectors) => html.querySelector(selectors),
      querySelectorAll: (selectors) => html.querySelectorAll(selectors),
      createElement: (name) => new Element(this, name.toUpperCase()),
      createTextNode: (data) => new Text(data),
      addEventListener: (name, listener) => (this.documentListeners[name] = listener),
      styleSheets: [{ cssRules: this.rules, insertRule: (rule) => this.rules.push(rule) }],
      hidden: false,
      title: "会员卡包",
    };
    this.document = document;
    const window = {
      document,
      innerHeight: height,
      location: {
        origin: ORIGIN,
        pathname: path,
        search,
        reload: () => this.visits.push("reload"),
        replace: (url) => this.visits.push(url),
      },
      navigator: {
        languages,
        language: languages[0],
        onLine: isOnline,
        sendBeacon: (url, body) => this.reports.push({ by: "beacon", url, ...body }),
      },
      Blob: class {
        constructor([text], { type }) {
          Object.assign(this, { text, type });
        }
      },
      XMLHttpRequest: class {
        open(method, url) {
          Object.assign(this, { method, url });
        }
        setRequestHeader(name, value) {
          this.header = `${name}: ${value}`;
        }
        send(text) {
          page.reports.push({ by: this.method, url: this.url, type: this.header, text });
        }
      },
      history: {
        state: null,
        pushState: (state, _, address) => {
          this.left.push({ state: window.history.state, path: window.location.pathname });
          window.history.state = state;
          window.location.pathname = new URL(address, ORIGIN).pathname;
        },
        back: () => this.goBack(),
      },
      performance: {
        now: () => this.elapsed,
        getEntriesByType: () => this.arrived,
        getEntriesByName: (name) => this.arrived.filter((entry) => entry.name === name),
      },
      AbortController,
      fetch: (url, options) => this.#fetch(url, options),
      setTimeout: (callback, delay) => this.#setTimeout(callback, delay),
      clearTimeout: (timer) => (this.timers = this.timers.filter((kept) => kept !== timer)),
      addEventListener: (name, listener) => (this.listeners[name] = listener),
      requestAnimationFrame: (callback) => this.frames.push(callback),
      getComputedStyle: () => ({ width: `${width}px` }),
      scrollTo: () => {},
    };
    Object.defineProperty(window, "sessionStorage", { configurable: true, get: () => storageOf(storage) });
    Object.defineProperty(window, "localStorage", { configurable: true, get: () => storageOf(device) });
    for (const name of without) delete window[name];
    this.window = before
      ? Object.defineProperties(before.window, Object.getOwnPropertyDescriptors(window))
      : vm.createContext(window);
    this.window.window = this.window;
    // `Date` and `WebAssembly` are the context's own.
    this.run("Date.now = () => now()", { now: () => page.now });
    if (!canRun) this.run("WebAssembly.validate = () => false");
    if (without.includes("WebAssembly")) this.run("delete globalThis.WebAssembly");
    if (without.includes("Promise")) this.run("delete globalThis.Promise");
    for (const script of SCRIPTS) script.runInContext(this.window);
  }

  run(code, names = {}) {
    Object.assign(this.window, names);
    return vm.runInContext(code, this.window);
  }

  // The browser draws what is in the page.
  draw() {
    for (const callback of this.frames.splice(0)) callback();
  }

  #setTimeout(callback, delay) {
    const timer = { callback, at: this.elapsed + delay };
    this.timers.push(timer);
    return timer;
  }

  #fetch(url, options) {
    return new Promise((resolve, reject) => {
      const request = {
        url,
        options,
        isAborted: false,
        reply: (status, body = "", headers = {}) => {
          const named = new Map(Object.entries(headers));
          resolve({
            status,
            ok: status >= 200 && status < 300,
            headers: { get: (name) => named.get(name) ?? null },
            text: async () => body,
          });
        },
        fail: () => reject(new TypeError("Failed to fetch")),
      };
      options.signal?.addEventListener("abort", () => {
        request.isAborted = true;
        request.fail();
      });
      this.requests.push(request);
    });
  }

  // The document is parsed, and its module scripts are still on their way. What
  // starts the app comes after the scripts that are inlined.
  async parse({ version = VERSION } = {}) {
    if (version) this.#add("META", { name: "kabao:version", content: version });
    this.#add("META", { name: "kabao:code", content: [FIRST_CODE, ...CODE_FILES].join(" ") });
    this.#add("META", { name: "kabao:start", content: FILES.map((file) => new URL(file).pathname).join(" ") });
    this.document.readyState = "interactive";
    this.documentListeners.readystatechange();
    await this.settle();
  }

  #add(tagName, attributes) {
    this.head.appendChild(new Element(this, tagName, attributes));
  }

  async settle() {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  async advance(seconds) {
    const end = this.elapsed + seconds * 1000;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now += next.at - this.elapsed;
      this.elapsed = next.at;
      next.callback();
      await this.settle();
    }
    this.now += end - this.elapsed;
    this.elapsed = end;
  }

  arrive(...urls) {
    for (const name of urls) this.arrived.push({ name, responseEnd: 1, responseStatus: 200 });
  }

  // What the server answers when the script asks for the app's files again.
  async answerHeads(answer) {
    await this.advance(0.5);
    for (const request of this.requests.filter((request) => request.options.method === "HEAD")) answer(request);
    await this.settle();
  }

  // The script that paints the member code has come.
  firstCodeArrives(styles) {
    this.run(source("first_code.js"), styles === undefined ? {} : { CODE_STYLES: styles });
  }

  goBack() {
    const { state, path } = this.left.pop();
    this.window.history.state = state;
    this.window.location.pathname = path;
    this.listeners.popstate();
  }

  // The page goes out of view, or comes back.
  setHidden(isHidden) {
    this.document.hidden = isHidden;
    this.documentListeners.visibilitychange?.();
  }

  // The request whose address ends so.
  request(ending) {
    return this.requests.find((request) => request.url.endsWith(ending));
  }

  async answerWallet(status, body) {
    this.request("/wallet").reply(status, body);
    await this.settle();
  }

  scriptFails() {
    this.listeners.error({ target: { tagName: "SCRIPT", type: "module" } });
  }

  // An error in a script; `code` makes it, inside the page.
  throws(code, filename = "") {
    this.listeners.error({ target: this.window, error: this.run(code), filename });
  }

  rejects(code) {
    this.listeners.unhandledrejection({ reason: this.run(code) });
  }

  text(id) {
    return this.shell.find(id).textContent;
  }

  isShown(id) {
    return !this.shell.find(id).hidden;
  }

  get focused() {
    return this.document.activeElement.id;
  }

  // The staff number of the help page, "slow" for the notice without one, or
  // `null` while none is on the screen.
  get notice() {
    if (!this.document.getElementById("help") || !this.isShown("help")) return null;
    return this.text("help-code").slice(0, 2) || "slow";
  }

  // What is painted in the shell, beside what `index.html` has there.
  get painted() {
    return this.shell.children.filter((child) => !child.id);
  }

  // The texts that a person perceives in it.
  get words() {
    return this.painted.flatMap((element) => element.words);
  }

  // What can be tapped there.
  get controls() {
    const controls = this.shell.querySelectorAll("a, button");
    return controls.filter((control) => this.painted.some((element) => element.contains(control)));
  }

  control(label) {
    const found = this.controls.filter((control) => control.label === label);
    if (found.length !== 1) throw new Error(`${found.length} × “${label}” in ${this.controls.map((it) => it.label)}`);
    return found[0];
  }

  tap(label, keys) {
    return this.control(label).click(keys);
  }
}
