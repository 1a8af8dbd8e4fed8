// The desk of free play: the files, the buttons, and what comes of a run.

import { Controls, Transfer } from "../challenge/controls.js";
import { button, make, prose } from "../challenge/elements.js";
import { marksOf } from "../challenge/told/result.js";
import { sayEnd, sayPlace } from "../challenge/words.js";
import { record, sayVersions } from "./recorded.js";
import { Share } from "./share.js";
import { blank, BOOKS, OTHER, RUN } from "./sketch.js";
import { Tabs } from "./tabs.js";
import { drawComparison } from "./told/comparison.js";
import { drawDatabase } from "./told/database.js";
import { drawDiagram } from "./told/diagram.js";
import { drawRun, drawTrouble } from "./told/run.js";
import { drawTrace } from "./told/trace.js";

const PATIENCE = 60; // seconds that a run of both ways may take

export class Desk {
  result = null; // of the last run, as record() gives it
  #runtime;
  #fetched;
  #tabs;
  #onChange;
  #isBusy = false;
  #ran = null; // the sketch whose run is shown
  #controls = new Controls({ onRun: () => this.run(), onStop: () => this.#runtime.stop(), onReset: () => this.#reset() });
  #books = make("select", { id: "books" }, ...BOOKS.map((books) => make("option", { value: books }, books ? `${books.toLocaleString("en")} books` : "no rows")));
  #other = button("Try another way beside it", () => this.#addOther(), { className: "as-link" });
  #told = make("div", { role: "status" });
  #found = make("div");
  #placeLink = (place) => button(sayPlace(place), () => this.#tabs.show(place.file, place), { className: "as-link" });

  // tools: createEditor, completions, runtime. fetched: bytes over the wire. bookstore, embed: as the page has them.
  // onChange(): after each edit
  constructor({ tools, fetched, bookstore, embed, onChange }) {
    this.#runtime = tools.runtime;
    this.#fetched = fetched;
    this.#onChange = onChange;
    const changed = () => this.#changed();
    this.#tabs = new Tabs({ ...tools, bookstore, onRun: () => this.run(), onChange: changed });
    this.#books.addEventListener("change", changed);
    const data = make("p", { className: "data" }, make("label", { htmlFor: "books" }, "The bookstore has "), this.#books);
    const share = new Share(this, embed);
    const mine = make("div", { className: "mine" }, this.#tabs.element, data, this.#controls.element, make("p", {}, this.#other), share.element);
    this.element = make("div", { className: "columns" }, mine, make("div", { className: "log" }, this.#told, this.#found));
  }

  get sketch() {
    return { files: this.#tabs.files, books: Number(this.#books.value) };
  }

  // Put another sketch in the place of this one, and let the reader have that back. words: what it is
  replace(sketch, words) {
    const was = this.sketch;
    this.open(sketch);
    this.say(words, " ", button("Bring mine back", () => this.open(was, "Your code is back."), { className: "as-link" }));
  }

  // words: what it is
  open(sketch, words = "") {
    this.#show(sketch);
    this.#clear();
    this.say(words);
    this.#onChange();
  }

  say(...words) {
    this.#controls.say(...words);
  }

  async run() {
    if (this.#isBusy) return;
    const { sketch } = this;
    const ways = [RUN, ...(OTHER in sketch.files ? [OTHER] : [])];
    this.#clear();
    this.#ran = sketch;
    await this.#busy(async () => {
      this.say(this.#runtime.isReady ? "Running …" : "Python starts, and then your code runs …");
      const reply = await this.#ask("play", { ways });
      if (!reply) return;
      this.result = record(reply, ways, sketch.books);
      this.#showReply(reply, ways);
      this.say("");
    });
  }

  // Return what Python replies, or null where it says why not.
  async #ask(what, asked = {}) {
    const { files, books } = this.#ran ?? this.sketch;
    const reply = await this.#runtime.ask({ do: what, files, books, ...asked }, { seconds: PATIENCE });
    if (reply.fault) throw new Error(reply.fault);
    if (!reply.trouble) return reply;
    this.#told.replaceChildren(drawTrouble(reply.trouble, this.#placeLink));
    if (reply.trouble.place) this.#tabs.showError(reply.trouble.place, reply.trouble.text);
    this.say("");
    return null;
  }

  async #busy(work) {
    this.#isBusy = true;
    this.#controls.setBusy(true);
    let transfer = null;
    try {
      if (!this.#runtime.isReady) {
        transfer = new Transfer(this.#fetched);
        this.#told.after(transfer.element);
        await this.#runtime.start((progress) => transfer.show(progress));
        transfer.element.remove();
      }
      return await work();
    } catch (error) {
      this.#told.replaceChildren(make("p", { className: "outcome stopped" }, sayEnd(error)));
      this.say("");
      if (error.why === "stopped" || error.why === "time") this.#runtime.start().catch(() => {}); // ahead of the next
      return null;
    } finally {
      transfer?.element.remove();
      this.#isBusy = false;
      this.#controls.setBusy(false);
    }
  }

  #showReply({ runs, comparison, notes, versions }, ways) {
    const keyed = runs.map((run, at) => ({ ...run, groups: run.groups.map((group) => ({ ...group, key: `${at}-${group.n}` })) }));
    const drawn = keyed.map((run, at) => this.#drawRun(ways[at], run));
    const zone = `USE_TZ is ${versions.USE_TZ ? "True" : "False"}, TIME_ZONE is ${versions.TIME_ZONE}.`;
    this.element.classList.toggle("both", runs.length > 1);
    this.#told.replaceChildren(...(runs.length > 1 ? [drawComparison(runs, comparison)] : []));
    this.#found.replaceChildren(
      ...notes.map((note) => make("p", { className: "note" }, ...prose(note))),
      make("div", { className: "ways" }, ...drawn),
      this.#later("The models as a diagram", async () => {
        const reply = await this.#ask("draw");
        return reply && [make("div", { className: "diagram", tabIndex: 0, role: "region", ariaLabel: "Diagram of the models" }, drawDiagram(reply.models))];
      }),
      this.#later("All tables, before a run", () => this.#lookAt(null)),
      make("p", { className: "note" }, `In this browser: ${sayVersions(versions)}. ${zone}`),
    );
    const marks = {};
    for (const name of Object.keys(this.#ran.files)) {
      const found = keyed.map(({ groups }) => marksOf(groups, name));
      marks[name] = { places: found.flatMap(({ places }) => places), counts: Object.assign({}, ...found.map(({ counts }) => counts)) };
    }
    this.#tabs.mark(marks);
    for (const { error, error_place: place } of runs) if (error && place) this.#tabs.showError(place, error);
  }

  #drawRun(way, run) {
    const options = { placeLink: this.#placeLink, explain: (n) => this.#explain(way, n) };
    return drawRun(way, run, options, [
      this.#later("Every access, in order", async () => {
        const reply = await this.#ask("trace", { way });
        return reply && drawTrace(reply, this.#placeLink);
      }),
      this.#later("All tables, after this run", () => this.#lookAt(way)),
    ]);
  }

  async #lookAt(way) {
    const reply = await this.#ask("look", { way });
    return reply && drawDatabase(reply.database);
  }

  async #explain(way, n) {
    if (this.#isBusy) return { reason: "Wait until the run has ended, and ask again." };
    const reply = await this.#busy(() => this.#ask("explain_play", { way, n }));
    return reply?.plan ?? { reason: "There is no plan: look above for why." };
  }

  // Details that ask Python when they are first opened.
  #later(label, ask) {
    const place = make("div", { role: "status" });
    const details = make("details", { className: "folded" }, make("summary", {}, label), place);
    details.addEventListener("toggle", async () => {
      if (!details.open || place.childElementCount || this.#isBusy) return;
      place.textContent = "Asking …";
      const found = await this.#busy(ask);
      place.replaceChildren(...(found ?? ["There is nothing to show: look above for why."]));
    });
    return details;
  }

  #changed() {
    this.#tabs.mark({});
    this.#other.hidden = this.#tabs.has(OTHER);
    this.#onChange();
  }

  #clear() {
    this.#told.replaceChildren();
    this.#found.replaceChildren();
    this.result = null;
  }

  #show({ files, books }) {
    this.#tabs.set(files);
    this.#books.value = String(books);
    this.#other.hidden = OTHER in files;
  }

  #addOther() {
    this.#tabs.add(OTHER, this.sketch.files[RUN]);
    this.#tabs.show(OTHER);
    this.#changed();
    this.say("Change other.py: both run on the same data, and their rows are compared.");
  }

  #reset() {
    this.replace(blank(), "This is where everybody begins.");
  }
}
