// The tables: columns, indexes, first rows.

import { make } from "../../challenge/elements.js";
import { count, figure } from "../../challenge/words.js";
import { tabulate } from "./run.js";

const sayColumn = ({ name, kind, is_null: mayBeNull, is_key: isKey, leads_to: target }) =>
  make(
    "li",
    {},
    make("code", {}, name),
    ` ${kind}${isKey ? ", primary key" : ""}${mayBeNull ? ", may be null" : ""}${target ? ", leads to " : ""}`,
    target ? make("code", {}, target) : null,
  );

const sayIndex = ({ name, columns, is_unique: isUnique }) =>
  make("li", {}, make("code", {}, columns.join(", ")), ` ${isUnique ? "unique " : ""}`, make("small", {}, name));

const drawTable = ({ name, rows, columns, indexes, first }) => {
  const parts = [make("h4", {}, "Columns"), make("ul", {}, ...columns.map(sayColumn))];
  if (indexes.length) parts.push(make("h4", {}, "Indexes"), make("ul", {}, ...indexes.map(sayIndex)));
  if (first.length) parts.push(make("h4", {}, first.length < rows ? `The first ${first.length} rows` : "Rows"), tabulate(columns.map((each) => each.name), first, `Rows of ${name}`));
  return make("details", {}, make("summary", {}, make("code", {}, name), ` ${count(rows, "row")}`), ...parts);
};

export const drawDatabase = ({ tables, bytes }) => [
  make("p", { className: "note" }, `${count(tables.length, "table")}, ${figure(Math.round(bytes / 1000))} kB in all.`),
  ...tables.map(drawTable),
];
