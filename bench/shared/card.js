// How a card looks: its amounts, its number, and its colours.

/** The contrast that WCAG 2 asks of text (level AA). */
const TEXT_CONTRAST = 4.5;

/** Money as a receipt prints it, from fen: `¥1,280.50`, `-¥5.00`. */
export function money(fen) {
  const amount = Math.abs(fen);
  const cents = String(amount % 100).padStart(2, "0");
  return `${fen < 0 ? "-" : ""}¥${grouped(Math.floor(amount / 100))}.${cents}`;
}

/** A number with a comma between thousands. */
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/** Digits in groups of four. */
export const inFours = (digits) => digits.replace(/\d{4}(?=\d)/g, "$& ");

/** How people name a card: by the end of its number. */
export const lastFour = (card) => card.number.slice(-4);

/** What stands for a name where there is no picture. */
export const initial = (name) => [...name][0];

/** What a row says about a card besides its balance. */
export function summary(card) {
  const coupons = card.coupon_count ? ` · ${card.coupon_count} 张券` : "";
  return `尾号 ${lastFour(card)} · ${grouped(card.points)} 积分${coupons}`;
}

/** Why a card can't be used, unless it can. */
export const statusLabel = (card) =>
  ({ frozen: "已冻结", lost: "已挂失", expired: "已过期" })[card.status];

/**
 * The custom properties of a card face in a merchant's colour. A light colour stays and takes
 * dark ink; another one is deepened until white can be read on it.
 */
export function faceColors(color) {
  let channels = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  if (luminance(channels) > 0.5) {
    return face(channels, scaled(channels, 92), "var(--ink-dark)");
  }
  while (1.05 / (luminance(channels) + 0.05) < TEXT_CONTRAST) {
    channels = scaled(channels, 94);
  }
  return face(channels, scaled(channels, 72), "var(--ink-light)");
}

function face(start, end, ink) {
  return { "--face-start": css(start), "--face-end": css(end), "--ink": ink };
}

const css = (channels) => `rgb(${channels.join()})`;

const scaled = (channels, percent) =>
  channels.map((channel) => Math.floor((channel * percent) / 100));

function luminance(channels) {
  const [red, green, blue] = channels.map((channel) => (channel / 255) ** 2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
