// A sketch as the fragment of an address, which no browser sends to a server: #v1.… is JSON, deflated, in base64.
//
// Links that were sent must open for years: what v1 means never changes, and tests/play_links.json holds them to that.

import { checked } from "./sketch.js";

const V1 = "#v1.";
const LONGEST = 2_000_000; // characters of JSON, however little came

export class Unreadable extends Error {}

// extra: what goes beside the files, such as a result that was recorded
export const toLink = async (sketch, extra = {}) => {
  const text = JSON.stringify({ ...sketch, ...extra });
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return V1 + toBase64(new Uint8Array(await new Response(packed).arrayBuffer()));
};

// Return { sketch, extra } of a fragment, or null where it holds none. Rejects with Unreadable.
export const fromLink = async (hash) => {
  if (!/^#v\d+\./.test(hash)) return null;
  if (!hash.startsWith(V1)) throw new Unreadable("This link was made by a newer version of this page. Reload the page.");
  let value;
  try {
    value = JSON.parse(await inflated(fromBase64(hash.slice(V1.length))));
  } catch {
    throw new Unreadable("This link cannot be read: a part of it is missing. Ask for it again, or for a file.");
  }
  try {
    const { files, books, ...extra } = value;
    return { sketch: checked({ files, books }), extra };
  } catch (error) {
    throw new Unreadable(`This link holds no code that can be opened. ${error.message}`);
  }
};

const inflated = async (bytes) => {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > LONGEST) throw new Error("too long");
  }
  return text + decoder.decode();
};

const toBase64 = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const fromBase64 = (text) => {
  const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
};
