// What every view knows: the wallet, the card in use, and how the other cards are arranged.

import { showToast } from "vant";
import "vant/es/toast/style";
import { computed, ref, shallowRef } from "vue";
import { arranged, indexed } from "../../shared/wallet.js";
import { NOT_SWITCHED, switched } from "../../shared/words.js";
import { getWallet, putCurrentCard } from "./api.js";

// Replies are replaced and never changed, so nothing inside them needs to be watched.
const wallet = shallowRef();
const hasFailed = ref(false);
const query = ref("");
const order = ref("last-use");

/** The card that is shown as the one in use. Until a switch is done, the wallet's is another. */
const currentId = ref();

const index = computed(() => (wallet.value ? indexed(wallet.value) : []));
const find = (id) => index.value.find(({ card }) => card.id === id);
const current = computed(() => find(currentId.value));
const otherCards = computed(() =>
  arranged(index.value, currentId.value, wallet.value.merchant_id, query.value, order.value),
);

async function load() {
  hasFailed.value = false;
  try {
    wallet.value = await getWallet();
    currentId.value = wallet.value.current_card_id;
  } catch {
    hasFailed.value = true;
  }
}

let isSwitching = false;

/** Shows `id` as the card in use at once, and tells the backend; the last tap wins. */
async function switchTo(id) {
  currentId.value = id;
  if (isSwitching) return;
  isSwitching = true;
  try {
    while (currentId.value !== wallet.value.current_card_id) {
      const { current_card_id, revision } = await putCurrentCard(wallet.value, currentId.value);
      wallet.value = { ...wallet.value, current_card_id, revision };
    }
    const { card, merchant } = current.value;
    showToast({ message: switched(card, merchant), position: "bottom" });
  } catch (problem) {
    if (problem.wallet) wallet.value = problem.wallet;
    currentId.value = wallet.value.current_card_id;
    showToast({ message: NOT_SWITCHED, position: "bottom" });
  }
  isSwitching = false;
}

let isWanted = false;

/** The wallet of this account. Whoever uses it first has it loaded. */
export function useWallet() {
  if (!isWanted) load();
  isWanted = true;
  return { wallet, hasFailed, query, order, currentId, current, otherCards, find, load, switchTo };
}
