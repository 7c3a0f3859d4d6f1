import { createApp } from "vue";
import "../../shared/style.css";
import "./vant.css";
import App from "./App.vue";
import { loadCodeView, router } from "./router.js";

createApp(App).use(router).mount("#app");

if (import.meta.env.IS_TUNED) {
  // The code is what most fans open next. Safari has no idle callback.
  const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1000));
  whenIdle(() => loadCodeView());
}
