// Says of each lesson that the page lists what is kept of it, and how many are done and solved.

const sayMark = ({ done, solved, predicted, read } = {}) => {
  if (done) return solved ? "✓ done, solved" : "✓ done";
  if (solved) return "solved";
  if (predicted) return "guessed";
  return read ? "read" : "";
};

const pathsIn = (element) => new Set([...element.querySelectorAll(".mark")].map((mark) => mark.dataset.lesson));
// what: a part of what is kept of a lesson
const countOf = (kept, paths, what) => [...paths].filter((path) => kept.lessons[path]?.[what]).length;

// [was, is] of the lessons on this page that were moved.
export const namesThatChanged = () => [...document.querySelectorAll("[data-was]")].flatMap(({ dataset }) =>
  dataset.was.split(" ").map((was) => [was, dataset.lesson ?? dataset.of]));

export const draw = (kept) => {
  for (const mark of document.querySelectorAll(".mark")) {
    mark.textContent = sayMark(kept.lessons[mark.dataset.lesson]);
    mark.classList.toggle("is-done", mark.textContent.startsWith("✓"));
  }
  for (const tally of document.querySelectorAll("[data-tally]")) {
    const done = countOf(kept, pathsIn(tally.closest("[data-tallied]")), "done");
    tally.textContent = done ? `, ${done} done` : "";
  }
  for (const all of document.querySelectorAll("[data-tally-of]")) {
    all.textContent = countOf(kept, pathsIn(document), all.dataset.tallyOf);
  }
  const { last } = kept;
  document.documentElement.toggleAttribute("data-kept", Boolean(last || Object.keys(kept.lessons).length));
  const resume = document.querySelector("[data-resume]");
  if (!resume) return;
  resume.hidden = !last;
  if (!last) return;
  resume.firstElementChild.textContent = `Continue where you left: ${last.title}`;
  resume.href = last.url;
};
