// Keeps what the reader does on a lesson's pages: where they are, what they guessed, that they read or did it.

import { change, look, TROUBLE, watch } from "./store.js";

const now = () => new Date().toISOString();

// Whoever sees this sees the end of a run and of what is said of it.
const whenSeen = (element, then) => {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  });
  observer.observe(element);
};

const followDone = (section, path) => {
  const [button, status] = [section.querySelector("button"), section.querySelector("[role=status]")];
  const show = () => {
    button.ariaPressed = String(Boolean(look().lessons[path]?.done));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const trouble = change((kept) => {
      const lesson = kept.lesson(path);
      if (lesson.done) delete lesson.done;
      else lesson.done = now();
      kept.tidy(path);
    });
    const said = button.ariaPressed === "true" ? "Done. Kept in this browser alone." : "No longer marked as done.";
    status.textContent = trouble ? TROUBLE[trouble] : said;
  });
  watch(show);
  show();
  whenSeen(section, () => {
    change((kept) => {
      kept.lesson(path).read ??= now();
    });
    const { trouble } = look();
    if (trouble) status.textContent = TROUBLE[trouble];
  });
};

// header: of the lesson, with its path
export const follow = (header) => {
  const path = header.dataset.of;
  const title = header.querySelector("h1").textContent.trim();
  const visit = () => change((kept) => {
    kept.last = { url: location.pathname + location.search, title };
    if (kept.set?.lessons.some((each) => each.path === path)) kept.stay(kept.set.url, path);
    const score = document.querySelector(".score[data-truth]");
    if (!score) return;
    const { guess, truth, right } = score.dataset;
    kept.lesson(path).predicted ??= { guess, truth, right: right === "true", time: now() };
  });
  visit();
  document.addEventListener("htmx:afterSettle", visit);
  const section = document.querySelector("section.done");
  if (section) followDone(section, path);
};
