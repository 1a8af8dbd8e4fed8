// When a key of one character is the page's own: what all shortcuts have in common.

const NAME = "shortcuts"; // in localStorage, where the reader has turned them off
const root = document.documentElement; // has it too: each script has a module of its own, the page is one

try {
  root.dataset.shortcuts ??= localStorage.getItem(NAME) ?? "on";
} catch {
  // A browser that keeps nothing: they are on.
}

export const areOn = () => root.dataset.shortcuts !== "off";

export const turn = (on) => {
  root.dataset.shortcuts = on ? "on" : "off";
  try {
    localStorage.setItem(NAME, root.dataset.shortcuts);
  } catch {
    // It holds for this page.
  }
};

// Whether keys are text where the focus is.
const isTyping = ({ target }) => target.isContentEditable || target.matches("input, textarea, select");

// Whether a keydown may be a shortcut: of one key alone, pressed once, typed into nothing, with no dialog open.
export const isShortcut = (event) =>
  areOn() && !event.defaultPrevented && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey
  && !isTyping(event) && !document.querySelector("dialog[open]");
