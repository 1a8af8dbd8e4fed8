// Every access of a run and who answered it, and what its deletions set off.

import { make, times } from "../../challenge/elements.js";
import { count } from "../../challenge/words.js";

const DEEDS = { select: "reads", update: "updates", delete: "deletes" };

const access = ({ place, what, answered_by: by, count: often, queries }, placeLink) =>
  make(
    "li",
    {},
    make("b", { className: "count" }, ...times(often)),
    make("p", { className: "asks" }, ...(place ? [placeLink(place), " "] : []), what),
    make("p", { className: "answer" }, queries ? make("b", {}, by) : by, queries ? ` ${count(queries, "query", "queries")}` : null),
  );

const node = ({ model, relation, on_delete: rule, reason, steps, children }) =>
  make(
    "li",
    {},
    make("p", {}, make("b", {}, model), ...(relation ? [" ", make("code", {}, relation), ` ${rule}`] : [])),
    make(
      "p",
      { className: "deeds" },
      ...steps.map(({ number, kind, rows }) => make("span", {}, `${number} ${DEEDS[kind]} ${rows} `)),
      make("small", {}, reason),
    ),
    children.length ? make("ul", {}, ...children.map(node)) : null,
  );

export const drawTrace = ({ accesses, cascades }, placeLink) => [
  make("div", { className: "trace" }, make("ol", {}, ...(accesses.length ? accesses.map((each) => access(each, placeLink)) : [make("li", {}, "No queryset and no relation was asked.")]))),
  ...cascades.map((root) =>
    make("div", { className: "cascade" }, make("h3", {}, `What delete() of ${root.model} sets off`), make("ul", {}, node(root))),
  ),
];
