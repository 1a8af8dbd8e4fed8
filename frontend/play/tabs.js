// The files, each behind a tab with an editor of its own.

import { button, make } from "../challenge/elements.js";
import { MODELS, OTHER, OWN_MODELS, RUN, wrongName } from "./sketch.js";

const LABELS = { [OTHER]: "other.py, another way" };
const STAY = [RUN]; // what cannot be taken away

export class Tabs {
  #list = make("div", { className: "tabs", role: "tablist", ariaLabel: "Files" });
  #panels = make("div");
  #say = make("p", { className: "note", role: "status" });
  #open = {}; // by name: { tab, panel, editor, text }
  #shown = null;
  #options;

  // createEditor, completions: as frontend/editor has them. bookstore: the text of its models.py. onRun, onChange()
  constructor(options) {
    this.#options = options;
    const add = button("Add a file", () => this.#ask(), { className: "as-link" });
    this.element = make("div", {}, make("div", { className: "tab-row" }, this.#list, add), this.#say, this.#panels);
  }

  get files() {
    const own = Object.entries(this.#open).filter(([, { isOurs }]) => !isOurs);
    return Object.fromEntries(own.map(([name, { editor, text }]) => [name, editor ? editor.text : text]));
  }

  // Put other files in the place of these.
  set(files) {
    for (const name of Object.keys(this.#open)) this.#remove(name);
    for (const name of order(Object.keys(files))) this.add(name, files[name]);
    if (!(MODELS in files)) this.#addBookstore();
    this.show(RUN);
  }

  add(name, text, { isOurs = false } = {}) {
    const tab = button(LABELS[name] ?? name, () => this.show(name), { role: "tab" });
    const panel = make("div", { role: "tabpanel", hidden: true, ariaLabel: name });
    tab.addEventListener("keydown", (event) => this.#walk(event));
    this.#open[name] = { tab, panel, text, isOurs, editor: null };
    this.#panels.append(panel);
    this.#arrange();
  }

  // place: where in it to go
  show(name, place) {
    const file = this.#open[name];
    if (!file) return;
    for (const { tab, panel } of Object.values(this.#open)) {
      tab.ariaSelected = String(tab === file.tab);
      tab.tabIndex = tab === file.tab ? 0 : -1;
      panel.hidden = panel !== file.panel;
    }
    this.#shown = name;
    if (!file.panel.childElementCount) this.#fill(name, file);
    if (place) file.editor?.focus(place);
  }

  // Of a run: { name: { places, counts } }
  mark(marks) {
    for (const [name, { editor }] of Object.entries(this.#open)) {
      if (!editor) continue;
      editor.mark(marks[name]?.places ?? []);
      editor.setCounts(marks[name]?.counts ?? {});
    }
  }

  showError({ file, line }, words) {
    this.show(file);
    this.#open[file]?.editor?.showError(line, words);
  }

  has(name) {
    return name in this.#open && !this.#open[name].isOurs;
  }

  #fill(name, file) {
    const { createEditor, completions, onRun, onChange, bookstore } = this.#options;
    if (file.isOurs) {
      const words = "The models of the bookstore, as they are. Your own take their place beside these: tables are made of them for each run.";
      const own = button("Use my own models", () => this.#useOwn(), { className: "quiet" });
      const text = make("pre", { className: "read-only", tabIndex: 0, role: "region", ariaLabel: "The bookstore’s models.py" }, bookstore);
      return file.panel.append(make("p", { className: "note" }, words), own, text);
    }
    const place = make("div", { className: "editor" });
    file.panel.append(place, ...this.#tools(name));
    const isPython = name.endsWith(".py");
    file.editor = createEditor({
      parent: place,
      text: file.text,
      label: name,
      language: isPython ? "python" : "text",
      models: isPython ? completions : null,
      onRun,
      onChange,
    });
  }

  #tools(name) {
    if (STAY.includes(name)) return [];
    const take = button(`Take ${name} away`, () => this.#takeAway(name), { className: "as-link" });
    return [make("p", { className: "note" }, take)];
  }

  #useOwn() {
    this.#remove(MODELS);
    this.add(MODELS, OWN_MODELS);
    this.show(MODELS);
    this.#options.onChange();
  }

  #addBookstore() {
    this.add(MODELS, "", { isOurs: true });
  }

  #takeAway(name) {
    const was = this.files[name];
    this.#remove(name);
    if (name === MODELS) this.#addBookstore();
    this.show(RUN);
    this.#options.onChange();
    const back = button("Bring it back", () => {
      if (name === MODELS) this.#remove(MODELS);
      this.add(name, was);
      this.show(name);
      this.#say.replaceChildren();
      this.#options.onChange();
    }, { className: "as-link" });
    this.#say.replaceChildren(`${name} is gone. `, back);
  }

  #remove(name) {
    const file = this.#open[name];
    file?.editor?.destroy();
    file?.tab.remove();
    file?.panel.remove();
    delete this.#open[name];
  }

  #ask() {
    const input = make("input", { type: "text", name: "file", required: true, placeholder: "helpers.py", autocomplete: "off", spellcheck: false });
    const form = make("form", { className: "add-file" }, make("label", {}, "Name of the file ", input), make("button", {}, "Add"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = input.value.trim();
      const wrong = wrongName(name, this.files);
      if (wrong) return this.#say.replaceChildren(form, ` ${wrong}`), input.focus();
      if (name === MODELS) this.#remove(MODELS);
      this.#say.replaceChildren();
      this.add(name, "");
      this.show(name);
      this.#options.onChange();
    });
    this.#say.replaceChildren(form);
    input.focus();
  }

  #arrange() {
    this.#list.replaceChildren(...order(Object.keys(this.#open)).map((name) => this.#open[name].tab));
  }

  // The arrows go from tab to tab.
  #walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation(); // or the page would go on to another lesson
    const names = order(Object.keys(this.#open));
    const next = names[(names.indexOf(this.#shown) + step + names.length) % names.length];
    this.show(next);
    this.#open[next].tab.focus();
  }
}

const order = (names) => {
  const first = [RUN, OTHER, MODELS];
  const rank = (name) => (first.includes(name) ? first.indexOf(name) : first.length);
  return [...names].sort((one, two) => rank(one) - rank(two) || one.localeCompare(two));
};
