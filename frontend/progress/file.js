// What is kept as a file, to take home or to another browser, and back.

import { Kept, VERSION } from "./kept.js";

const MOST_BYTES = 5_000_000; // code for every lesson, and more

export const save = (text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "queryshelf-progress.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

// Return { kept } of what a file has, or { refusal } in words.
export const read = async (file) => {
  const named = `“${file.name}”`;
  if (file.size > MOST_BYTES) return { refusal: `${named} is too large to be progress: it has over five megabytes.` };
  let value;
  try {
    value = JSON.parse(await file.text());
  } catch {
    return { refusal: `${named} is not a file of progress: it is not JSON.` };
  }
  if (typeof value?.version !== "number" || typeof value.lessons !== "object" || value.lessons === null) {
    return { refusal: `${named} is not a file of progress: it has no version or no lessons.` };
  }
  if (value.version !== VERSION) {
    return { refusal: `${named} is of version ${value.version}; this site reads version ${VERSION}.` };
  }
  return { kept: new Kept(value) };
};

const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

// Add to `kept` what `file` has of the lessons of the course. Return what was taken and what was not, in words.
export const merge = (kept, file, { course, renames }) => {
  file.rename(renames);
  const paths = Object.keys(file.lessons);
  const taken = paths.filter((path) => course.has(path));
  const strange = paths.filter((path) => !course.has(path));
  for (const path of taken) kept.merge(path, file.lessons[path]);
  kept.last ??= file.last;
  kept.set ??= file.set;
  kept.places = { ...file.places, ...kept.places };
  const said = [taken.length ? `Taken from the file: ${count(taken.length, "lesson")}.` : "The file has no lesson to take."];
  if (strange.length) said.push(`Not taken, for this course does not have them: ${strange.join(", ")}.`);
  if (file.unreadable.length) said.push(`Not taken, for they cannot be read: ${file.unreadable.join(", ")}.`);
  return said.join(" ");
};
