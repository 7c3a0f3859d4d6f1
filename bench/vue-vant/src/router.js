import { createRouter, createWebHistory } from "vue-router";

export const loadCodeView = () => import("./views/CodeView.vue");

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: "/a/:account", name: "wallet", component: () => import("./views/WalletView.vue") },
    { path: "/a/:account/code", name: "current-code", component: loadCodeView },
    {
      path: "/a/:account/cards/:id",
      name: "card",
      component: () => import("./views/CardView.vue"),
      props: true,
    },
    { path: "/a/:account/cards/:id/code", name: "code", component: loadCodeView, props: true },
  ],
});
