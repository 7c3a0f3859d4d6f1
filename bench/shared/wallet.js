// Which cards a wallet shows beside the one in use, and in which order.

/** From this many cards on, a wallet can be searched and sorted. */
export const SEARCHABLE_FROM = 8;

/** Every card with its merchant and with what it is searched and sorted by. */
export function indexed(wallet) {
  const merchants = new Map(wallet.merchants.map((merchant) => [merchant.id, merchant]));
  const texts = new Map(wallet.merchants.map((merchant) => [merchant.id, searchedText(merchant)]));
  return wallet.cards.map((card) => ({
    card,
    merchant: merchants.get(card.merchant_id),
    text: `${texts.get(card.merchant_id)}\n${card.number}`,
    lastUse: card.last_used_at ? Date.parse(card.last_used_at) : 0,
  }));
}

/**
 * The rows of `index` beside the card in use: those of its merchant, and the rest. Without a
 * card in use, the merchant in focus is the one that the wallet names.
 */
export function arranged(index, currentId, focusId, query = "", order = "last-use") {
  const focus = index.find(({ card }) => card.id === currentId)?.card.merchant_id ?? focusId;
  const matches = matcher(query);
  const rows = index.filter((row) => row.card.id !== currentId && matches(row));
  rows.sort(COMPARISONS[order]);
  return {
    inFocus: rows.filter(({ card }) => card.merchant_id === focus),
    others: rows.filter(({ card }) => card.merchant_id !== focus),
  };
}

const COMPARISONS = {
  "last-use": (one, other) => other.lastUse - one.lastUse,
  name: (one, other) => compare(sortKey(one.merchant), sortKey(other.merchant)),
  balance: (one, other) => other.card.balance_fen - one.card.balance_fen,
};

const compare = (one, other) => (one < other ? -1 : Number(one > other));

const sortKey = (merchant) => merchant.initials ?? merchant.name;

/** Whether a row is what somebody searches for; 尾号 asks for the end of a number. */
function matcher(query) {
  const text = folded(query);
  const tail = /^尾号(\d*)$/.exec(text)?.[1];
  return (row) => row.text.includes(text) || (tail !== undefined && row.card.number.endsWith(tail));
}

const searchedText = ({ name, initials = "", pinyin = "" }) =>
  [name, initials, pinyin].map(folded).join("\n");

/** Text as it is compared: half width, lower case, without accents and what parts characters. */
const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}\p{P}\p{Z}\s]/gu, "")
    .toLowerCase();
