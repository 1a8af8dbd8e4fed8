// The page of results where no server makes it, in an export: what templates/lessons/overviews/search.html shows.

const MOST = 30; // results, as lessons/search/engine.py has it

export const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

// What a result says, but for where it leads.
export const describe = ({ kind, marked, says, track, names = [] }) => {
  const title = make("strong", "", ...marked.map(([isFound, text]) => (isFound ? make("mark", "", text) : text)));
  const parts = [title, make("span", "result-kind", track ?? kind)];
  if (kind !== "symptom") parts.push(make("span", "result-says", says));
  if (names.length) parts.push(make("span", "result-names", ...names.flatMap((name) => [make("code", "", name), " "])));
  return parts;
};

const link = (href, ...children) => Object.assign(make("a", "", ...children), { href });

const listed = (result) => {
  const [title, ...others] = describe(result);
  return make("li", "", link(result.url, title), ...others.flatMap((part) => [" ", part]));
};

// place: an element; advice: an element that says where to look instead; near: links to words that are there
export const showResults = (place, ranking, query, { advice, near }) => {
  const found = ranking.search(query, MOST);
  document.title = `${query} · ${document.title}`;
  if (!found.length) return place.replaceChildren(advice, ...near(ranking.nearest(query)));
  const count = `${found.length} ${found.length === 1 ? "result" : "results"}, the best first`;
  place.replaceChildren(make("p", "note", count), make("ol", "results", ...found.map(listed)));
};
