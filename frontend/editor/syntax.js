// The first error of syntax in a file of Python, as the editor's parser finds it.

// The first place, { from, to }, that the tree has an error at; null where there is none.
export const firstError = (tree, text) => {
  let found = null;
  tree.iterate({
    enter: (node) => {
      if (!found && isWrong(node, text)) found = stretched(text, node.from, node.to);
      return !found;
    },
  });
  return found;
};

// The parser knows no bare `yield` and no `for *_, last in rows` in a comprehension; it takes Python 2's print.
const isWrong = ({ type, name, from, to, node }, text) => {
  if (name === "PrintStatement") return true;
  return type.isError && text.slice(from, to) !== "*" && !(from === to && node.parent.name === "YieldStatement");
};

// Something is missing where an error has no length: it is shown at the character before.
const stretched = (text, from, to) => {
  if (to > from) return { from, to: Math.min(to, endOfLine(text, from)) };
  const written = text.slice(0, from).trimEnd().length;
  return { from: Math.max(written - 1, 0), to: Math.max(written, Math.min(1, text.length)) };
};

const endOfLine = (text, at) => {
  const end = text.indexOf("\n", at);
  return end > at ? end : text.length;
};
