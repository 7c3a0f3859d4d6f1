import { readFileSync } from "node:fs";
import { minifySync } from "vite";

/** Inlines the early request for the wallet into the page, before everything else. */
export function earlyWallet() {
  const source = readFileSync(new URL("early-wallet.js", import.meta.url), "utf8");
  const { code } = minifySync("early-wallet.js", source);
  return {
    name: "early-wallet",
    transformIndexHtml: () => [{ tag: "script", injectTo: "head-prepend", children: code }],
  };
}
