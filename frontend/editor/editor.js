// An editor of one file, on CodeMirror.

import { autocompletion, closeBrackets } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { search } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

import { completions } from "./completing/completions.js";
import { failure, failureEffects } from "./failure.js";
import { keys } from "./keys.js";
import { lighting } from "./lighting.js";
import { countsEffect, countsOf, findings, markEffect } from "./marks.js";
import { makeNote } from "./note.js";
import "./stylesheets.js";
import { firstError } from "./syntax.js";

const PAUSE = 1000; // ms without a key, after which an error of syntax is shown

const syntaxErrors = linter(({ state }) => {
  const found = firstError(syntaxTree(state), state.doc.toString());
  return found ? [{ ...found, severity: "error", message: "Python cannot read this." }] : [];
}, { delay: PAUSE });

const python = [
  pythonLanguage,
  indentUnit.of("    "),
  EditorState.tabSize.of(4),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  history(),
  syntaxErrors,
];

const languages = { python, text: [indentUnit.of("  "), EditorState.tabSize.of(4), history()] };

const appearance = [
  lineNumbers(),
  EditorView.lineWrapping,
  highlightActiveLine(),
  highlightSpecialChars(),
  syntaxHighlighting(classHighlighter),
  search({ top: true }),
];

// The place may be of an earlier text, which was longer.
const offsetOf = (doc, { line, column }) => {
  const { from, to } = doc.line(Math.min(line, doc.lines));
  return Math.min(from + (column ?? 0), to);
};

// Puts an editor of `text` into `parent`, and returns what the page does with it.
//   label        what a screen reader calls it
//   onRun(text)  on Ctrl+Enter; onChange(text) after each edit of the reader's and each setText()
//   models       what it completes: static/build/editor_models.json, or null
//   language     python, or text for any other
// mark([{ line, column, end_line, end_column, key }]) underlines expressions, which static/js/lab.js lights with
// what has the key among its data-statements. setCounts({ line: queries }) fills the gutter. Lines from 1, columns
// from 0. focus({ line, column }) goes there too. showError(line, message) tells of an error below its line until the
// next edit or showError(null).
export const createEditor = ({ parent, text, label, onRun, onChange = () => {}, models = null, language = "python" }) => {
  const note = makeNote();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": note.id }),
        keys(onRun),
        findings,
        lighting,
        failure,
        languages[language],
        appearance,
        autocompletion({ override: completions(models), icons: false }),
        EditorView.updateListener.of(({ state, docChanged }) => {
          note.tell(countsOf(state));
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    }),
  });
  parent.append(note.element);

  return {
    get text() {
      return view.state.doc.toString();
    },
    setText: (now) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: now },
        effects: [markEffect(view.state.doc, []), countsEffect(view.state.doc, {})],
      }),
    focus: (place) => {
      if (place) view.dispatch({ selection: { anchor: offsetOf(view.state.doc, place) }, scrollIntoView: true });
      view.focus();
    },
    mark: (places) => view.dispatch({ effects: markEffect(view.state.doc, places) }),
    setCounts: (perLine) => view.dispatch({ effects: countsEffect(view.state.doc, perLine) }),
    showError: (line, message) => view.dispatch({ effects: failureEffects(view.state.doc, line, message) }),
    destroy: () => {
      view.destroy();
      note.element.remove();
    },
  };
};
