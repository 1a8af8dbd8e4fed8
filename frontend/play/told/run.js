// What came of a run: figures, what it printed and returned, and its statements.

import { make } from "../../challenge/elements.js";
import { figures } from "../../challenge/told/result.js";
import { listStatements } from "../../challenge/told/statements.js";
import { count, figure } from "../../challenge/words.js";

export const tabulate = (columns, rows, label) => {
  const head = columns.map((name) => make("th", { scope: "col" }, name));
  const body = rows.map((row) => make("tr", {}, ...row.map((value) => make("td", {}, value))));
  const table = make("table", { className: "rows" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body));
  return make("div", { className: "scrolled", tabIndex: 0, role: "region", ariaLabel: label }, table);
};

const returned = ({ returned: rows, columns, preview, rendered }) => {
  if (rendered !== null) return [make("h3", {}, "The text that it returned"), make("pre", { className: "printed" }, rendered)];
  if (rows === null || rows === undefined) return [];
  const cut = rows > preview.length ? `, of which the first ${figure(preview.length)} are shown` : "";
  const parts = [make("h3", {}, `It returned ${count(rows, "row")}${cut}`)];
  if (preview.length) parts.push(tabulate(columns, preview, "Rows that it returned"));
  return parts;
};

const outcome = (run, placeLink) => {
  if (run.status === "ok") return null;
  const words = run.status === "stopped" ? `The run was ${run.error}. This is what was recorded until then.` : run.error;
  const place = run.error_place ? [" ", placeLink(run.error_place)] : [];
  const advice = run.advice ? make("p", { className: "advice" }, run.advice) : null;
  return make("div", { className: `outcome ${run.status}` }, make("p", {}, words, ...place), advice);
};

// options: as listStatements() takes them. more: elements to stand below
export const drawRun = (name, run, options, more = []) =>
  make(
    "section",
    { className: "way", ariaLabel: `What came of ${name}` },
    make("h2", {}, name),
    outcome(run, options.placeLink),
    figures(run),
    ...(run.printed ? [make("h3", {}, "It printed"), make("pre", { className: "printed" }, run.printed)] : []),
    ...returned(run),
    make("h3", {}, "Its statements"),
    listStatements(run.groups, options),
    ...more,
  );

// trouble: { text, place, advice }: why nothing ran
export const drawTrouble = ({ text, place, advice }, placeLink) =>
  make(
    "div",
    { className: "outcome raised" },
    make("p", {}, text, ...(place ? [" ", placeLink(place)] : [])),
    advice ? make("p", { className: "advice" }, advice) : null,
  );
