// What is kept in the reader's browser for when there is no network, and under which names: of the service worker and of
// the pages.

export const CACHES = { files: "queryshelf-files", pages: "queryshelf-pages" };
const MOST_PAGES = 400;
const HASHED = /\.[0-9a-f]{12}(\.[a-z0-9]+)$/; // a file of this name never changes
// Pages that run nothing, and files that they fetch. All others of the live site are made anew each time.
const READ = [
  /^$/, /^lessons\/[^/]+\/$/, /^lessons\/[^/]+\/[^/]+\/$/, /^lessons\/[^/]+\/[^/]+\/[a-z_]+\.(json|py)$/,
  /^(differences|summary|names|symptoms|glossary|models|claims|search|progress|play|offline)\/$/,
  /^search\/index\.json$/, /^manifest\.webmanifest$/,
];

const belowOf = (url, scope) => (url.href.startsWith(scope) ? url.pathname.slice(new URL(scope).pathname.length) : null);

// "files", "pages", or null for what is the network's alone.
// scope: address that all of the site's begin with. recorded: whether it is an export, whose pages run nothing
export const cacheOf = (url, { scope, recorded }) => {
  const below = belowOf(url, scope);
  if (below === null) return null;
  if (below.startsWith("static/")) return "files";
  if (recorded) return "pages";
  // A query of a lesson's page is a guess, which runs it.
  return READ.some((pattern) => pattern.test(below)) && !(url.search && below.startsWith("lessons/")) ? "pages" : null;
};

export const isHashed = (url) => HASHED.test(url.pathname);

// Keep an answer. Of a file with a hashed name the earlier ones go; of pages the ones that were kept first.
export const keep = async (name, request, response) => {
  const cache = await caches.open(CACHES[name]);
  await cache.put(request, response);
  const kept = await cache.keys();
  const url = new URL(request.url ?? request, location.href);
  const stem = (path) => path.replace(HASHED, "$1");
  const isEarlier = ({ url: other }) => {
    const { pathname } = new URL(other);
    return pathname !== url.pathname && HASHED.test(pathname) && stem(pathname) === stem(url.pathname);
  };
  const gone = name === "files" ? kept.filter((each) => isHashed(url) && isEarlier(each)) : kept.slice(0, Math.max(0, kept.length - MOST_PAGES));
  await Promise.all(gone.map((each) => cache.delete(each)));
};
