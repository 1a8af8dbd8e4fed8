// The names that may stand in a path like author__country__name__in, by where it stands.

const isOne = ({ to, kind }) => to && kind !== "many";
const isColumn = ({ to, kind }) => !to || kind === "forward";
const anything = () => true;

// takes: which fields and relations; reaches: whether `__` leads on; byAccessor: relations by their name on
// instances; transforms, lookups: whether those may follow; added: whether names of annotations may stand there
export const RULES = {
  single: { takes: isOne, reaches: true },
  accessors: { takes: ({ to }) => to, reaches: true, byAccessor: true },
  columns: { takes: isColumn, reaches: true },
  own: { takes: (facts, name) => isColumn(facts) && name !== "pk", reaches: false },
  values: { takes: anything, reaches: true, transforms: true, added: true },
  lookups: { takes: anything, reaches: true, transforms: true, lookups: true, added: true },
};

// Completions of the last part of `path`, which has the earlier ones before its last `__`.
export const namesAlong = (path, type, rule, known) => {
  const parts = path.split("__");
  parts.pop();
  const end = parts.reduce((at, part) => step(at, part, rule, known), { model: type.model });
  if (!end || (parts.length && !rule.reaches)) return [];
  const isFirst = parts.length === 0;
  return [
    ...fieldNames(known.models[end.model] ?? {}, rule),
    ...(isFirst && rule.added ? type.added.map((label) => ({ label, detail: "annotation", boost: 3 })) : []),
    ...(isFirst ? [] : lookupNames(known.lookups[end.lookups], rule)),
  ];
};

// Where a part of a path leads: { model } and { lookups } of what it names; null where it names nothing.
const step = (at, part, rule, known) => {
  if (!at) return null;
  const facts = find(known.models[at.model] ?? {}, part, rule);
  if (facts) return rule.takes(facts, part) ? { model: facts.to, lookups: facts.lookups } : null;
  const made = rule.transforms && known.lookups[at.lookups]?.transforms[part];
  return made ? { lookups: made } : null;
};

const nameIn = (name, facts, rule) => (rule.byAccessor && facts.accessor) || name;

const find = (fields, part, rule) =>
  Object.entries(fields).find(([name, facts]) => nameIn(name, facts, rule) === part)?.[1];

const fieldNames = (fields, rule) =>
  Object.entries(fields)
    .filter(([name, facts]) => rule.takes(facts, name))
    .map(([name, facts]) => [nameIn(name, facts, rule), facts])
    .map(([label, { type, alias }]) => ({ label, detail: type, boost: alias ? 1 : 2 }));

const lookupNames = ({ lookups, transforms } = { lookups: [], transforms: {} }, rule) => [
  ...(rule.transforms ? Object.entries(transforms).map(([label, detail]) => ({ label, detail })) : []),
  ...(rule.lookups ? lookups.map((label) => ({ label, detail: "lookup" })) : []),
];
