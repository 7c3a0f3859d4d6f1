// What every view knows: the wallet, the card in use, and how the other cards are arranged.

import { showToast } from "vant";
import "vant/es/toast/style";
import { computed, ref, shallowRef } from "vue";
import { switching } from "../../shared/switching.js";
import { arranged, indexed } from "../../shared/wallet.js";
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

const tell = (message) => showToast({ message, position: "bottom" });
const switchTo = switching({ wallet, currentId, current, put: putCurrentCard, tell });

let isWanted = false;

/** The wallet of this account. Whoever uses it first has it loaded. */
export function useWallet() {
  if (!isWanted) load();
  isWanted = true;
  return { wallet, hasFailed, query, order, currentId, current, otherCards, find, load, switchTo };
}
