// Asks which code to go on with, where the lesson has changed since the reader wrote theirs.

import { button, make } from "./elements.js";

const WORDS = "The lesson has changed since you wrote this code.";

// answered(begins): whether the reader begins with the new code
export const askWhich = (place, answered) => {
  const answer = (begins) => {
    place.replaceChildren();
    answered(begins);
  };
  const mine = button("Go on with mine", () => answer(false));
  const anew = button("Begin with the new code", () => answer(true), { className: "quiet" });
  const choices = make("div", { className: "controls" }, mine, anew);
  place.replaceChildren(
    make("div", { className: "outcome", role: "group", ariaLabel: WORDS }, make("p", {}, WORDS), choices),
  );
  mine.focus();
};
