// Lights what belongs together: an expression and the statements it fires, and the reverse.
// A pointer or the focus lights for as long as it stays; a tap or click holds the light until the next one.

let held = [];

const idsOf = (target) => {
  const element = target instanceof Element ? target.closest("[data-statements]") : null;
  return element ? element.dataset.statements.split(" ") : [];
};

const light = (ids) => {
  for (const element of document.querySelectorAll(":is(#lab, #challenge, #play) [data-statements]")) {
    const on = element.dataset.statements.split(" ").some((id) => ids.includes(id));
    element.classList.toggle("lit", on);
  }
  document.dispatchEvent(new CustomEvent("lit", { detail: ids })); // for what draws itself: the editor
};

const show = (target) => {
  const ids = idsOf(target);
  light(ids.length ? ids : held);
};

document.addEventListener("pointerover", (event) => show(event.target));
document.addEventListener("focusin", (event) => show(event.target));
document.addEventListener("click", (event) => {
  held = idsOf(event.target);
  light(held);
});
document.addEventListener("htmx:afterSwap", (event) => {
  held = [];
  // What could not be shown is shown now.
  if (event.detail.target.id === "lab") document.querySelector("#refused")?.replaceChildren();
});
