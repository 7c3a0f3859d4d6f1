// Draws the two codes that a till scans.

import { encode } from "uqr";

/** Light modules before and after the bars, as the standard asks (ISO/IEC 15417). */
const BAR_QUIET_ZONE = 10;
const BAR_HEIGHT = 44;

/** The QR code of `payload`, with its quiet zone of four modules (ISO/IEC 18004). */
export function qrCode(payload, room) {
  const { data, size } = encode(payload, { ecc: "M", border: 4 });
  const path = data.map((row, top) => runs(row, top, 1)).join("");
  return drawing(path, size, size, room);
}

/** The Code 128 of an even number of digits, in set C: two digits take one symbol. */
export function barCode(payload, room) {
  const values = [START_C, ...payload.match(/../g).map(Number)];
  const checksum = values.reduce((sum, value, place) => sum + value * Math.max(place, 1));
  const symbols = [...values, checksum % 103, STOP];
  // A symbol alternates between bars and spaces, and begins with a bar.
  const widths = symbols.flatMap((value) => [...WIDTHS[value]].map(Number));
  const modules = widths.flatMap((width, place) => Array(width).fill(place % 2 === 0));
  const quiet = Array(BAR_QUIET_ZONE).fill(false);
  const row = [...quiet, ...modules, ...quiet];
  return drawing(runs(row, 0, BAR_HEIGHT), row.length, BAR_HEIGHT, room);
}

/**
 * A drawing of `columns` modules, at most `room` CSS pixels wide, and so wide that every module
 * is a whole number of device pixels and no edge is blurred.
 */
function drawing(path, columns, rows, room) {
  const pixels = Math.max(1, Math.floor((room * devicePixelRatio) / columns));
  return { path, viewBox: `0 0 ${columns} ${rows}`, width: (pixels * columns) / devicePixelRatio };
}

/** The dark modules of one row as parts of a path. Neighbours are one part, without a seam. */
function runs(row, top, height) {
  let path = "";
  for (let start = 0; start < row.length; start++) {
    let end = start;
    while (row[end]) end++;
    if (end > start) path += `M${start} ${top}h${end - start}v${height}H${start}z`;
    start = end;
  }
  return path;
}

/**
 * How many milliseconds after its arrival a code is replaced: a little before it ends, and never
 * in the first half of its life. A static code stays.
 */
export function refreshDelay({ mode, server_time, expires_at, refresh_after }) {
  if (mode !== "rotating") return undefined;
  const ends = [];
  if (expires_at) ends.push(Date.parse(expires_at) - Date.parse(server_time));
  if (refresh_after) ends.push(refresh_after * 1000);
  const life = ends.length ? Math.max(0, Math.min(...ends)) : 30_000;
  return life - Math.min(3_000, life / 2);
}

const START_C = 105;
const STOP = 106;

/** The widths of the bars and spaces of each symbol (ISO/IEC 15417, table 1). */
const WIDTHS = `
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
411311 113141 114131 311141 411131 211412 211214 211232 2331112`.match(/\d+/g);
