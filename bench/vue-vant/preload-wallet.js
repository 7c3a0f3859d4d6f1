/** Has the page fetch the files of the wallet's route together with the app's own. */
export function preloadWallet() {
  return {
    name: "preload-wallet",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const chunks = Object.values(bundle).filter(({ type }) => type === "chunk");
        const entry = chunks.find(({ isEntry }) => isEntry);
        const route = chunks.find(({ name }) => name === "WalletView");
        const scripts = withImports(route, bundle).filter(
          (file) => file !== entry.fileName && !entry.imports.includes(file),
        );
        const styles = scripts.flatMap((file) => [...bundle[file].viteMetadata.importedCss]);
        return [
          ...scripts.map((file) => link({ rel: "modulepreload", href: `/${file}` })),
          ...styles.map((file) => link({ rel: "stylesheet", href: `/${file}` })),
        ];
      },
    },
  };
}

// They come after the early request, because a style sheet holds up the scripts below it.
const link = (attributes) => ({
  tag: "link",
  attrs: { crossorigin: true, ...attributes },
  injectTo: "head",
});

/** The files of a chunk and of all that it imports. */
function withImports(chunk, bundle, found = new Set()) {
  if (!found.has(chunk.fileName)) {
    found.add(chunk.fileName);
    chunk.imports.forEach((file) => withImports(bundle[file], bundle, found));
  }
  return [...found];
}
