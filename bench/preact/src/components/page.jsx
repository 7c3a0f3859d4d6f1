import { pageUrl } from "../api.js";
import { hasFailed, load, wallet } from "../store.js";

/** A page under the wallet: its title and the way back. */
export function SubPage({ title, children }) {
  return (
    <main class="app">
      <header class="header">
        <a href={pageUrl()} aria-label="返回">
          ←
        </a>
        <h1>{title}</h1>
      </header>
      {children}
    </main>
  );
}

/** What needs the wallet, once it is there. */
export function WithWallet({ children }) {
  if (wallet.value) return children();
  return hasFailed.value ? <Problem retry={load} /> : <div class="skeleton" />;
}

export function Problem({ retry }) {
  return (
    <section class="problem">
      <h1>暂时打不开，请稍后再试</h1>
      <button class="button" onClick={retry}>
        再试一次
      </button>
    </section>
  );
}
