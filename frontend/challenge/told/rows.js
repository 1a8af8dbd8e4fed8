// Rows that a run returned, and rows that differ.

import { button, make } from "../elements.js";
import { count, figure } from "../words.js";

const SHOWN = 10; // rows before a reader asks for more

const sayRow = (values) => values.flatMap((value, at) => [at ? ", " : "", make("code", {}, value)]);

export const listRows = ({ returned, preview, rendered }) => {
  const summary = make("summary", {}, `${count(returned, "row")} returned`);
  if (rendered !== null) return make("details", { className: "preview" }, summary, make("pre", {}, rendered));
  const items = preview.map((row) => make("li", {}, ...sayRow(row)));
  const list = make("ol", {}, ...items.slice(0, SHOWN));
  const details = make("details", { className: "preview" }, summary, list);
  if (items.length > SHOWN) {
    const more = button("More rows", () => {
      const first = items[SHOWN];
      list.append(...items.slice(SHOWN));
      more.remove();
      first.tabIndex = -1; // the button is gone: reading goes on here
      first.focus();
    }, { className: "as-link" });
    details.append(more);
  }
  const cut = `The first ${figure(preview.length)} are shown.`;
  if (returned > preview.length) details.append(make("p", { className: "note" }, cut));
  return details;
};

const cell = (name, row, often = 1) =>
  make(
    "td",
    { className: name },
    often > 1 ? make("b", {}, `×${figure(often)} `) : null,
    ...(row ? sayRow(row) : [make("span", { className: "none" }, "no such row")]),
  );

// difference: [{ alike, count, expected, got }]: how many rows are alike before it, how often it comes in a row,
// and the texts of the values of both rows, null where there is no such row
// sides: of both columns, what heads it and its class
export const tabulateDifference = (difference, sides = [["Expected", "right"], ["Your code returned", "left"]]) => {
  const head = sides.map(([words]) => make("th", { scope: "col" }, words));
  const [[, one], [, other]] = sides;
  const body = difference.flatMap(({ alike, count: often, expected, got }) => [
    alike ? make("tr", { className: "alike" }, make("td", { colSpan: 2 }, `${count(alike, "row")} alike`)) : null,
    make("tr", {}, cell(one, expected, often), cell(other, got)),
  ]);
  return make(
    "table",
    { className: "row-diff" },
    make("caption", {}, "The rows that differ, aligned"),
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...body),
  );
};
