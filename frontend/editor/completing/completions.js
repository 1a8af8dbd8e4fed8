// Completion of what a challenge is about: the ORM's methods, and the models' fields and relations.

import { globalCompletion, localCompletionSource } from "@codemirror/lang-python";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";

import { askedAsKeyword, askedInQuotes, keywordCall } from "./calls.js";
import { importable, membersOf } from "./members.js";
import { namesAlong, RULES } from "./paths.js";
import { climb, expressionBefore } from "./tree.js";
import { Types } from "./types.js";

const WORD = /^\w*$/;
const PART = /^(?!.*__)\w*$/; // after `__` other names fit
const MODULE = /^\s*(?:from|import)\s+([\w.]*)$/;
const IMPORTED = /^\s*from\s+([\w.]+)\s+import\s+\(?(?:\s*\w+\s*,)*\s*(\w*)$/;
const MEMBER = /\.\s*\w*$/;
const PARSING = 100; // ms that the file may take

// What CodeMirror asks. known: static/build/editor_models.json, or null
export const completions = (known) => [
  ...(known ? [(context) => ours(context, known)] : []),
  elsewhere(localCompletionSource),
  elsewhere(globalCompletion),
];

const elsewhere = (source) => (context) => {
  const before = statementBefore(context);
  return MEMBER.test(before) || MODULE.test(before) || IMPORTED.test(before) ? null : source(context);
};

// Of a statement that is imported by, its text up to the cursor; otherwise that of the line.
const statementBefore = ({ state, pos }) => {
  const statement = climb(syntaxTree(state).resolveInner(pos, -1), ({ name }) => name === "ImportStatement");
  return state.sliceDoc(statement?.from ?? state.doc.lineAt(pos).from, pos);
};

const ours = (context, known) => {
  const { state, pos } = context;
  const tree = ensureSyntaxTree(state, state.doc.length, PARSING) ?? syntaxTree(state);
  const file = { tree, pos, text: state.doc.toString(), node: tree.resolveInner(pos, -1), known };
  file.types = new Types(tree, file.text, known);
  if (file.node.name === "Comment") return null;
  if (file.node.name === "String") return inQuotes(file);
  return imports(statementBefore(context), file) ?? members(file) ?? keywords(file, context.explicit);
};

const offer = (options, typed, file, validFor = WORD) =>
  options.length ? { from: file.pos - typed.length, options, validFor } : null;

const imports = (before, file) => {
  const { modules } = file.known;
  const imported = before.match(IMPORTED);
  if (imported) return offer(importable(modules[imported[1]] ?? {}), imported[2], file);
  const module = before.match(MODULE);
  return module && offer(Object.keys(modules).map((label) => ({ label })), module[1], file, /^[\w.]*$/);
};

const members = (file) => {
  const before = file.text.slice(0, file.pos).match(MEMBER);
  if (!before) return null;
  const end = file.text.slice(0, before.index).trimEnd().length;
  const type = file.types.of(expressionBefore(file.tree, end));
  return offer(membersOf(type, file.known), before[0].slice(1).trimStart(), file);
};

const inQuotes = (file) => {
  const [, typed] = file.text.slice(file.node.from, file.pos).match(/^\w*(?:"""|'''|"|')-?(\w*)$/) ?? [];
  if (typed === undefined) return null;
  return along(typed, askedInQuotes(file.node, file.types, file.known), file);
};

const keywords = (file, isExplicit) => {
  const before = file.text.slice(0, file.pos);
  const [typed] = before.match(/\w*$/);
  const call = typed || isExplicit ? keywordCall(file.node, file.pos, before) : null;
  return call && along(typed, askedAsKeyword(call, file.types, file.known), file);
};

const along = (typed, asked, file) => {
  if (!asked) return null;
  const options = namesAlong(typed, asked.type, RULES[asked.rule], file.known);
  return offer(options, typed.split("__").at(-1), file, PART);
};
