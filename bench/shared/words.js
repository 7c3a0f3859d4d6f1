// The words by which a fan, a screen reader and the harness find things: the same on every page.

import { lastFour } from "./card.js";

export const switchTo = (card, merchant) => `切换到${merchant.name}会员卡，尾号 ${lastFour(card)}`;
export const switched = (card, merchant) => `已切换到${merchant.name}，尾号 ${lastFour(card)}`;
export const NOT_SWITCHED = "没有切换，仍在使用原来的会员卡。";
export const openCard = (card, merchant) => `查看${merchant.name}会员卡，尾号 ${lastFour(card)}`;
export const qrCode = (card) => `会员码二维码，卡号尾号 ${lastFour(card)}`;
export const barCode = (card) => `会员码条形码，卡号尾号 ${lastFour(card)}`;
export const othersOf = (merchant) => `${merchant.name}的其他会员卡`;

/** The orders of the other cards, by what `arrange` calls them. */
export const ORDERS = [
  ["last-use", "最近使用"],
  ["name", "店名"],
  ["balance", "余额"],
];
