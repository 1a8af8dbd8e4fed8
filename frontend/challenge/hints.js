// Hints, one at a time: each is there once the one before it was opened.

import { make, prose } from "./elements.js";

export const oneAtATime = (hints) => {
  for (const [at, hint] of hints.entries()) {
    hint.hidden = at > 0;
    hint.addEventListener("toggle", () => {
      if (hint.open && hints[at + 1]) hints[at + 1].hidden = false;
    });
  }
};

export const makeHints = (texts) => {
  const hints = texts.map((text, at) =>
    make("details", {}, make("summary", {}, `Hint ${at + 1}`), make("p", {}, ...prose(text))),
  );
  oneAtATime(hints);
  return make("div", { className: "hints" }, ...hints);
};
