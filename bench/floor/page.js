// The whole page by hand: it asks for the wallet, and draws it as soon as it is there.

import {
  faceColors,
  grouped,
  inFours,
  initial,
  money,
  statusLabel,
  summary,
} from "../shared/card.js";
import { signIn } from "../shared/sign-in.js";
import { arranged, indexed } from "../shared/wallet.js";
import { NOT_SWITCHED, openCard, othersOf, switched, switchTo } from "../shared/words.js";

/** So many of the other cards are on the first screen. */
const FIRST_SCREEN = 6;

const account = location.pathname.split("/")[2];
const app = document.getElementById("app");

const firstReply = request("wallet");
let wallet;
/** The card that is shown as the one in use. Until a switch is done, the wallet's is another. */
let current;
let isSwitching = false;

async function request(path, options = {}) {
  const reply = await fetch(`/api/v1/accounts/${account}/${path}`, {
    ...options,
    headers: { "Accept-Language": "zh-CN", ...options.headers },
  });
  const body = await reply.json();
  if (reply.status === 401) return signIn(body);
  if (!reply.ok) throw body;
  return body;
}

/** An element with its attributes and children, save those that are undefined or false. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A link that is followed without loading the page anew. */
function link(href, attributes, ...children) {
  const onclick = (event) => {
    event.preventDefault();
    history.pushState(null, "", href);
    show();
  };
  return element("a", { href, onclick, ...attributes }, ...children);
}

const colors = ({ brand_color }) =>
  Object.entries(faceColors(brand_color))
    .map(([name, value]) => `${name}:${value}`)
    .join(";");

function avatar(tag, merchant, attributes) {
  const { name, avatar_url: src } = merchant;
  const onerror = (event) => event.target.remove();
  const picture = src && element("img", { src, alt: "", onerror });
  return element(tag, { class: "avatar", ...attributes }, initial(name), picture);
}

function figure(term, value, attributes = {}) {
  return element("div", {}, element("dt", {}, term), element("dd", attributes, value));
}

function cardFace({ card, merchant }) {
  const status = statusLabel(card);
  return element(
    "article",
    { class: `card card--full${status ? " card--unusable" : ""}`, style: colors(merchant) },
    element(
      "div",
      { class: "card__head" },
      avatar("span", merchant, { "aria-hidden": "true" }),
      element(
        "div",
        { class: "card__title" },
        element("h2", {}, merchant.name),
        status && element("span", { class: "card__status" }, status),
      ),
      element("dl", {}, figure("余额", money(card.balance_fen), { class: "card__balance" })),
    ),
    element(
      "dl",
      { class: "card__figures" },
      figure("积分", grouped(card.points)),
      figure("优惠券", card.coupon_count),
      figure("卡号", inFours(card.number)),
    ),
    !status &&
      element(
        "button",
        { class: "button", onclick: () => go(`/cards/${card.id}/code`) },
        "出示会员码",
      ),
  );
}

function cardRow({ card, merchant }) {
  const onclick = () => changeTo(card.id);
  const name = link(
    `/a/${account}/cards/${card.id}`,
    { "aria-label": openCard(card, merchant) },
    merchant.name,
  );
  return element(
    "li",
    { class: "row" },
    element(
      "article",
      { class: "card", style: colors(merchant) },
      avatar("button", merchant, { "aria-label": switchTo(card, merchant), onclick }),
      element(
        "div",
        { class: "row__text" },
        element("h3", {}, name),
        element("p", {}, summary(card)),
      ),
      element("span", { class: "row__balance" }, money(card.balance_fen)),
    ),
  );
}

function drawWallet() {
  const index = indexed(wallet);
  const inUse = index.find(({ card }) => card.id === current);
  const { inFocus, others } = arranged(index, current, wallet.merchant_id);
  const groups = [
    [inUse && othersOf(inUse.merchant), inFocus.slice(0, FIRST_SCREEN)],
    ["其他会员卡", others.slice(0, Math.max(0, FIRST_SCREEN - inFocus.length))],
  ];
  app.replaceChildren(
    element("header", { class: "header" }, element("h1", {}, wallet.account.name)),
    element("section", { id: "current-card" }, inUse ? cardFace(inUse) : "还没有会员卡"),
    ...groups
      .filter(([, rows]) => rows.length)
      .map(([title, rows]) =>
        element(
          "section",
          { class: "others" },
          title && element("h2", {}, title),
          element("ul", {}, ...rows.map(cardRow)),
        ),
      ),
  );
}

function back(title) {
  const home = link(`/a/${account}`, { "aria-label": "返回" }, "←");
  return element("header", { class: "header" }, home, element("h1", {}, title));
}

async function drawCode(id) {
  app.replaceChildren(back("会员码"), element("div", { class: "skeleton" }));
  const path = location.pathname;
  const isShown = () => location.pathname === path;
  const load = () => request(`cards/${id}/code`);
  const [{ drawCodes }, code] = await Promise.all([import(CODE_URL), load(), know()]);
  if (!isShown()) return;
  const plate = element("section", { class: "plate" });
  drawCodes(plate, find(id).card, code, load, isShown);
  app.replaceChildren(back("会员码"), plate);
}

/** Waits until the wallet is known. */
async function know() {
  wallet ??= await firstReply;
  current ??= wallet.current_card_id;
}

const find = (id) => indexed(wallet).find(({ card }) => card.id === id);

function go(path) {
  history.pushState(null, "", `/a/${account}${path}`);
  show();
}

/** Draws what the address names. */
async function show() {
  const [, , , kind, id, code] = location.pathname.split("/");
  try {
    if (code) return await drawCode(id);
    await know();
    if (kind === "code" && current) await drawCode(current);
    else if (kind === "cards") app.replaceChildren(back("会员卡"), cardFace(find(id)));
    else drawWallet();
  } catch {
    const retry = element(
      "button",
      { class: "button", onclick: () => location.reload() },
      "再试一次",
    );
    app.replaceChildren(
      element("section", { class: "problem" }, element("h1", {}, "暂时打不开，请稍后再试"), retry),
    );
  }
}

/** Shows `id` as the card in use at once, and tells the backend; the last tap wins. */
async function changeTo(id) {
  current = id;
  drawWallet();
  scrollTo(0, 0);
  if (isSwitching) return;
  isSwitching = true;
  try {
    while (current !== wallet.current_card_id) {
      const { current_card_id, revision } = await request("current-card", {
        method: "PUT",
        headers: {
          "Content-Type": "application/json",
          "If-Match": `"${wallet.revision}"`,
          ...(wallet.fan && { "Kabao-Fan": wallet.fan }),
        },
        body: JSON.stringify({ card_id: current }),
      });
      wallet = { ...wallet, current_card_id, revision };
    }
    const { card, merchant } = find(current);
    toast(switched(card, merchant));
  } catch (problem) {
    wallet = problem.wallet ?? wallet;
    current = wallet.current_card_id;
    show();
    toast(NOT_SWITCHED);
  }
  isSwitching = false;
}

function toast(text) {
  const message = element("p", { class: "toast", role: "status" }, text);
  document.body.append(message);
  setTimeout(() => message.remove(), 3000);
}

addEventListener("popstate", show);
show();
