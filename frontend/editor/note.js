// What stands beneath the editor: how keyboard users get out, and for screen readers the counts of its gutter.

import { told } from "./marks.js";

const KEYS = "To leave the editor, press Escape, then Tab. Ctrl+Enter runs the code; on a Mac, ⌘ Enter.";

let made = 0;

const elementOf = (tag, text, className) => {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
};

// Returns { element, id, tell }: the id of the sentence about keys; tell([[line, queries]]) lists the counts.
export const makeNote = () => {
  made += 1;
  const id = `editor-keys-${made}`;
  const element = document.createElement("div");
  const keys = elementOf("p", KEYS, "editor-keys");
  const list = elementOf("ul", "", "visually-hidden");
  keys.id = id;
  element.append(keys, list);
  const tell = (counts) => {
    const lines = counts.map(([line, count]) => `Line ${line}: ${told(count)}`);
    if (lines.join() === [...list.children].map((item) => item.textContent).join()) return;
    list.replaceChildren(...lines.map((line) => elementOf("li", line, "")));
    list.hidden = lines.length === 0;
  };
  list.hidden = true;
  return { element, id, tell };
};
