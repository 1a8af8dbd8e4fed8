// The one key of localStorage that holds all that is kept, and who is told when it changes.

import { Kept, VERSION } from "./kept.js";

export const KEY = "queryshelf-progress";
const CHANGED = "progresschange";

// Why nothing can be kept, by a word for it.
export const TROUBLE = {
  refused: "This browser keeps nothing for this site: its storage is off. Your progress ends with this page.",
  full: "This browser could not keep that: its storage is full.",
  unreadable: "What this browser has kept cannot be read, so nothing is added to it.",
  newer: "What this browser has kept was written by a newer version of this site, so nothing is added to it. Reload the page.",
};

// The text as it is, or null where there is none. Throws where the browser refuses.
export const rawText = () => localStorage.getItem(KEY);

// What is kept now, never from memory: another tab may have written. Its `trouble` is a word of TROUBLE, or null.
export const look = () => {
  let text;
  try {
    text = rawText();
  } catch {
    return new Kept({}, "refused");
  }
  if (text === null) return new Kept();
  try {
    const value = JSON.parse(text);
    if (value?.version === VERSION) return new Kept(value);
    return new Kept({}, value?.version > VERSION ? "newer" : "unreadable");
  } catch {
    return new Kept({}, "unreadable");
  }
};

const tell = () => document.dispatchEvent(new Event(CHANGED));

// Let `how(kept)` change what is kept. Reads and writes at one go, so that two tabs lose nothing of each other's.
// Returns a word of TROUBLE, or null.
export const change = (how) => {
  const kept = look();
  if (kept.trouble) return kept.trouble;
  how(kept);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    return "full";
  }
  tell();
  return null;
};

// Returns a word of TROUBLE, or null.
export const forget = () => {
  try {
    localStorage.removeItem(KEY);
  } catch {
    return "refused";
  }
  tell();
  return null;
};

// Call `then` whenever what is kept may have changed: here, in another tab, or while this page was out of sight.
export const watch = (then) => {
  document.addEventListener(CHANGED, then);
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && then());
  addEventListener("pageshow", ({ persisted }) => persisted && then());
};
