import { signIn } from "../../shared/sign-in.js";

const account = location.pathname.split("/")[2];

/** Where a page of this account is. */
export const pageUrl = (path = "") => `/a/${account}${path}`;

/** The wallet: the reply that the page has asked for already, or else a new one. */
export function getWallet() {
  const early = window.earlyWallet;
  window.earlyWallet = undefined;
  return read(early ?? send("wallet"));
}

export const getCode = (id) => read(send(`cards/${id}/code`));

/** Puts a card in use, if the wallet is still the one that the fan sees. */
export function putCurrentCard(wallet, id) {
  const headers = { "Content-Type": "application/json", "If-Match": `"${wallet.revision}"` };
  if (wallet.fan) headers["Kabao-Fan"] = wallet.fan;
  const body = JSON.stringify({ card_id: id });
  return read(send("current-card", { method: "PUT", headers, body }));
}

function send(path, options = {}) {
  return fetch(`/api/v1/accounts/${account}/${path}`, {
    ...options,
    headers: { "Accept-Language": "zh-CN", ...options.headers },
  });
}

/** The body of a reply. A problem is thrown. */
async function read(sent) {
  const reply = await sent;
  const body = await reply.json();
  if (reply.status === 401) return signIn(body);
  if (!reply.ok) throw body;
  return body;
}
