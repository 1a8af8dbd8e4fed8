// Two ways beside each other: whether their rows are equal, and what each costs.

import { make } from "../../challenge/elements.js";
import { count, figure } from "../../challenge/words.js";

const MEASURES = [
  ["Queries", ({ queries }) => figure(queries)],
  ["Rows fetched", ({ rows }) => figure(rows)],
  ["Rows returned", ({ returned }) => (returned === null ? "nothing" : figure(returned))],
  ["Time, ms", ({ seconds }) => figure(seconds * 1000)],
];

const cell = (row, name) =>
  make("td", { className: name }, ...(row ? row.flatMap((value, at) => [at ? ", " : "", make("code", {}, value)]) : [make("span", { className: "none" }, "no such row")]));

const differing = (difference) => {
  const body = difference.flatMap(({ alike, count: often, left, right }) => [
    alike ? make("tr", { className: "alike" }, make("td", { colSpan: 2 }, `${count(alike, "row")} alike`)) : null,
    make("tr", {}, cell(left, "left"), cell(right, "right")),
    often > 1 ? make("tr", { className: "alike" }, make("td", { colSpan: 2 }, `and ${figure(often - 1)} more like it`)) : null,
  ]);
  const head = ["run.py", "other.py"].map((name) => make("th", { scope: "col" }, name));
  return make(
    "table",
    { className: "row-diff" },
    make("caption", {}, "The rows that differ, aligned"),
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...body.filter(Boolean)),
  );
};

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
    comparison?.difference.length ? differing(comparison.difference) : null,
  );
};
