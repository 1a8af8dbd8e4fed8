// Where a name of the file gets its value: `books = …`, `for book in …`, `[… for book in …]`.

import { brackets, climb, expressionAfter } from "./tree.js";

const ASSIGNED = ["AssignStatement", "NamedExpression"];

export class Bindings {
  #tree;
  #text;

  constructor(tree, text) {
    this.#tree = tree;
    this.#text = text;
  }

  // { value: the position of the expression, isLoop }, for the name as `node` uses it; or undefined.
  // Found in the text, since a file that is being written has a tree with holes.
  find(name, node) {
    const found = [...this.#all(name)];
    const around = brackets(node);
    const inComprehension = found.find(({ isLoop, at }) => isLoop && around && at > node.from && at < around.to);
    if (inComprehension) return inComprehension;
    const before = found.filter(({ value }) => value <= node.from && !this.#holds(value, node));
    const here = functionAround(node);
    const ofSame = before.filter(({ at }) => sameFunction(this.#functionAt(at), here));
    return ofSame.at(-1) ?? before.findLast(({ at }) => !this.#functionAt(at));
  }

  *#all(name) {
    const pattern = new RegExp(`(?<loop>\\bfor\\s+${name}\\s+in\\s+)|(?<![\\w.])${name}\\s*:?=(?!=)\\s*`, "g");
    for (const { index: at, 0: text, groups } of this.#text.matchAll(pattern)) {
      const { name: kind, parent } = this.#tree.resolveInner(at, 1);
      const isLoop = groups.loop !== undefined;
      if (isLoop ? !/String|Comment/.test(kind) : ASSIGNED.includes(parent?.name)) {
        yield { at, value: at + text.length, isLoop };
      }
    }
  }

  // Whether the name is used in the very expression that it gets its value from.
  #holds(value, node) {
    const expression = expressionAfter(this.#tree, value);
    return expression !== null && node.from >= expression.from && node.to <= expression.to;
  }

  #functionAt(at) {
    return functionAround(this.#tree.resolveInner(at, 1));
  }
}

const functionAround = (node) => climb(node, ({ name }) => name === "FunctionDefinition");

const sameFunction = (one, other) => one?.from === other?.from;
