// The page of what is kept: all of it, taken out, brought back, and forgotten.

import { merge, read, save } from "./progress/file.js";
import { namesThatChanged } from "./progress/marks.js";
import { change, forget, look, rawText, TROUBLE, watch } from "./progress/store.js";

const page = document.querySelector("main .kept");
const find = (selector) => page.querySelector(selector);
const course = new Set([...page.querySelectorAll(".mark")].map((mark) => mark.dataset.lesson));
const told = find("[data-told]");
const tell = (words) => {
  told.textContent = words;
};

const day = (time) => new Date(time).toLocaleDateString("en-GB", { dateStyle: "medium" });
const list = new Intl.ListFormat("en-GB");

const sayGuess = ({ predicted } = {}) => {
  if (!predicted) return "";
  const { guess, truth, right } = predicted;
  return right ? `You guessed ${guess}: right.` : `You guessed ${guess}. The answer was ${truth}.`;
};

// “guessed on 3 May 2026, read, done and solved on 4 May 2026”
const sayWhen = ({ read: seen, predicted, done, solved } = {}) => {
  const days = {};
  for (const [word, time] of Object.entries({ guessed: predicted?.time, read: seen, done, solved })) {
    if (time) (days[day(time)] ??= []).push(word);
  }
  return Object.entries(days).map(([on, words]) => `${list.format(words)} on ${on}`).join(", ");
};

const say = (lesson) => {
  const when = sayWhen(lesson);
  return [sayGuess(lesson), when && `${when[0].toUpperCase()}${when.slice(1)}.`].filter(Boolean).join(" ");
};

const show = () => {
  const kept = look();
  const inCourse = Object.entries(kept.lessons).filter(([path]) => course.has(path)).map(([, lesson]) => lesson);
  const totals = { right: inCourse.filter(({ predicted }) => predicted?.right).length };
  for (const what of ["done", "solved", "predicted", "read"]) totals[what] = inCourse.filter((lesson) => lesson[what]).length;
  for (const total of page.querySelectorAll("[data-total]")) total.textContent = totals[total.dataset.total];
  for (const slot of page.querySelectorAll("[data-kept-of]")) slot.textContent = say(kept.lessons[slot.dataset.keptOf]);
  const gone = Object.keys(kept.lessons).filter((path) => !course.has(path));
  find("[data-gone]").hidden = !gone.length;
  find("[data-gone] span").textContent = gone.join(", ");
  const trouble = find("[data-trouble]");
  trouble.hidden = !kept.trouble;
  const remedy = kept.trouble === "unreadable" ? " Export it if you want to look into it, then forget everything to begin anew." : "";
  trouble.textContent = kept.trouble ? TROUBLE[kept.trouble] + remedy : "";
  page.hidden = false;
};

for (const button of page.querySelectorAll("[data-export]")) {
  button.addEventListener("click", () => {
    const kept = look();
    if (kept.trouble === "refused") return tell(TROUBLE.refused);
    save(kept.trouble ? rawText() : JSON.stringify(kept, null, 1)); // what cannot be read goes out as it is
    tell("Exported: queryshelf-progress.json is among your downloads.");
  });
}

find("input[type=file]").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const { kept: found, refusal } = await read(file);
  target.value = ""; // the same file again is a change too
  if (refusal) return tell(`${refusal} Nothing has changed.`);
  let said;
  const trouble = change((kept) => {
    said = merge(kept, found, { course, renames: namesThatChanged() });
  });
  tell(trouble ? `${TROUBLE[trouble]} Nothing has changed.` : said);
});

const dialog = find("dialog");
find("[data-reset]").addEventListener("click", () => {
  dialog.returnValue = "";
  dialog.showModal();
});
dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "forget") return;
  const trouble = forget();
  tell(trouble ? TROUBLE[trouble] : "Everything is forgotten.");
});

watch(show);
show();
