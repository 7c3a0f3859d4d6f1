// Puts the styles and the script of the floor into its one page, and the code's script beside it.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("../dist/floor/");

/** Bundles and minifies one file. */
async function bundled(name, options) {
  const { outputFiles } = await build({
    entryPoints: [here(name)],
    outdir: dist,
    bundle: true,
    minify: true,
    target: "es2020",
    charset: "utf8",
    write: false,
    ...options,
  });
  return outputFiles[0];
}

await rm(dist, { recursive: true, force: true });
await mkdir(`${dist}assets`, { recursive: true });

const code = await bundled("code.js", { format: "esm" });
const hash = createHash("sha256").update(code.contents).digest("hex").slice(0, 16);
const codeUrl = `/assets/code-${hash}.js`;
await writeFile(dist + codeUrl, code.contents);

const style = await bundled("../shared/style.css");
const script = await bundled("page.js", {
  format: "iife",
  define: { CODE_URL: JSON.stringify(codeUrl) },
  external: ["/assets/*"],
});

// A function in place of a text, because a text may not hold every `$`.
const page = (await readFile(here("index.html"), "utf8"))
  .replace("%CODE_URL%", () => codeUrl)
  .replace("%style.css%", () => style.text.trim())
  .replace("%page.js%", () => script.text.trim())
  .replace(/\n\s*/g, "\n");
await writeFile(`${dist}index.html`, page);
