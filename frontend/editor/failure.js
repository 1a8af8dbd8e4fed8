// The line at which the reader's code ended, and why: shown below the line until the text changes.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

const setFailure = StateEffect.define();

class Message extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }

  eq(other) {
    return other.text === this.text;
  }

  toDOM() {
    const shown = document.createElement("div");
    shown.className = "cm-failure";
    shown.textContent = this.text;
    return shown;
  }
}

export const failure = StateField.define({
  create: () => Decoration.none,
  update: (shown, { docChanged, effects }) =>
    effects.reduce((now, each) => (each.is(setFailure) ? each.value : now), docChanged ? Decoration.none : shown),
  provide: (field) => EditorView.decorations.from(field),
});

// The effects that show the message at a line, from 1; without a line they take it away.
export const failureEffects = (doc, line, message) => {
  if (!line) return [setFailure.of(Decoration.none)];
  const { from, to, number } = doc.line(Math.min(line, doc.lines));
  const shown = Decoration.set([
    Decoration.line({ class: "cm-failedLine" }).range(from),
    Decoration.widget({ widget: new Message(message), block: true, side: 1 }).range(to),
  ]);
  return [
    setFailure.of(shown),
    EditorView.scrollIntoView(from, { y: "nearest" }),
    EditorView.announce.of(`Line ${number}: ${message}`),
  ];
};
