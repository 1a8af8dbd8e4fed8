// Two ways beside each other: whether their rows are equal, and what each costs.

import { make } from "../../challenge/elements.js";
import { tabulateDifference } from "../../challenge/told/rows.js";
import { figure } from "../../challenge/words.js";

const MEASURES = [
  ["Queries", ({ queries }) => figure(queries)],
  ["Rows fetched", ({ rows }) => figure(rows)],
  ["Rows returned", ({ returned }) => (returned === null ? "nothing" : figure(returned))],
  ["Time, ms", ({ seconds }) => figure(seconds * 1000)],
];

const SIDES = [["run.py", "left"], ["other.py", "right"]];

// comparison: { says, same, difference }, or null where one of them did not come to its end
export const drawComparison = (runs, comparison) => {
  const head = ["", "run.py", "other.py"].map((name) => make("th", { scope: "col" }, name));
  const rows = MEASURES.map(([label, tell]) =>
    make("tr", {}, make("th", { scope: "row" }, label), ...runs.map((run) => make("td", {}, tell(run)))),
  );
  return make(
    "section",
    { className: "comparison", ariaLabel: "Both ways" },
    make("h2", {}, "Both ways"),
    comparison ? make("p", { className: `outcome ${comparison.same ? "same" : "differ"}` }, comparison.says) : null,
    make("table", { className: "figures-table" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)),
    comparison?.difference.length ? tabulateDifference(comparison.difference, SIDES) : null,
  );
};
