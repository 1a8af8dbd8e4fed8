// Gives what has data-copy, which names it, a button that copies its text: of code and SQL the lines alone.
// It stands in a corner, so that nothing moves. Without a clipboard to write to, the text is selected instead.

const SECONDS = 2; // that it says what it did

const textOf = (element) => {
  const lines = element.querySelectorAll("li > code, .line");
  const text = lines.length ? [...lines].map((line) => line.textContent.trimEnd()).join("\n") : codeOf(element).textContent;
  return text.trimEnd();
};

const codeOf = (element) => element.querySelector("ol, code") ?? element;

const say = (button, words, what) => {
  button.textContent = words;
  button.ariaLabel = `${words} ${what}`;
};

const copy = async (element, button) => {
  const what = element.dataset.copy;
  try {
    await navigator.clipboard.writeText(textOf(element));
    say(button, "Copied", what);
  } catch {
    getSelection().selectAllChildren(codeOf(element));
    say(button, "Selected", `${what}: now copy it`);
  }
  setTimeout(() => say(button, "Copy", what), SECONDS * 1000);
};

const placeOf = (element) => {
  if (element.matches("code")) return element.parentElement;
  return element.querySelector(":scope > figcaption") ?? element;
};

const addButtons = () => {
  for (const element of document.querySelectorAll("[data-copy]")) {
    const place = placeOf(element);
    if (place.querySelector(":scope > .copy")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    say(button, "Copy", element.dataset.copy);
    button.addEventListener("click", () => copy(element, button));
    place.append(button);
  }
};

document.addEventListener("htmx:afterSwap", addButtons);
addButtons();
