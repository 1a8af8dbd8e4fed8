// Draws a graph in the DOT language, read from standard input, as SVG for a page: `make run` builds with it.

import { readFileSync } from "node:fs";
import { instance } from "@viz-js/viz";

const viz = await instance();
const svg = viz.renderString(readFileSync(0, "utf8"), { format: "svg" });
// What names the file, comments and tooltips of the nodes' names in DOT mean nothing to a reader.
process.stdout.write(
  svg
    .slice(svg.indexOf("<svg"))
    .replace(/<!--[^]*?-->\n?|<title>[^<]*<\/title>\n?| xlink:title="[^"]*"/g, "")
    .replace(/ width="[^"]*" height="[^"]*"\n/, ""),
);
