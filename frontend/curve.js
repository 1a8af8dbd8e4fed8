// <log-chart>: lines over two logarithmic axes, drawn by uPlot once they come into view.
// The JSON script inside it is its data, as lessons/pages/measured/chart.py makes it.
// A custom element, since htmx may bring it and take it away at any time.

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

const WEIGHTS = [{ width: 3, point: 11 }, { width: 2, point: 8 }]; // px; the second shows on top of the first
const dark = matchMedia("(prefers-color-scheme: dark)");

// From the least to the greatest value, one decade at least, and a margin around.
const range = (values) => {
  const least = Math.min(...values);
  return [least / 1.6, Math.max(...values, least * 10) * 1.6];
};

const powersOfTen = (plot, axis, from, to) => {
  const powers = [];
  for (let power = Math.ceil(Math.log10(from)); power <= Math.log10(to); power++) powers.push(Number(`1e${power}`));
  return powers;
};

// uPlot leaves out labels that would touch each other, as null.
const labels = (plot, values) => values.map((value) => value?.toLocaleString("en", { maximumFractionDigits: 9 }) ?? "");

class LogChart extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(this.querySelector("script").textContent);
    this.seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.draw();
    }, { rootMargin: "50%" });
    this.seen.observe(this);
  }

  disconnectedCallback() {
    this.seen.disconnect();
    this.sized?.disconnect();
    dark.removeEventListener("change", this.repaint);
    document.documentElement.removeEventListener("themechange", this.repaint);
    this.plot?.destroy();
    this.replaceChildren(this.querySelector("script"));
  }

  draw() {
    this.seen.disconnect();
    this.probe = this.appendChild(document.createElement("i")); // resolves colours
    this.reading = this.appendChild(document.createElement("p"));
    const area = this.appendChild(document.createElement("div"));
    this.plot = new uPlot(this.options(area), this.columns(), area);
    this.read(null);
    this.repaint = () => this.plot.redraw();
    dark.addEventListener("change", this.repaint);
    document.documentElement.addEventListener("themechange", this.repaint);
    this.sized = new ResizeObserver(() => this.plot.setSize(this.size(area)));
    this.sized.observe(area);
  }

  size(area) {
    return { width: area.clientWidth, height: area.clientHeight };
  }

  // The colour that a token has now: canvas knows no var() and no light-dark().
  colour(token) {
    this.probe.style.color = `var(${token})`;
    return getComputedStyle(this.probe).color;
  }

  columns() {
    const { at, lines } = this.data;
    return [at, ...lines.flatMap(({ finished, unfinished }) => [finished, unfinished])];
  }

  options(area) {
    const { at, lines } = this.data;
    const values = this.columns().slice(1).flat().filter((value) => value !== null);
    const axis = {
      stroke: () => this.colour("--soft"),
      grid: { stroke: () => this.colour("--line"), width: 1 },
      ticks: { show: false },
      font: `12px ${getComputedStyle(this).fontFamily}`,
      splits: powersOfTen,
      values: labels,
    };
    return {
      ...this.size(area),
      scales: {
        x: { time: false, distr: 3, range: range(at) },
        y: { distr: 3, range: range(values.length ? values : [1]) },
      },
      axes: [
        { ...axis, grid: { show: false }, size: 28 },
        { ...axis, size: 56 },
      ],
      series: [{}, ...lines.flatMap((line, index) => [this.finished(line, WEIGHTS[index]), this.unfinished(line, WEIGHTS[index])])],
      legend: { show: false },
      cursor: { x: false, y: false, drag: { x: false, y: false }, sync: { key: "curve" } },
      hooks: { setCursor: [(plot) => this.read(plot.cursor.idx)] },
    };
  }

  finished({ accent }, { width, point }) {
    const stroke = () => this.colour(`--${accent}`);
    return { scale: "y", stroke, width, points: { show: true, size: point, stroke, fill: stroke } };
  }

  // What was recorded before a run was stopped: a hollow point that no line leads to.
  unfinished({ accent }, { point }) {
    const stroke = () => this.colour(`--${accent}`);
    const fill = () => this.colour("--raised");
    return { scale: "y", stroke, paths: () => null, points: { show: true, size: point, width: 2, stroke, fill } };
  }

  // Tell the values at one point, by its index; without one, at the last that all finished.
  read(index) {
    const { labels, lines } = this.data;
    const finishedAll = labels.map((_, point) => lines.every(({ finished }) => finished[point] !== null));
    const shown = index ?? (finishedAll.includes(true) ? finishedAll.lastIndexOf(true) : labels.length - 1);
    this.reading.replaceChildren(
      ...lines.map(({ name, accent, texts }) => {
        const value = document.createElement("span");
        value.className = accent;
        value.textContent = `${name} ${texts[shown]}`;
        return value;
      }),
      ` at ${labels[shown]}`,
    );
  }
}

customElements.define("log-chart", LogChart);
