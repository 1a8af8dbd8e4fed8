// What a run has found, in the text that it ran: the expressions that fire queries, and how many each line fires.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, GutterMarker, gutter } from "@codemirror/view";

const setMarks = StateEffect.define();
const setCounts = StateEffect.define();

// A set of ranges that an effect replaces and edits move.
const kept = (effect) =>
  StateField.define({
    create: () => RangeSet.empty,
    update: (ranges, { changes, effects }) =>
      effects.reduce((now, each) => (each.is(effect) ? each.value : now), ranges.map(changes)),
  });

export const marks = kept(setMarks);
const counts = kept(setCounts);

class Count extends GutterMarker {
  constructor(count) {
    super();
    this.count = count;
  }

  eq(other) {
    return other.count === this.count;
  }

  toDOM() {
    const shown = document.createElement("span");
    shown.textContent = `×${formatted(this.count)}`;
    shown.title = `${told(this.count)} from this line`;
    return shown;
  }
}

const formatted = (count) => count.toLocaleString("en");

export const told = (count) => `${formatted(count)} ${count === 1 ? "query" : "queries"}`;

const position = (doc, line, column) => {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + column, to);
};

const toRange = (doc, { line, column, end_line, end_column, key }) => {
  const from = position(doc, line, column ?? 0);
  const to = position(doc, end_line ?? line, end_column ?? Infinity);
  return to > from ? [markOf(String(key)).range(from, to)] : [];
};

// key: of the statements that the expression fires, one or several with spaces between
export const markOf = (key, isLit = false) => {
  const attributes = { "data-statements": key };
  return Decoration.mark({ tagName: "mark", class: isLit ? "lit" : "", attributes, key });
};

// places: [{ line, column, end_line, end_column, key }], lines from 1, columns from 0
export const markEffect = (doc, places) =>
  setMarks.of(Decoration.set(places.flatMap((place) => toRange(doc, place)), true));

// perLine: { line: queries }
export const countsEffect = (doc, perLine) => {
  const known = Object.entries(perLine).filter(([line, count]) => count > 0 && line >= 1 && line <= doc.lines);
  const ranges = known.map(([line, count]) => new Count(count).range(doc.line(Number(line)).from));
  return setCounts.of(RangeSet.of(ranges, true));
};

export const findings = [
  marks,
  counts,
  gutter({ class: "cm-counts", markers: ({ state }) => state.field(counts), initialSpacer: () => new Count(100) }),
];

// [[line, queries]] as the gutter shows them.
export const countsOf = (state) => {
  const found = [];
  for (const cursor = state.field(counts).iter(); cursor.value; cursor.next()) {
    found.push([state.doc.lineAt(cursor.from).number, cursor.value.count]);
  }
  return found;
};
