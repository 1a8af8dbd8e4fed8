// The page for other people's pages: shows the code of its address, and the result that was recorded with it. It runs
// nothing.

import { make } from "./challenge/elements.js";
import { count, figure } from "./challenge/words.js";
import { fromLink } from "./play/link.js";
import { sayBooks, sayVersions } from "./play/recorded.js";
import { tabulate } from "./play/told/run.js";

const place = document.getElementById("play-embed");
const text = (value) => String(value ?? "");

const statement = ({ count: often, sql, place: from, rows }) =>
  make(
    "li",
    {},
    make("p", { className: "statement-head" }, make("b", { className: "count" }, `×${figure(Number(often))}`), from ? text(from) : "", make("span", { className: "numbers" }, count(Number(rows), "row"))),
    make("pre", { className: "sql" }, make("code", {}, text(sql))),
  );

const drawResult = ({ way, status, error, queries, rows, printed, returned, columns, preview, statements, more }) =>
  make(
    "section",
    { className: "way", ariaLabel: text(way) },
    make("h2", {}, `${text(way)}: ${count(Number(queries), "query", "queries")}, ${count(Number(rows), "row")} fetched`),
    status === "ok" ? null : make("p", { className: "outcome raised" }, text(error)),
    printed ? make("pre", { className: "printed" }, text(printed)) : null,
    preview?.length ? tabulate(columns.map(text), preview.map((row) => row.map(text)), `Rows of ${count(Number(returned), "row")} that it returned`) : null,
    make("ol", { className: "statements" }, ...statements.map(statement)),
    more ? make("p", { className: "note" }, `and ${figure(Number(more))} more kinds of statement`) : null,
  );

const drawFile = ([name, code]) =>
  make("figure", { className: "listing" }, make("figcaption", {}, name), make("pre", { tabIndex: 0 }, make("code", {}, code)));

const draw = async () => {
  try {
    const linked = await fromLink(location.hash);
    if (!linked) throw new Error("This address holds no code. Copy it whole from free play.");
    const { sketch, extra: { result } } = linked;
    const open = make("a", { href: `${place.dataset.play}${location.hash}`, target: "_blank", rel: "noopener" }, "Open it, change it, run it");
    const recorded = result
      ? [
          make("p", { className: "note" }, `Recorded on ${text(result.at)}, with ${sayBooks(Number(result.books))}: ${sayVersions(result.versions)}.`),
          ...result.runs.map(drawResult),
        ]
      : [];
    place.replaceChildren(make("p", {}, open), ...Object.entries(sketch.files).map(drawFile), ...recorded);
  } catch (error) {
    place.replaceChildren(make("p", { className: "outcome raised" }, error.message));
  }
};

addEventListener("hashchange", draw);
draw();
