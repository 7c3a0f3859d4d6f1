import { defineConfig } from "vite";
import { earlyWallet } from "../shared/vite-early-wallet.js";
import { assetNames } from "../shared/vite-asset-names.js";

export default defineConfig({
  plugins: [earlyWallet()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { outDir: "../dist/preact", emptyOutDir: true, rolldownOptions: { output: assetNames } },
});
