// Small questions to the parser's tree of a Python file.

const EXPRESSIONS = [
  "VariableName", "MemberExpression", "CallExpression", "ParenthesizedExpression", "AwaitExpression",
];
const BRACKETS = [
  "ArgList", "ParenthesizedExpression", "TupleExpression", "ArrayExpression", "SetExpression",
  "DictionaryExpression", "ArrayComprehensionExpression", "ComprehensionExpression", "SetComprehensionExpression",
  "DictionaryComprehensionExpression",
];

export const climb = (node, test) => {
  let at = node;
  while (at && !test(at)) at = at.parent;
  return at;
};

export const brackets = (node) => climb(node, ({ name }) => BRACKETS.includes(name));

export const callAround = (node) => climb(node, ({ name }) => name === "CallExpression");

const largest = (node, fits) => {
  let best = null;
  for (let at = node; at && fits(at); at = at.parent) {
    if (EXPRESSIONS.includes(at.name)) best = at;
    else if (best) break;
  }
  return best;
};

// The largest expression that ends, or starts, at a position: of `1 + a.b()`, at its end, `a.b()`.
export const expressionBefore = (tree, at) => largest(tree.resolveInner(at, -1), ({ to }) => to === at);
export const expressionAfter = (tree, at) => largest(tree.resolveInner(at, 1), ({ from }) => from === at);

// [{ name, value }] of the arguments that a call has, in order; `name` is null for those without one.
export const argumentsOf = (call, textOf) => {
  const found = [];
  let name = null;
  for (let child = call.lastChild?.firstChild; child; child = child.nextSibling) {
    const isName = child.name === "VariableName" && child.nextSibling?.name === "AssignOp";
    if (isName) name = textOf(child);
    else if (!["(", ")", ",", "AssignOp"].includes(child.name)) {
      found.push({ name, value: child });
      name = null;
    }
  }
  return found;
};
