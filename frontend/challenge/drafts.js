// The reader's code for a lesson, kept in this browser with the rest of their progress.

import { MOST_CODE } from "../progress/kept.js";
import { change, look, TROUBLE } from "../progress/store.js";
import { figure } from "./words.js";

const PAUSE = 500; // ms without a key until the code is kept
const TOO_LONG = `Your code is too long to be kept: it has over ${figure(MOST_CODE)} characters.`;

const now = () => new Date().toISOString();

export class Draft {
  #path;
  #first;
  #stamp;
  #stampNow;
  #say;
  #unkept = null; // a text
  #timer;

  // first: the lesson's own code, whose stamp this is. say(sentence): why the reader's cannot be kept
  constructor({ path, first, stamp, say }) {
    const kept = look().lessons[path]?.code;
    this.text = kept?.text ?? first; // where the reader goes on
    this.isStale = kept !== undefined && kept.stamp !== stamp; // whether the lesson has changed since
    this.#path = path;
    this.#first = first;
    this.#stamp = kept?.stamp ?? stamp;
    this.#stampNow = stamp;
    this.#say = say;
    addEventListener("pagehide", () => this.keep());
  }

  write(text) {
    this.#unkept = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
  }

  // What is kept already may have been forgotten in another tab since.
  keep() {
    clearTimeout(this.#timer);
    const text = this.#unkept;
    this.#unkept = null;
    if (text === null) return;
    if (text.length > MOST_CODE) return this.#say(TOO_LONG);
    const trouble = change((kept) => {
      const lesson = kept.lesson(this.#path);
      if (text === this.#first) delete lesson.code;
      else lesson.code = { text, stamp: this.#stamp, time: now() };
      kept.tidy(this.#path);
    });
    if (trouble) this.#say(TROUBLE[trouble]);
  }

  // The reader has seen that the lesson has changed.
  settle(text) {
    this.#stamp = this.#stampNow;
    this.write(text);
    this.keep();
  }
}

// Return why it cannot be kept, as a sentence, or null where it is.
export const keepSolved = (path) => {
  const trouble = change((kept) => {
    kept.lesson(path).solved ??= now();
  });
  return trouble && TROUBLE[trouble];
};
