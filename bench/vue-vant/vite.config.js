import { VantResolver } from "@vant/auto-import-resolver";
import vue from "@vitejs/plugin-vue";
import Components from "unplugin-vue-components/vite";
import { defineConfig } from "vite";
import { assetNames } from "../shared/vite-asset-names.js";
import { earlyWallet } from "../shared/vite-early-wallet.js";
import { preloadWallet } from "./preload-wallet.js";

// `--mode tuned` builds the same app so that it waits for less on a slow network.
export default defineConfig(({ mode }) => {
  const isTuned = mode === "tuned";
  return {
    plugins: [
      vue(),
      Components({ dts: false, resolvers: [VantResolver()] }),
      isTuned && [earlyWallet(), preloadWallet()],
    ],
    define: { "import.meta.env.IS_TUNED": isTuned },
    build: {
      outDir: `../dist/vue-vant${isTuned ? "-tuned" : ""}`,
      emptyOutDir: true,
      rolldownOptions: { output: assetNames },
    },
  };
});
