// What the judge says: solved, or each thing that is missing.

import { make, prose } from "../elements.js";
import { tabulateDifference } from "./rows.js";
import { figure } from "../words.js";

const FIGURES = { queries: "Queries", rows: "Rows fetched", cells: "Cells fetched", steps: "Steps" };

const shortfall = ({ text, place, group }, placeLink) => {
  const there = place ?? group;
  return make("p", {}, text, ...(there ? [" ", placeLink(there)] : []));
};

// The sentences alone, which are read out.
export const sayVerdict = ({ solved, rule, missing }, placeLink) =>
  solved
    ? make("div", { className: "outcome same" }, make("p", {}, make("b", {}, "Solved. "), ...prose(rule)))
    : make("div", { className: "outcome raised" }, ...missing.map((each) => shortfall(each, placeLink)));

const figuresOf = (shelves) => Object.keys(FIGURES).filter((name) => shelves.some(({ figures }) => figures[name]));

const sayFigure = (figures) => (figures ? `${figure(figures.yours)} of ${figure(figures.budget)}` : "");

const tabulateShelves = (shelves) => {
  const names = figuresOf(shelves);
  const head = ["Books", "Rows", ...names.map((name) => `${FIGURES[name]}, of the budget`)];
  const rows = shelves.map(({ books, same, figures }) => [
    figure(books),
    same ? "right" : "wrong",
    ...names.map((name) => sayFigure(figures[name])),
  ]);
  return make(
    "table",
    {},
    make("thead", {}, make("tr", {}, ...head.map((words) => make("th", { scope: "col" }, words)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((words) => make("td", {}, words))))),
  );
};

// What there is to look at beneath them.
export const showEvidence = ({ missing, shelves }) => {
  const differences = missing.map(({ difference }) => difference).filter(({ length }) => length);
  const judged = make(
    "details",
    { className: "judged" },
    make("summary", {}, "How it was judged"),
    make("p", { className: "note" }, "Your code and the solution ran on shelves with other books than below."),
    tabulateShelves(shelves),
  );
  return [...differences.map((each) => tabulateDifference(each)), ...(shelves.length ? [judged] : [])];
};
