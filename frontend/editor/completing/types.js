// What an expression of the file is, as far as that is easy to know.
//
// { is, model, added }: `model` null where it is none of the bookstore's; `added`, the names of its annotations;
// `is`: "model"; "manager", with `relation`, the facts of the relation, if it is of one; "queryset"; "rows", a
// queryset of other things than instances; "each", of which a loop gets instances; "one", an instance.
// Or { is: "module", names }. Otherwise null.

import { Bindings } from "./bindings.js";
import { argumentsOf, expressionAfter } from "./tree.js";

const DEEPEST = 16; // of names that stand for others
const LISTS = ["list", "tuple", "set", "sorted", "reversed", "iter"];
const ADDING = ["annotate", "alias"];
const LOOPED = ["queryset", "each"];

export class Types {
  #tree;
  #known;
  #bindings;
  #depth = 0;
  textOf; // of a node

  constructor(tree, text, known) {
    this.#tree = tree;
    this.#known = known;
    this.textOf = ({ from, to }) => text.slice(from, to);
    this.#bindings = new Bindings(tree, text);
  }

  of(node) {
    const find = { VariableName: this.#name, MemberExpression: this.#member, CallExpression: this.#call,
      ParenthesizedExpression: this.#inner, AwaitExpression: this.#inner }[node?.name];
    if (!find || this.#depth > DEEPEST) return null;
    this.#depth += 1;
    try {
      return find.call(this, node);
    } finally {
      this.#depth -= 1;
    }
  }

  // The name of what is called: "filter" of `Book.objects.filter()`.
  calledName(call) {
    const callee = call.firstChild;
    return this.textOf(callee.name === "MemberExpression" ? callee.lastChild : callee);
  }

  #inner(node) {
    return this.of(node.firstChild.nextSibling);
  }

  #name(node) {
    const name = this.textOf(node);
    if (name in this.#known.models) return { is: "model", model: name, added: [] };
    const bound = this.#bindings.find(name, node);
    if (bound) {
      const type = this.of(expressionAfter(this.#tree, bound.value));
      return bound.isLoop ? itemOf(type) : type;
    }
    return name === "models" ? { is: "module", names: this.#known.modules["django.db.models"] } : null;
  }

  #member(node) {
    const owner = this.of(node.firstChild) ?? this.#otherModel(node.firstChild);
    if (!owner) return null;
    if (node.lastChild.name !== "PropertyName") {
      const isSlice = this.textOf({ from: node.firstChild.to, to: node.to }).includes(":");
      return isSlice ? owner : itemOf(owner);
    }
    const name = this.textOf(node.lastChild);
    if (owner.is === "model" && name === "objects") return { ...owner, is: "manager" };
    if (owner.is !== "one") return null;
    const relation = attributesOf(this.#known, owner.model)[name];
    if (!relation?.to) return null;
    return { is: relation.kind === "many" ? "manager" : "one", model: relation.to, added: [], relation };
  }

  // A model of the lesson's own, whose fields are not known here.
  #otherModel(node) {
    const isOne = node.name === "VariableName" && /^[A-Z][a-z]/.test(this.textOf(node));
    return isOne ? { is: "model", model: null, added: [] } : null;
  }

  #call(node) {
    const name = this.calledName(node);
    const given = argumentsOf(node, this.textOf);
    if (node.firstChild.name === "VariableName") {
      if (name in this.#known.models) return { is: "one", model: name, added: [] };
      const listed = LISTS.includes(name) && given.length ? this.of(given[0].value) : null;
      return LOOPED.includes(listed?.is) ? { ...listed, is: "each" } : null;
    }
    const owner = this.of(node.firstChild.firstChild);
    const { gives } = (hasMethods(owner) && this.#known.methods.queryset[name]) || {};
    if (!gives) return null;
    if (owner.is === "rows") return gives === "queryset" ? owner : null;
    const added = ADDING.includes(name) ? given.map((each) => each.name).filter(Boolean) : [];
    return { is: gives, model: owner.model, added: [...owner.added, ...added] };
  }
}

export const hasMethods = (type) => ["manager", "queryset", "rows"].includes(type?.is);

// { name: facts } of what an instance has, which for a relation may have another name than in queries.
export const attributesOf = (known, model) => {
  const fields = Object.entries(known.models[model] ?? {});
  return Object.fromEntries(fields.map(([name, facts]) => [facts.accessor ?? name, facts]));
};

const itemOf = (type) => (LOOPED.includes(type?.is) ? { ...type, is: "one" } : null);
