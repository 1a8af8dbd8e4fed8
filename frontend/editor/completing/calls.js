// Which call the cursor is in, and what that takes there: names of fields in quotes, or as keywords.

import { brackets, callAround } from "./tree.js";
import { hasMethods } from "./types.js";

// What stands in quotes in a call of this name: a rule of paths.js.
const IN_QUOTES = {
  ...named("single", "select_related"),
  ...named("accessors", "prefetch_related Prefetch"),
  ...named("columns", "only defer"),
  ...named("values", "values values_list order_by distinct latest earliest alatest aearliest dates datetimes"),
  ...named("lookups", "filter exclude get aget Q"),
  ...named("own", "bulk_update abulk_update"),
};
// What is a keyword in it.
const AS_KEYWORDS = {
  ...named("lookups", "filter exclude get aget Q When"),
  ...named("own", "create acreate update aupdate get_or_create aget_or_create update_or_create aupdate_or_create"),
};
// Keywords whose value is the name of a field, or a list of them.
const NAMING = ["fields", "update_fields", "unique_fields", "field_name"];
const TEXTS = ["Value", "Func", "Exists", "Subquery"]; // expressions in which a text is a text

function named(rule, names) {
  return Object.fromEntries(names.split(" ").map((name) => [name, rule]));
}

// { type, rule } of the names that fit the string; null where it is not one of a name.
export const askedInQuotes = (string, types, known) => {
  const place = argumentAround(string);
  if (!place) return null;
  const { call, argument } = place;
  const name = types.calledName(call);
  const keyword = keywordOf(argument, types);
  const rule = keyword ? NAMING.includes(keyword) && "own" : IN_QUOTES[name] ?? ofExpression(name, known);
  return rule ? asked(call, rule, name === "OuterRef" ? 1 : 0, types) : null;
};

// The same for a keyword that begins at the cursor.
export const askedAsKeyword = (call, types, known) => {
  const name = types.calledName(call);
  if (name in known.models) return { type: { model: name, added: [] }, rule: "own" };
  return AS_KEYWORDS[name] ? asked(call, AS_KEYWORDS[name], 0, types) : null;
};

// The call that the position is in, if a name of a keyword may stand there, which is `word` so far.
export const keywordCall = (node, at, textBefore) => {
  const around = brackets(node);
  if (around?.name !== "ArgList" || around.from >= at) return null;
  if (around.lastChild.name === ")" && at >= around.to) return null;
  return /[(,]\s*\w*$/.test(textBefore.slice(around.from)) ? around.parent : null;
};

// The argument that a string is, or is a part of as in `["title", "pages"]` and `**{"title": …}`.
const argumentAround = (string) => {
  let at = string;
  for (; at.parent && at.parent.name !== "ArgList"; at = at.parent) {
    if (!["ArrayExpression", "TupleExpression", "DictionaryExpression"].includes(at.parent.name)) return null;
    if (at.prevSibling?.name === ":") return null; // a value, not a key
  }
  return at.parent ? { call: at.parent.parent, argument: at } : null;
};

const keywordOf = (argument, types) =>
  argument.prevSibling?.name === "AssignOp" ? types.textOf(argument.prevSibling.prevSibling) : null;

const ofExpression = (name, { modules }) => {
  const isOne = modules["django.db.models"][name] || modules["django.db.models.functions"][name];
  return isOne && !TEXTS.includes(name) ? "values" : null;
};

// What is asked is of the innermost queryset around the call, or with `outer` of the one that many further out.
const asked = (call, rule, outer, types) => {
  let left = outer;
  for (let at = call; at; at = callAround(at.parent)) {
    const type = at.firstChild.name === "MemberExpression" ? types.of(at.firstChild.firstChild) : null;
    if ((hasMethods(type) || type?.is === "one") && left-- === 0) return { type, rule };
  }
  return null;
};
