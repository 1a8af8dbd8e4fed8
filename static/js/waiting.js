// Says that a run is under way, and lets the reader cancel it. What is swapped is busy at once; after a moment a sign
// over the page, which is also the page's live region, says what runs, and at the end what came of it.
// What a link runs, its data-runs says; what came of it, the data-told of what the server sent.

const PATIENCE = 300; // ms until the sign shows
const LINGERS = 6000; // ms that a word about nothing having changed stays in sight

const sign = document.getElementById("waiting");
const status = sign.querySelector("[role=status]");
const button = sign.querySelector("button");
const lab = () => document.getElementById("lab");

let run = null; // { cancel, from, xhr }: the latest one; a link without htmx has no xhr
let timer;

const say = (words, { shown = false, cancellable = false } = {}) => {
  clearTimeout(timer);
  status.textContent = words;
  sign.classList.toggle("shown", shown);
  button.hidden = !cancellable;
};

const busy = (element, is) => {
  if (is) element?.setAttribute("aria-busy", "true");
  else element?.removeAttribute("aria-busy");
};

const start = (begun) => {
  run = begun;
  say("");
  const words = begun.from.dataset?.runs || sign.dataset.runs;
  timer = setTimeout(() => say(words, { shown: true, cancellable: true }), PATIENCE);
};

const unchanged = (word) => {
  say(`${word} ${sign.dataset.unchanged}`, { shown: true });
  timer = setTimeout(() => say(""), LINGERS);
};

const stop = () => {
  run = null;
  busy(lab(), false);
};

const cancel = () => {
  const { cancel: abort, from } = run;
  if (document.activeElement === button) from.focus({ preventScroll: true });
  stop();
  abort();
  unchanged(sign.dataset.cancelled);
};

const result = () => {
  const told = [...document.querySelectorAll("#lab [data-told]")].map((each) => each.dataset.told || each.textContent);
  return [sign.dataset.done, ...told].join(" ").replace(/\s+/g, " ").trim();
};

document.addEventListener("htmx:beforeRequest", ({ detail: { elt, target, xhr } }) => {
  busy(target, true);
  if (target.id === "lab") start({ from: elt, xhr, cancel: () => xhr.abort() });
});

// However it ended; what was aborted for another request is the latest no more. Where the server refuses, the words
// of the refusal are told by the region that they stand in.
document.addEventListener("htmx:afterRequest", ({ detail: { target, xhr } }) => {
  if (target.id !== "lab") busy(target, false);
  if (run?.xhr !== xhr) return;
  stop();
  say(xhr.status && xhr.status < 400 ? result() : "");
});
document.addEventListener("htmx:sendError", ({ detail: { target } }) => {
  if (target.id === "lab") unchanged(sign.dataset.failed);
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-runs]") : null;
  const elsewhere = event.button || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return; // as htmx does where it asks itself
  busy(lab(), true);
  start({ from: link, cancel: () => window.stop() });
});

// Back on a page that the browser kept as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  stop();
  say("");
});

button.addEventListener("click", cancel);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !run || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  cancel();
});
