// How the solution differs from the reader's code: a diff of two files, of which static/css/challenge.css makes one
// column.

import { make } from "../elements.js";
import { align } from "./lines.js";

const DEEPEST = 12; // columns, of the indents that static/css/code.css has
const linesOf = (text) => text.trimEnd().split("\n");
const indentOf = (line) => Math.min(DEEPEST, Math.floor((line.length - line.trimStart().length) / 2) * 2);

const side = (name, sign, line, isChanged) => {
  const classes = [name, isChanged && "changed", line === null && "absent"].filter(Boolean);
  const signs = isChanged && line !== null
    ? [
        make("span", { aria: { hidden: "true" } }, sign),
        make("span", { className: "visually-hidden" }, "only here: "),
      ]
    : [];
  return make(
    "div",
    { className: classes.join(" ") },
    make("span", { className: "sign" }, ...signs),
    make("code", { className: `in-${indentOf(line ?? "")}` }, line ?? ""),
  );
};

export const drawSolution = (mine, solution) => {
  const rows = align(linesOf(mine), linesOf(solution)).flatMap(([left, right]) => {
    const isChanged = left !== right;
    return [side("left", "−", left, isChanged), side("right", "+", right, isChanged)];
  });
  return make(
    "div",
    { className: "diff", role: "group", ariaLabel: "From your code to the solution" },
    make("div", { className: "left name" }, "Your code"),
    make("div", { className: "right name" }, "The solution"),
    ...rows,
  );
};
