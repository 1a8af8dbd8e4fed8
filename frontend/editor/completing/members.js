// What may follow a dot.

import { attributesOf } from "./types.js";

const LOSING = ["remove", "aremove", "clear", "aclear"]; // for rows that may belong to none

const methods = (described, boost = 0) =>
  Object.entries(described).map(([label, { signature }]) => ({
    label,
    detail: signature,
    boost: boost - (label.startsWith("a") && label.slice(1) in described ? 3 : 0), // its form for async code
  }));

const related = ({ bound }, known) =>
  methods(known.methods.related).filter(({ label }) => !(bound && LOSING.includes(label)));

const MEMBERS = {
  model: () => [{ label: "objects", detail: "manager" }],
  manager: ({ relation }, known) =>
    methods(known.methods.manager).concat(relation ? related(relation, known) : []),
  queryset: (type, known) => methods(known.methods.queryset),
  rows: (type, known) => methods(known.methods.queryset),
  one: ({ model, added }, known) => [
    ...Object.entries(attributesOf(known, model)).map(([label, { type, alias }]) => ({
      label, detail: type, boost: alias ? 1 : 2,
    })),
    ...added.map((label) => ({ label, detail: "annotation", boost: 3 })),
    ...methods(known.methods.instance),
  ],
  module: ({ names }) => importable(names),
};

export const importable = (names) =>
  Object.entries(names).map(([label, signature]) => ({ label, detail: signature }));

// Completions behind a dot after an expression of the type.
export const membersOf = (type, known) => MEMBERS[type?.is]?.(type, known) ?? [];
