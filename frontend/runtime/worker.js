// In the cage: Python, with Django, the lab and the bookstore. It has what the page hands in, and no network.
//
// The first message is { files: { name: ArrayBuffer }, memory: bytes } with a port; each later one, on that port, is
// { id, text } and answered by { id, text }, or by { id, fault } where Python itself has failed.

import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { info } from "pyodide/pyodide-lock.json";

import { unpack } from "./unzip.js";

const HERE = "https://cage.invalid/"; // there is no such place: whatever is loaded has been handed in
const PAGE = 65_536; // bytes
const PACKED = { packages: "/lib/python3.14/site-packages", site: "/site", shelves: "/data/shelves/sqlite" };

// Whatever grows past it gets a MemoryError, and the browser lives.
const limitMemory = (bytes) => {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + Number(pages) * PAGE > bytes) throw new RangeError("the limit of memory is reached");
    return grow.call(this, pages);
  };
};

const start = async (files) => {
  const types = { "pyodide.asm.wasm": "application/wasm" };
  globalThis.fetch = async (url) => {
    const name = String(url).slice(HERE.length);
    return new Response(files[name], { headers: { "Content-Type": types[name] ?? "application/octet-stream" } });
  };
  const python = await loadPyodide({
    createPyodideModule,
    indexURL: HERE,
    packageBaseUrl: HERE,
    stdLibURL: `${HERE}python_stdlib.zip`,
    lockFileContents: { info, packages: {} },
  });
  for (const [name, folder] of Object.entries(PACKED)) unpack(python.FS, files[name], folder);
  delete globalThis.fetch;
  python.runPython("import sys; sys.path.insert(0, '/site'); import lessons.browser.start");
  python.runPython("from lessons.browser.answers import answer");
  return python;
};

self.onmessage = async ({ data: { files, memory }, ports: [port] }) => {
  self.onmessage = null;
  limitMemory(memory);
  let python;
  try {
    python = await start(files);
  } catch (error) {
    port.postMessage({ fault: error.message });
    return;
  }
  port.onmessage = async ({ data: { id, text } }) => {
    try {
      // Not by a proxy's call, which takes several times as long.
      python.globals.set("asked", text);
      port.postMessage({ id, text: await python.runPythonAsync("answer(asked)") });
    } catch (error) {
      port.postMessage({ id, fault: error.message });
    }
  };
  port.postMessage({ ready: true });
};
