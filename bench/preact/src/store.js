// What every page knows: the wallet, the card in use, and how the other cards are arranged.

import { computed, signal } from "@preact/signals";
import { switching } from "../../shared/switching.js";
import { arranged, indexed } from "../../shared/wallet.js";
import { getWallet, putCurrentCard } from "./api.js";

export const wallet = signal();
export const hasFailed = signal(false);
export const toast = signal("");
export const query = signal("");
export const order = signal("last-use");

/** The card that is shown as the one in use. Until a switch is done, the wallet's is another. */
export const currentId = signal();

const index = computed(() => indexed(wallet.value));

export const find = (id) => index.value.find(({ card }) => card.id === id);

export const current = computed(() => find(currentId.value));

export const otherCards = computed(() =>
  arranged(index.value, currentId.value, wallet.value.merchant_id, query.value, order.value),
);

/** Loads the wallet, also once more after a failure. */
export async function load() {
  hasFailed.value = false;
  try {
    wallet.value = await getWallet();
    currentId.value = wallet.value.current_card_id;
  } catch {
    hasFailed.value = true;
  }
}

export const switchTo = switching({ wallet, currentId, current, put: putCurrentCard, tell });

let timer;

function tell(text) {
  toast.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.value = ""), 3000);
}

load();
