import axios from "axios";
import { signIn } from "../../shared/sign-in.js";

const account = location.pathname.split("/")[2];

const http = axios.create({
  baseURL: `/api/v1/accounts/${account}/`,
  headers: { "Accept-Language": "zh-CN" },
});

/** A problem that the backend names is thrown as it names it. */
http.interceptors.response.use(
  ({ data }) => data,
  (error) => {
    const problem = error.response?.data ?? error;
    return error.response?.status === 401 ? signIn(problem) : Promise.reject(problem);
  },
);

/** The wallet: the reply that the page has asked for already, if it has, or else a new one. */
export async function getWallet() {
  if (import.meta.env.IS_TUNED && window.earlyWallet) {
    const early = window.earlyWallet;
    window.earlyWallet = undefined;
    const reply = await early;
    const body = await reply.json();
    if (reply.ok) return body;
    return reply.status === 401 ? signIn(body) : Promise.reject(body);
  }
  return http.get("wallet");
}

export const getCode = (id) => http.get(`cards/${id}/code`);

/** Puts a card in use, if the wallet is still the one that the fan sees. */
export function putCurrentCard({ revision, fan }, id) {
  const headers = { "If-Match": `"${revision}"` };
  if (fan) headers["Kabao-Fan"] = fan;
  return http.put("current-card", { card_id: id }, { headers });
}
