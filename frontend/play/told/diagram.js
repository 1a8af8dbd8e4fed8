// The models as a diagram: boxes with their fields, and an arrow from each relation to the model that it leads to.

import { graphlib, layout } from "@dagrejs/dagre";

const SVG = "http://www.w3.org/2000/svg";
const LINE = 18; // px
const WIDE = 7.4; // px, of a character
const PAD = 10;

const draw = (tag, attributes, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const label = ({ name, kind }) => `${name}: ${kind}`;

const size = ({ name, fields }) => ({
  width: Math.max(...[name, ...fields.map(label)].map((text) => text.length)) * WIDE + 2 * PAD,
  height: (fields.length + 1) * LINE + 2 * PAD,
});

const box = (model, { x, y, width, height }) => {
  const left = x - width / 2;
  const top = y - height / 2;
  const line = (text, at, className) =>
    draw("text", { x: left + PAD, y: top + PAD + (at + 0.75) * LINE, class: className }, text);
  return draw(
    "g",
    { class: model.is_own ? "own" : "ours" },
    draw("rect", { x: left, y: top, width, height, rx: 4 }),
    line(model.name, 0, "name"),
    ...model.fields.map((field, at) => line(label(field), at + 1, "field")),
  );
};

const arrow = ({ points }) => {
  const [first, ...rest] = points;
  const path = `M${first.x},${first.y}${rest.map(({ x, y }) => ` L${x},${y}`).join("")}`;
  const [before, end] = points.slice(-2);
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  const head = draw("path", { d: "M0,0 L-9,-4 L-9,4 Z", transform: `translate(${end.x},${end.y}) rotate(${angle})`, class: "head" });
  return draw("g", { class: "arrow" }, draw("path", { d: path }), head);
};

// In words, for whoever does not see it.
const describe = (models) =>
  models
    .map(({ name, fields }) => {
      const to = fields.filter(({ leads_to: target }) => target).map(({ name: field, leads_to: target }) => `${field} to ${target}`);
      return to.length ? `${name} has ${to.join(", ")}` : name;
    })
    .join(". ");

export const drawDiagram = (models) => {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep: 56, marginx: 8, marginy: 8 });
  for (const model of models) graph.setNode(model.name, size(model));
  for (const { name, fields } of models) {
    for (const { name: field, leads_to: target } of fields) if (target) graph.setEdge(name, target, {}, field);
  }
  layout(graph);
  const { width, height } = graph.graph();
  const edges = graph.edges().map((edge) => arrow(graph.edge(edge)));
  const boxes = models.map((model) => box(model, graph.node(model.name)));
  return draw(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": describe(models) },
    ...edges,
    ...boxes,
  );
};
