// Draws the marks, and lights those that static/js/lab.js names: a class that a script sets, the editor takes off.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";

import { markOf, marks } from "./marks.js";

const setLit = StateEffect.define();

const lit = StateField.define({
  create: () => [],
  update: (ids, { effects }) => effects.reduce((now, each) => (each.is(setLit) ? each.value : now), ids),
});

const drawn = (state) => {
  const ids = state.field(lit);
  const found = [];
  for (const cursor = state.field(marks).iter(); cursor.value; cursor.next()) {
    const { key } = cursor.value.spec;
    const isLit = key.split(" ").some((id) => ids.includes(id));
    found.push(markOf(key, isLit).range(cursor.from, cursor.to));
  }
  return Decoration.set(found);
};

const listening = ViewPlugin.define((view) => {
  let isThere = true;
  const listen = ({ detail: ids }) =>
    queueMicrotask(() => { // what has moved the focus may be an update of the editor
      if (isThere && ids.join() !== view.state.field(lit).join()) view.dispatch({ effects: setLit.of(ids) });
    });
  document.addEventListener("lit", listen);
  return {
    destroy: () => {
      isThere = false;
      document.removeEventListener("lit", listen);
    },
  };
});

export const lighting = [lit, EditorView.decorations.compute([marks, lit], drawn), listening];
