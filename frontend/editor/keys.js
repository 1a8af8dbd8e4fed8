// What keys do in the editor. Tab indents; Escape lets the next Tab leave.

import { acceptCompletion, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { lintKeymap } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";

const TIME_TO_LEAVE = 60_000; // ms after Escape; any other key ends it

// Whatever else Escape does: close a list, or the search.
const letTabLeave = (view) => {
  view.setTabFocusMode(TIME_TO_LEAVE);
  return false;
};

export const keys = (onRun) => {
  const run = (view) => {
    onRun(view.state.doc.toString());
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run }, { key: "Ctrl-Enter", run }])),
    Prec.highest(keymap.of([{ key: "Escape", run: letTabLeave }])),
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
      { key: "Escape", run: () => true }, // or CodeMirror would give two seconds
    ]),
  ];
};
