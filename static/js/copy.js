// Shows the buttons that copy a text of the page. Without a clipboard to write to, the text is selected instead.

const show = () => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
  }
};

const copy = async (button) => {
  const text = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(text);
    button.textContent = "Selected: now copy it";
  }
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copies]") : null;
  if (button) {
    copy(button);
  }
});
document.addEventListener("htmx:afterSwap", show);
show();
