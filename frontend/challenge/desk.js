// Where the reader solves a challenge: the editor, the buttons, and what comes of a run.

import { askWhich } from "./asked.js";
import { Controls } from "./controls.js";
import { Draft, keepSolved } from "./drafts.js";
import { button, make } from "./elements.js";
import { marksOf, Result } from "./told/result.js";
import { sayEnd, sayPlace } from "./words.js";

const BOOKS = 100; // of the shelf whose run is shown
const JUDGING = 60; // seconds that it may take, with six runs on three shelves

export class Desk {
  #challenge;
  #runtime;
  #file;
  #draft;
  #editor = null;
  #isBusy = false;
  #ran = ""; // the code whose run is shown
  #isMarked = false;
  #asked = make("div"); // what the reader is asked first
  #place = make("div", { className: "editor" });
  #controls = new Controls({
    onRun: () => this.run(),
    onStop: () => this.#runtime.stop(),
    onReset: () => this.#reset(),
  });
  #result = new Result({ placeLink: (place) => this.#linkTo(place), explain: (n) => this.#explain(n) });

  // helps: elements to stand below the editor
  constructor({ challenge, runtime, helps }) {
    this.#challenge = challenge;
    this.#runtime = runtime;
    this.#file = `${challenge.naive}.py`;
    const parts = [this.#asked, this.#place, this.#controls.element, ...helps];
    const mine = make("div", { className: "naive" }, ...parts);
    this.element = make("div", { className: "columns" }, mine, this.#result.element);
  }

  get text() {
    return this.#editor.text;
  }

  // Put the editor in its place, which must be on the page.
  open(createEditor, models) {
    const { lesson, stamp } = this.#challenge;
    const say = (sentence) => this.say(sentence);
    this.#draft = new Draft({ path: lesson.path, first: this.#naive, stamp, say });
    this.#editor = createEditor({
      parent: this.#place,
      text: this.#draft.text,
      label: `Your code, ${this.#file}`,
      onRun: () => this.run(),
      onChange: () => this.#changed(),
      models,
    });
    if (this.#draft.isStale) this.#askWhich();
    else this.#editor.focus();
  }

  // Before another takes its place.
  close() {
    if (this.#isBusy) this.#runtime.stop();
    this.#draft.keep();
    this.#editor.destroy();
  }

  say(words) {
    this.#controls.say(words);
  }

  async run() {
    if (this.#isBusy) return;
    this.#setBusy(true);
    this.#draft.keep();
    this.#result.clear();
    this.#ran = this.text;
    const code = this.#ran;
    try {
      this.say(this.#runtime.isReady ? "Running …" : "Python starts, and then your code runs …");
      const { run } = await this.#ask({ do: "run", variant: this.#challenge.naive, code, books: BOOKS });
      if (run) this.#showRun(run); // of code that cannot be loaded there is none, and the judge says why
      if (run?.status === "stopped") return this.say("");
      this.say("Judging on other shelves …");
      const { verdict, fault } = await this.#ask({ do: "judge", code }, { seconds: JUDGING });
      if (fault) throw new Error(fault);
      this.#showVerdict(verdict);
    } catch (error) {
      this.#result.showEnd(sayEnd(error));
      this.say("");
      if (error.why === "stopped" || error.why === "time") this.#startAnew();
    } finally {
      this.#setBusy(false);
    }
  }

  get #naive() {
    return this.#challenge.lesson.files[this.#file];
  }

  #setBusy(isBusy) {
    this.#isBusy = isBusy;
    this.#controls.setBusy(isBusy);
  }

  #ask(message, options) {
    return this.#runtime.ask({ ...message, lesson: this.#challenge.lesson }, options);
  }

  // Ahead of the next run, which tells what goes wrong.
  #startAnew() {
    this.#runtime.start().catch(() => {});
  }

  async #explain(n) {
    if (this.#isBusy) return { reason: "Wait until the run has ended, and ask again." };
    this.#setBusy(true);
    try {
      const asked = { do: "explain", variant: this.#challenge.naive, code: this.#ran, books: BOOKS, n };
      const { plan, fault } = await this.#ask(asked);
      return plan ?? { reason: fault };
    } finally {
      this.#setBusy(false);
    }
  }

  #showRun(run) {
    this.#result.showRun(run, BOOKS);
    this.#result.showOutcome(run);
    const { places, counts } = marksOf(run.groups, this.#file);
    this.#editor.mark(places);
    this.#editor.setCounts(counts);
    this.#isMarked = true;
    this.#showError(run.error_place, run.error);
  }

  #showVerdict(verdict) {
    this.#result.showVerdict(verdict);
    for (const { place, text } of verdict.missing) this.#showError(place, text);
    const trouble = verdict.solved ? keepSolved(this.#challenge.lesson.path) : "";
    this.say(trouble ?? "Kept in your progress, in this browser.");
  }

  // place: of an error, or null
  #showError(place, words) {
    if (place?.file === this.#file) this.#editor.showError(place.line, words);
  }

  #linkTo(place) {
    if (place.file !== this.#file) return make("span", {}, sayPlace(place));
    return button(sayPlace(place), () => this.#editor.focus(place), { className: "as-link" });
  }

  // Marks are of the code that ran.
  #changed() {
    if (this.#isMarked) {
      this.#editor.mark([]);
      this.#editor.setCounts({});
      this.#isMarked = false;
    }
    this.#draft.write(this.text);
  }

  #replace(text, words) {
    const was = this.text;
    this.#editor.setText(text);
    this.#changed();
    this.#result.clear();
    const back = button("Bring mine back", () => {
      this.#editor.setText(was);
      this.#changed();
      this.#controls.say("Your code is back.");
      this.#editor.focus();
    }, { className: "as-link" });
    this.#controls.say(`${words} `, back);
  }

  #reset() {
    if (this.text === this.#naive) return this.say("This is the code of the lesson.");
    this.#replace(this.#naive, "This is the code of the lesson again.");
  }

  #askWhich() {
    askWhich(this.#asked, (begins) => {
      if (begins) this.#replace(this.#naive, "This is the new code.");
      this.#draft.settle(this.text);
      this.#editor.focus();
    });
  }
}
