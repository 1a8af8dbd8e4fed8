// Fetches what challenges need, and opens the desk of one after the other: Python stays as it is.

import { Transfer } from "./controls.js";
import { Desk } from "./desk.js";
import { button, make, prose } from "./elements.js";
import { makeHints } from "./hints.js";
import { drawSolution } from "./told/solution.js";
import { sayEnd } from "./words.js";

const readJson = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server does not give ${url}: ${response.status}.`);
  return response.json();
};

// The solution as a difference to what is in the editor, made anew whenever it is opened.
const compareWithSolution = (details, desk, solution) => {
  const show = () => {
    if (details.open) details.querySelector(".listing, .diff").replaceWith(drawSolution(desk.text, solution));
  };
  details.addEventListener("toggle", show);
  show();
};

// What the page has of its own lesson, for another one.
const makeSolution = () =>
  make(
    "details",
    { className: "folded solution" },
    make("summary", {}, "The solution"),
    make("div", { className: "diff" }),
  );

const makeIntroduction = ({ title, url, task, budget }) => [
  make("h2", { id: "your-turn", tabIndex: -1 }, `Your turn: ${title}`),
  make("p", { className: "task" }, ...prose(task)),
  make("p", { className: "note" }, `${budget} Any code that does it is right. `, make("a", { href: url }, "Read its lesson")),
];

class Walk {
  #section;
  #desk = null;
  #tools; // createEditor, models, runtime

  constructor(section, tools) {
    this.#section = section;
    this.#tools = tools;
  }

  // Return the Desk of a challenge. place: an element that it takes the place of; helps: the hints, and the solution
  open(challenge, { place, helps, extra = [] }) {
    const { createEditor, models, runtime } = this.#tools;
    const desk = new Desk({ challenge, runtime, helps: [...extra, ...helps, ...this.#onward(challenge)] });
    this.#desk?.close();
    this.#desk = desk;
    place.replaceWith(desk.element);
    desk.open(createEditor, models);
    compareWithSolution(helps.at(-1), desk, challenge.solution);
    return desk;
  }

  #onward({ next }) {
    if (!next) return [];
    const go = button(`Next challenge: ${next.title}`, () => this.#goTo(next.challenge, go), { className: "as-link" });
    return [make("p", { className: "onward" }, go)];
  }

  async #goTo(url, link) {
    link.disabled = true;
    try {
      this.#show(await readJson(url));
    } catch (error) {
      link.after(make("span", { role: "status" }, ` ${sayEnd(error)}`));
      link.disabled = false;
    }
  }

  #show(challenge) {
    const place = make("div");
    const [heading, ...introduction] = makeIntroduction(challenge);
    this.#section.replaceChildren(heading, ...introduction, place);
    this.open(challenge, { place, helps: [makeHints(challenge.hints), makeSolution()] });
    heading.scrollIntoView({ block: "start" });
  }
}

// Resolves once the reader can write; Python comes after.
export const openDesk = async (section, { challenge: url, models: modelsUrl, scripts, python, fetched }) => {
  const wanted = [readJson(url), readJson(modelsUrl), import(scripts.editor), import(scripts.runtime)];
  const [challenge, models, { createEditor }, { Runtime }] = await Promise.all(wanted);
  const runtime = new Runtime(python);
  const transfer = new Transfer(fetched);
  const walk = new Walk(section, { createEditor, models, runtime });
  const desk = walk.open(challenge, {
    place: section.querySelector(".opening"),
    helps: [...section.querySelectorAll(".hints, .solution")],
    extra: [transfer.element],
  });
  const started = runtime.start((progress) => transfer.show(progress));
  const told = started.then(() => desk.say("Python is ready."), (error) => desk.say(sayEnd(error)));
  told.finally(() => transfer.element.remove());
};
