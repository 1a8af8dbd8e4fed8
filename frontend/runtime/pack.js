// Packs what runs in the reader's browser, compiled by the very Python that will run it: Pyodide, here under Node.
//
//   node frontend/runtime/pack.js PACKAGES OUT NAME…
//
// PACKAGES: a folder with what requirements-browser.txt names. OUT: the folder of the archives. NAME: stdlib, packages or
// site, of the archives to make.

import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

import { loadPyodide } from "pyodide";

const [packages, out, ...names] = process.argv.slice(2);
const pyodide = dirname(createRequire(import.meta.url).resolve("pyodide"));

const python = await loadPyodide();
for (const [at, root] of Object.entries({ "/packages": resolve(packages), "/project": process.cwd(), "/pyodide": pyodide })) {
  python.FS.mkdir(at);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, at);
}
python.runPython(await readFile(new URL("pack.py", import.meta.url), "utf-8"));

await mkdir(out, { recursive: true });
for (const name of names) {
  python.runPython(`pack_${name}()`);
  // Whole or not at all: a start may be broken off, and then finds what is there to be new.
  const path = join(out, `${name}.pack`);
  await writeFile(`${path}.part`, python.FS.readFile(`/tmp/${name}.zip`));
  await rename(`${path}.part`, path);
}
if (names.includes("stdlib")) await copyFile(join(pyodide, "pyodide.asm.wasm"), join(out, "pyodide.wasm"));
