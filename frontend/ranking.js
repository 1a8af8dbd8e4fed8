// The search in the browser: MiniSearch over the documents that /search/index.json has. It knows no page, so that a
// test can ask it without one. lessons/search/engine.py ranks alike on the server.

import MiniSearch from "minisearch";
import { findTerms, findWords, pieces, termsOf } from "./terms.js";

const MOST_WORDS = 12; // of a query
const MOST_NEAR = 3; // words
const LONGEST = 60; // characters of a query that words are near to
const WEIGHTS = { prefix: 0.5, fuzzy: 0.4 }; // of what only begins with the term asked for, and of what is only like it
const LENGTHS = { k: 1.2, b: 0.3, d: 0.5 }; // MiniSearch's but for b: a long title is no worse
const FUZZY = 0.25; // edits for each letter
const NEAR = 0.25; // as `alike` has it

// What two words have in common of their pairs of letters, from 0 to 1.
const alike = (one, other) => {
  const [pairs, others] = [one, other].map((word) => new Set([...` ${word}`].map((_, i) => ` ${word} `.slice(i, i + 2))));
  return (2 * [...pairs].filter((pair) => others.has(pair)).length) / (pairs.size + others.size);
};

export class Ranking {
  constructor({ fields, documents }) {
    this.documents = new Map(documents.map((document) => [document.url, document]));
    this.names = new Set(documents.flatMap(({ kind, title, names }) => (kind === "term" ? [title] : names ?? [])));
    this.index = new MiniSearch({
      idField: "url",
      fields: Object.keys(fields),
      tokenize: findTerms,
      processTerm: (term) => term,
      searchOptions: {
        boost: fields,
        bm25: LENGTHS,
        boostDocument: (url) => this.documents.get(url).weight,
        weights: WEIGHTS,
        prefix: true,
        fuzzy: (term) => (this.knows(term) ? false : FUZZY),
        tokenize: (query) => this.termsIn(query),
      },
    });
    this.index.addAll(documents);
  }

  // The documents that have any of the query's terms, the best one first. `marked` is the title in pieces:
  // [whether it was found, text].
  search(query, most) {
    return this.index.search(query).slice(0, most).map(({ id, terms }) => {
      const document = this.documents.get(id);
      const isFound = (word) => termsOf(word.toLowerCase()).some((term) => terms.includes(term));
      return { ...document, marked: pieces(document.title).map(([isWord, text]) => [isWord && isFound(text), text]) };
    });
  }

  // Names of the ORM and terms that are spelt a little like the query.
  nearest(query) {
    const asked = query.slice(0, LONGEST).toLowerCase().trim();
    const near = [...this.names].map((name) => [alike(asked, name.toLowerCase()), name]);
    return near.filter(([how]) => how > NEAR).sort(([a], [b]) => b - a).slice(0, MOST_NEAR).map(([, name]) => name);
  }

  // A term for each word, or the parts of select_related where nothing is like it.
  termsIn(query) {
    return [...new Set(findWords(query))].slice(0, MOST_WORDS).flatMap((word) => {
      const [whole, ...parts] = termsOf(word);
      return parts.length && !this.knows(whole, { fuzzy: FUZZY }) ? parts : whole ?? [];
    });
  }

  // Whether any document has the term, or one that begins with it.
  knows(term, { fuzzy = false } = {}) {
    return this.index.search(term, { fuzzy, tokenize: (text) => [text] }).length > 0;
  }
}
