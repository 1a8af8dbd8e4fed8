// What came of a run: the verdict, the figures, the rows and the statements.

import { make } from "../elements.js";
import { listRows } from "./rows.js";
import { keyOf, listStatements } from "./statements.js";
import { sayVerdict, showEvidence } from "./verdict.js";
import { figure } from "../words.js";

export const figures = (run) => {
  const shown = [
    [run.queries, run.queries === 1 ? "query" : "queries"],
    [run.rows, run.rows === 1 ? "row fetched" : "rows fetched"],
    ...(run.affected ? [[run.affected, run.affected === 1 ? "row affected" : "rows affected"]] : []),
    [run.seconds * 1000, "ms, in your browser"],
  ];
  const told = ([value, label]) => make("div", {}, make("dt", {}, label), make("dd", {}, figure(value)));
  return make("dl", { className: "figures" }, ...shown.map(told));
};

// Why a run did not come to its end, where no verdict says it.
const sayOutcome = ({ status, error, error_place: place }, placeLink) => {
  if (status === "ok") return null;
  const words = status === "stopped" ? `The run was ${error}. This is what was recorded until then.` : error;
  return make("p", { className: `outcome ${status}` }, words, ...(place ? [" ", placeLink(place)] : []));
};

export class Result {
  #told = make("div", { role: "status" });
  #evidence = make("div");
  #run = make("div");
  #options;

  // placeLink, explain: as listStatements() takes them
  constructor(options) {
    this.#options = options;
    this.element = make("div", { className: "log" }, this.#told, this.#evidence, this.#run);
  }

  clear() {
    for (const part of [this.#told, this.#evidence, this.#run]) part.replaceChildren();
  }

  // books: of the shelf that it ran on
  showRun(run, books) {
    const rows = run.status === "ok" ? listRows(run) : null;
    const where = `Your code on SQLite, in this browser, with ${figure(books)} books.`;
    const statements = listStatements(run.groups, this.#options);
    const parts = [figures(run), make("p", { className: "note" }, where), rows, statements];
    this.#run.replaceChildren(...parts.filter(Boolean));
  }

  showOutcome(run) {
    const outcome = sayOutcome(run, this.#options.placeLink);
    this.#told.replaceChildren(...(outcome ? [outcome] : []));
  }

  showVerdict(verdict) {
    this.#told.replaceChildren(sayVerdict(verdict, this.#options.placeLink));
    this.#evidence.replaceChildren(...showEvidence(verdict));
    this.#told.scrollIntoView({ block: "nearest" }); // on a phone it is below the editor
  }

  // sentence: of why there is no result
  showEnd(sentence) {
    this.#told.replaceChildren(make("p", { className: "outcome stopped" }, sentence));
  }
}

// What the editor marks of a run in `file`: places of expressions, and queries by line.
export const marksOf = (groups, file) => {
  const here = groups.filter(({ place }) => place?.file === file);
  const counts = {};
  for (const { counted, count, place } of here) {
    if (counted) counts[place.line] = (counts[place.line] ?? 0) + count;
  }
  return { places: here.map((group) => ({ ...group.place, key: keyOf(group) })), counts };
};
