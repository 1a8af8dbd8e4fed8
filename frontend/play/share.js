// What a reader takes along: a link, an embedding, Markdown, a file; and what they bring back.

import { button, make } from "../challenge/elements.js";
import { figure } from "../challenge/words.js";
import { toLink } from "./link.js";
import { toMarkdown } from "./markdown.js";
import { checked } from "./sketch.js";

const LONGEST = 8_000; // characters of a link that programs for chat and mail leave whole
const FILE = "queryshelf-play.json";

export class Share {
  #desk;
  #embed; // address of the page for it
  #status = make("p", { className: "note", role: "status" });
  #shown = make("textarea", { rows: 4, readOnly: true, hidden: true, ariaLabel: "What to copy" });

  // desk: { sketch, result, replace(sketch, words) }
  constructor(desk, embed) {
    this.#desk = desk;
    this.#embed = embed;
    const input = make("input", { type: "file", accept: ".json,application/json", hidden: true });
    input.addEventListener("change", () => this.#openFile(input));
    const buttons = [
      button("Copy link", () => this.#copyLink(), { className: "quiet" }),
      button("Copy as Markdown", () => this.#copyMarkdown(), { className: "quiet" }),
      button("Copy for embedding", () => this.#copyEmbed(), { className: "quiet" }),
      button("Save as a file", () => this.#save(), { className: "quiet" }),
      button("Open a file", () => input.click(), { className: "quiet" }),
    ];
    this.element = make(
      "details",
      { className: "folded share" },
      make("summary", {}, "Share it"),
      make("p", { className: "note" }, "The link carries the code itself. Nothing is stored anywhere, and no server sees it."),
      make("div", { className: "controls" }, ...buttons, input),
      this.#status,
      this.#shown,
    );
  }

  async #copyLink() {
    const link = await this.#link();
    if (link.length > LONGEST) {
      const words = `The link has ${figure(link.length)} characters, and some programs would cut it. Send a file instead.`;
      return this.#say(words);
    }
    await this.#copy(link, "The link is copied.");
  }

  async #copyMarkdown() {
    const { sketch, result } = this.#desk;
    await this.#copy(toMarkdown(sketch, result, await this.#link()), result ? "Copied, with the last result." : "Copied. Run it first to have its result too.");
  }

  async #copyEmbed() {
    const { sketch, result } = this.#desk;
    if (!result) return this.#say("Run it first: the embedded page shows the last result.");
    const address = new URL(this.#embed, location.href);
    const html = `<iframe src="${address}${await toLink(sketch, { result })}" title="Django ORM, with its SQL" width="100%" height="480" loading="lazy"></iframe>`;
    await this.#copy(html, "The HTML is copied. It shows the code and the last result, and runs nothing.");
  }

  #save() {
    const text = JSON.stringify({ queryshelf: 1, ...this.#desk.sketch }, null, 1);
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: FILE });
    link.click();
    URL.revokeObjectURL(link.href);
    this.#say(`Saved as ${FILE}.`);
  }

  async #openFile(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      const value = JSON.parse(await file.text());
      if (value.queryshelf !== 1) throw new Error("It was not saved here.");
      this.#desk.replace(checked(value), `This is the code of ${file.name}.`);
    } catch (error) {
      this.#say(`${file.name} cannot be opened. ${error instanceof SyntaxError ? "It is no JSON." : error.message}`);
    }
  }

  async #link() {
    const { origin, pathname } = location;
    return `${origin}${pathname}${await toLink(this.#desk.sketch)}`;
  }

  // Without a clipboard the text is shown, to be copied by hand.
  async #copy(text, words) {
    this.#shown.hidden = true;
    try {
      await navigator.clipboard.writeText(text);
      this.#say(words);
    } catch {
      this.#shown.hidden = false;
      this.#shown.value = text;
      this.#shown.select();
      this.#say("This browser lets no page copy. Copy it from here:");
    }
  }

  #say(words) {
    this.#status.textContent = words;
  }
}
