// The plan of a statement: how the database runs it.

import { make } from "../elements.js";

const step = ({ title, says, times, children }) => {
  const told = says
    ? make("p", { className: "says" }, `${says[0].toUpperCase()}${says.slice(1)} `, make("code", {}, title))
    : make("p", { className: "says" }, make("code", { className: "unsaid" }, title));
  if (times > 1) told.append(` ×${times.toLocaleString("en")}`);
  return make("li", {}, told, children.length ? make("ol", {}, ...children.map(step)) : null);
};

// plan: { verdict, notes, remark, raw, nodes: [{ title, says, times, children }] }, or { reason } where there is none
export const drawPlan = (plan) => {
  if (!plan.nodes) return make("p", { className: "outcome unavailable" }, plan.reason);
  return make(
    "div",
    {},
    make("p", { className: "plan-verdict" }, plan.verdict),
    ...plan.notes.map((note) => make("p", { className: "plan-note" }, note)),
    plan.remark ? make("p", { className: "note" }, plan.remark) : null,
    make("ol", { className: "plan", ariaLabel: "Steps of the plan" }, ...plan.nodes.map(step)),
    make("details", { className: "raw" }, make("summary", {}, "As SQLite tells it"), make("pre", {}, plan.raw)),
  );
};
