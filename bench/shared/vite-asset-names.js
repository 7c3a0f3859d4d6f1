/** Names by which a server knows that a file never changes: with long hashes, in hexadecimal. */
export const assetNames = {
  hashCharacters: "hex",
  entryFileNames: "assets/[name]-[hash:16].js",
  chunkFileNames: "assets/[name]-[hash:16].js",
  assetFileNames: "assets/[name]-[hash:16][extname]",
};
