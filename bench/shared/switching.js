// The switch of the card in use, for any signal that has a `value`.

import { NOT_SWITCHED, switched } from "./words.js";

/**
 * What a tap on an avatar does: shows the card as the one in use at once, and tells the backend
 * by `put`; the last tap wins. `tell` says how it ended.
 */
export function switching({ wallet, currentId, current, put, tell }) {
  let isSwitching = false;
  return async function switchTo(id) {
    currentId.value = id;
    if (isSwitching) return;
    isSwitching = true;
    try {
      while (currentId.value !== wallet.value.current_card_id) {
        const { current_card_id, revision } = await put(wallet.value, currentId.value);
        wallet.value = { ...wallet.value, current_card_id, revision };
      }
      const { card, merchant } = current.value;
      tell(switched(card, merchant));
    } catch (problem) {
      if (problem.wallet) wallet.value = problem.wallet;
      currentId.value = wallet.value.current_card_id;
      tell(NOT_SWITCHED);
    }
    isSwitching = false;
  };
}
