// Writes every file of the peers once more as brotli and gzip, as a server would send it.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("dist/", import.meta.url));

for (const file of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || /\.(br|gz)$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${path}.br`, brotliCompressSync(content, { params }));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
