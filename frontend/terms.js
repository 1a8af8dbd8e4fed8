// Texts and queries as terms, exactly as lessons/search/terms.py makes them: a test compares the two.

const WORD = /[\p{L}\p{N}_]+(?:\+[\p{L}\p{N}_]+)*/gu; // N+1, select_related, 40P01
const PLURALS = [[/ies$/, "y"], [/(ss|sh|x)es$/, "$1"], [/(?<![isu])s$/, ""]];
const LONGEST = 40; // characters
const SHORTEST_PLURAL = 4;

const singular = (word) => {
  if ([...word].length < SHORTEST_PLURAL) return word;
  for (const [plural, ending] of PLURALS) if (plural.test(word)) return word.replace(plural, ending);
  return word;
};

export const termsOf = (word) => {
  const parts = [...word].slice(0, LONGEST).join("").split("_").filter(Boolean);
  return [...(parts.length > 1 ? [parts.join("_")] : []), ...parts.map(singular)];
};

export const findWords = (text) => (text.match(WORD) ?? []).map((word) => word.toLowerCase());

export const findTerms = (text) => findWords(text).flatMap(termsOf);

// The text in pieces: [whether it is a word, text].
export const pieces = (text) => {
  const found = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    found.push([false, text.slice(end, index)], [true, word]);
    end = index + word.length;
  }
  return [...found, [false, text.slice(end)]];
};
