// Styles without style elements, which the site's policy forbids: CodeMirror's own go into a constructed
// stylesheet, in the layer `base`, and what the site says of them (editor.css) into another.

import { StyleModule } from "style-mod";

import ours from "./editor.css" with { type: "text" };

const mounted = new Set();
const theirs = new CSSStyleSheet();
const sheet = new CSSStyleSheet();
sheet.replaceSync(ours);
document.adoptedStyleSheets.push(theirs, sheet);

StyleModule.mount = (root, modules) => {
  const before = mounted.size;
  for (const module of [modules].flat()) mounted.add(module);
  if (mounted.size === before) return;
  theirs.replaceSync(`@layer base { ${[...mounted].map((module) => module.getRules()).join("\n")} }`);
};
