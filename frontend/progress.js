// What the reader's browser keeps, on every page: marks at lessons, where they were, the set that they walk.

import { follow } from "./progress/lesson.js";
import { draw, namesThatChanged } from "./progress/marks.js";
import { change, look, watch } from "./progress/store.js";
import { open, walk } from "./progress/walk.js";

const header = document.querySelector("[data-of]");
const chosen = document.getElementById("chosen-set");

const renames = namesThatChanged();
if (renames.length) change((kept) => kept.rename(renames));
if (chosen) open(JSON.parse(chosen.textContent));
if (header) follow(header);

const show = () => {
  const kept = look();
  draw(kept);
  if (header) walk(kept, header.dataset.of);
};
watch(show);
show();
