// Keys of one character: each clicks what has it as its aria-keyshortcuts. ? opens the list of those that are here,
// in which the reader can also turn them all off. The search has / itself.

import { areOn, isShortcut, turn } from "./shortcuts.js";

const MOVES = "[role=menu], [role=radiogroup], [role=listbox], [role=combobox], [role=slider], .menu[open]";
const dialog = document.getElementById("keys");
const opener = document.getElementById("open-keys");

const holder = (key) => document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);

const scrollsSideways = (element) =>
  element.scrollWidth > element.clientWidth && /auto|scroll/.test(getComputedStyle(element).overflowX);

// Whether the arrows belong to what has the focus, or to the page, where it is wider than the window.
const needsArrows = (target) => {
  if (document.documentElement.scrollWidth > innerWidth || target.closest(MOVES)) return true;
  for (let element = target; element !== document.body && element; element = element.parentElement) {
    if (scrollsSideways(element)) return true;
  }
  return false;
};

document.addEventListener("keydown", (event) => {
  if (!isShortcut(event)) return;
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow ? event.shiftKey || needsArrows(event.target) : event.key.length > 1) return;
  const found = holder(event.key);
  if (!found?.matches("a, button")) return;
  event.preventDefault();
  found.click();
});

opener.hidden = false;
opener.addEventListener("click", () => {
  for (const row of dialog.querySelectorAll("[data-key]")) row.hidden = !holder(row.dataset.key);
  dialog.querySelector("input").checked = areOn();
  dialog.showModal();
});
dialog.querySelector("input").addEventListener("change", (event) => turn(event.target.checked));
