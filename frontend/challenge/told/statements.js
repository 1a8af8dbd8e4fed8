// Every statement of a run: its SQL, how often it ran, and which expression asked for it.

import { button, make, times } from "../elements.js";
import { drawPlan } from "./plan.js";
import { count, figure, sayEnd } from "../words.js";

const MANY = 6; // columns, beyond which they are folded

export const keyOf = ({ n, key = n }) => `c${key}`; // unlike those of the lesson's own lab above

// How many columns a line lists: its commas outside of brackets, and one.
const countColumns = (text) => {
  let [depth, commas] = [0, 0];
  for (const character of text) {
    depth += { "(": 1, ")": -1 }[character] ?? 0;
    if (character === "," && depth === 0) commas += 1;
  }
  return commas + 1;
};

// A line of a statement; many columns are folded behind a checkbox, as on the lesson's other pages.
const drawLine = (parts) => {
  const line = make("span", { className: "line" }, ...parts, "\n");
  const columns = /^\s*(SELECT|RETURNING) /.test(line.textContent) ? countColumns(line.textContent) : 0;
  if (columns <= MANY) return [line];
  line.classList.add("many");
  const box = make("input", { type: "checkbox" });
  return [line, make("label", { className: "fold" }, box, ` all ${columns} columns\n`)];
};

// tokens: [[class, text]], with line ends in the texts
const drawSql = (tokens) => {
  const lines = [[]];
  for (const [className, text] of tokens) {
    for (const [at, part] of text.split("\n").entries()) {
      if (at) lines.push([]);
      if (part) lines.at(-1).push(className ? make("span", { className }, part) : part);
    }
  }
  return make("pre", { className: "sql" }, make("code", {}, ...lines.flatMap(drawLine)));
};

const sayParameters = (values) => values.flatMap((value, at) => [at ? ", " : "", make("code", {}, value)]);

const parametersOf = ({ samples, distinct }) => {
  if (!samples.length) return null;
  if (distinct === 1) return make("p", { className: "parameters" }, "with ", ...sayParameters(samples[0]));
  const items = samples.map((sample) => make("li", {}, ...sayParameters(sample)));
  if (distinct > samples.length) items.push(make("li", {}, "…"));
  const summary = make("summary", {}, `with ${figure(distinct)} different parameters`);
  return make("details", { className: "parameters" }, summary, make("ul", {}, ...items));
};

const countOf = (group) =>
  group.counted
    ? make("b", { className: "count" }, ...times(group.count))
    : make("span", { className: "count" }, ...times(group.count), " not counted");

const rowsOf = ({ rows, affected }) =>
  affected === null ? count(rows, "row") : `${count(affected, "row")} affected`;

// A button that opens the plan below its statement, and closes it.
const planButton = (group, explain) => {
  const place = make("div", { className: "plan-place", role: "status" });
  const opener = button("plan", async () => {
    const opens = opener.ariaExpanded === "false";
    opener.ariaExpanded = String(opens);
    place.replaceChildren(...(opens ? ["Asking for the plan …"] : []));
    if (!opens) return;
    try {
      place.replaceChildren(drawPlan(await explain(group.n)));
    } catch (error) {
      place.replaceChildren(sayEnd(error));
    }
  }, { className: "as-link", ariaExpanded: "false" });
  return { opener, place };
};

// placeLink(place): an element that leads there. explain(n): resolves to the plan of statement n.
const item = (group, { placeLink, explain }) => {
  const { opener, place } = planButton(group, explain);
  const head = make(
    "p",
    { className: "statement-head" },
    countOf(group),
    group.place ? placeLink(group.place) : null,
    make("span", {}, group.cause),
    group.counted ? opener : null,
    make("span", { className: "numbers" }, `${rowsOf(group)} ${figure(group.ms)} ms`),
    group.way ? make("span", { className: "way" }, group.way) : null,
  );
  return make(
    "li",
    { className: group.counted ? "" : "uncounted", data: { statements: keyOf(group) } },
    head,
    drawSql(group.sql),
    group.error ? make("p", { className: "error" }, group.error) : null,
    parametersOf(group),
    place,
  );
};

export const listStatements = (groups, options) => {
  const items = groups.map((group) => item(group, options));
  if (!items.length) items.push(make("li", { className: "none" }, "No statement reached the database."));
  return make("ol", { className: "statements" }, ...items);
};

