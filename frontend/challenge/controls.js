// The buttons below the editor, and how far the transfer is.

import { button, make } from "./elements.js";
import { megabytes } from "./words.js";

const KEYS = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ Enter" : "Ctrl Enter";

export class Controls {
  #run;
  #stop;
  #status = make("p", { className: "note", role: "status" });

  constructor({ onRun, onStop, onReset }) {
    this.#run = button("", onRun);
    this.#run.append("Run ", make("kbd", { aria: { hidden: "true" } }, KEYS));
    this.#stop = button("Stop", onStop, { className: "quiet", hidden: true });
    const reset = button("Reset", onReset, { className: "quiet" });
    const row = make("div", { className: "controls" }, this.#run, this.#stop, reset);
    this.element = make("div", {}, row, this.#status);
  }

  // What is under way, or what came of it.
  say(words, ...more) {
    this.#status.replaceChildren(words, ...more);
  }

  // Run stays where it is, and keeps the focus.
  setBusy(isBusy) {
    if (isBusy) this.#run.setAttribute("aria-disabled", "true");
    else this.#run.removeAttribute("aria-disabled");
    if (!isBusy && document.activeElement === this.#stop) this.#run.focus();
    this.#stop.hidden = !isBusy;
  }
}

export class Transfer {
  #words = make("span");
  #bar = make("progress", { ariaLabel: "Fetching Python", value: 0 });
  #fetched;

  // fetched: bytes over the wire
  constructor(fetched) {
    this.#fetched = fetched;
    this.element = make("p", { className: "note transfer" }, this.#bar, this.#words);
  }

  // done and all are bytes without compression: what is on the wire comes in the same proportion.
  show({ done, all }) {
    this.#bar.max = all;
    this.#bar.value = done;
    const [part, whole] = [(done / all) * this.#fetched, this.#fetched].map(megabytes);
    this.#words.textContent = done < all ? `Fetching Python: ${part} of ${whole} MB` : "Python starts …";
  }
}
