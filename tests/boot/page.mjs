// A page for the boot script: `index.html`'s shell without a browser, with a
// clock and a network that the test holds.

import { readFileSync } from "node:fs";
import vm from "node:vm";

const workspace = new URL("../../", import.meta.url);

export function source(path) {
  return readFileSync(new URL(path, workspace), "utf8");
}

const ORIGIN = "https://cards.example";
// Named as the build names them: each has a digest of its own content.
export const FILES = [`${ORIGIN}/kabao-0123456789abcdef.js`, `${ORIGIN}/kabao-fedcba9876543210.wasm`];
export const LATER = `${ORIGIN}/split_pages-00112233445566ff.wasm`;

class Element {
  constructor(tagName, id = "") {
    Object.assign(this, { tagName, id, hidden: false, textContent: "", className: "", lang: "", href: "", rel: "" });
    this.children = [];
    this.listeners = {};
    this.parentNode = null;
    if (tagName === "SCRIPT") this.noModule = false;
  }

  appendChild(child) {
    child.parentNode?.removeChild(child);
    child.parentNode = this;
    this.children.push(child);
  }

  removeChild(child) {
    this.children = this.children.filter((kept) => kept !== child);
    child.parentNode = null;
  }

  find(id) {
    for (const child of this.children) {
      const found = child.id === id ? child : child.find(id);
      if (found) return found;
    }
    return null;
  }

  querySelector(selector) {
    return this.find(selector.slice(1));
  }

  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }

  click() {
    this.listeners.click();
  }

  focus() {
    this.page.focused = this.id;
  }
}

// The shell with every element that has an id, as `index.html` has it.
function shellOf(page) {
  const html = source("index.html");
  const shell = new Element("DIV", "shell");
  const ids = html.slice(html.indexOf('<div id="shell"')).matchAll(/<(\w+) id="([^"]+)"([^>]*)>/g);
  for (const [, tag, id, rest] of ids) {
    if (id === "shell") continue;
    const element = new Element(tag.toUpperCase(), id);
    element.hidden = / hidden\b/.test(rest);
    element.page = page;
    shell.appendChild(element);
  }
  return shell;
}

export class Page {
  constructor({
    path = "/a/case-2",
    search = "",
    languages = ["zh-CN"],
    now = Date.parse("2026-11-23T16:04:00Z"),
    storage = new Map(),
    without = [],
    canRun = true,
  } = {}) {
    this.now = now;
    this.elapsed = 0;
    this.timers = [];
    this.requests = [];
    this.visits = [];
    this.arrived = [];
    this.focused = "";
    this.listeners = {};
    this.documentListeners = {};

    const page = this;
    const html = new Element("HTML");
    this.shell = shellOf(this);
    let body = new Element("BODY");
    body.appendChild(this.shell);
    html.appendChild(body);
    const document = {
      readyState: "loading",
      get body() {
        return body;
      },
      set body(element) {
        html.removeChild(body);
        html.appendChild(element);
        body = element;
      },
      getElementById: (id) => html.find(id),
      querySelectorAll: () => FILES.map((href) => ({ href })),
      createElement: (name) => new Element(name.toUpperCase()),
      addEventListener: (name, listener) => (this.documentListeners[name] = listener),
    };
    this.document = document;
    const window = {
      document,
      location: {
        origin: ORIGIN,
        pathname: path,
        search,
        reload: () => this.visits.push("reload"),
        replace: (url) => this.visits.push(url),
      },
      navigator: { languages, language: languages[0] },
      performance: {
        getEntriesByType: () => this.arrived,
        getEntriesByName: (name) => this.arrived.filter((entry) => entry.name === name),
      },
      AbortController,
      fetch: (url, options) => this.#fetch(url, options),
      setTimeout: (callback, delay) => this.#setTimeout(callback, delay),
      clearTimeout: (timer) => (this.timers = this.timers.filter((kept) => kept !== timer)),
      addEventListener: (name, listener) => (this.listeners[name] = listener),
      scrollTo: () => {},
    };
    Object.defineProperty(window, "sessionStorage", {
      get() {
        if (storage === null) throw new Error("denied");
        return {
          getItem: (key) => storage.get(key) ?? null,
          setItem: (key, value) => storage.set(key, value),
        };
      },
    });
    window.window = window;
    for (const name of without) delete window[name];
    this.window = vm.createContext(window);
    // `Date` and `WebAssembly` are the context's own.
    this.run("Date.now = () => now()", { now: () => page.now });
    if (!canRun) this.run("WebAssembly.validate = () => false");
    if (without.includes("WebAssembly")) this.run("delete globalThis.WebAssembly");
    if (without.includes("Promise")) this.run("delete globalThis.Promise");
    this.run(source("boot.js"));
  }

  run(code, names = {}) {
    Object.assign(this.window, names);
    return vm.runInContext(code, this.window);
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

  // The document is parsed, and its module scripts are still on their way.
  async parse() {
    this.document.readyState = "interactive";
    this.documentListeners.readystatechange();
    await this.settle();
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

  // The staff number of the help page, "slow" for the notice without one, or
  // `null` while none is on the screen.
  get notice() {
    if (!this.document.getElementById("help") || !this.isShown("help")) return null;
    return this.text("help-code").slice(0, 2) || "slow";
  }
}
