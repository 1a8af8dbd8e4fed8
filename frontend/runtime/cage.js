// Builds the frame's page: its one script is in it, and its policy allows that script by its hash and nothing else.
//
//   node frontend/runtime/cage.js OUT

import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "esbuild";

const out = process.argv[2];
const bundled = { bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "warning" };
const { outputFiles } = await build({ ...bundled, entryPoints: ["frontend/runtime/frame.js"], write: false });
const script = outputFiles[0].text;
const hash = createHash("sha256").update(script).digest("base64");
// The worker inherits it. Python needs to compile WebAssembly; nobody connects, embeds, loads or sends anything.
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
  "worker-src data:",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");
const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Queryshelf’s cage</title><script type="module">${script}</script>\n`;
await writeFile(join(out, "cage.html"), page);
await build({ ...bundled, entryPoints: { worker: "frontend/runtime/worker.js" }, external: ["node:*", "ws"], outdir: out });
