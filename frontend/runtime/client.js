// The page's side of Python in the reader's browser: fetches what it is made of, starts it in its cage, and asks it.

import { fetchAll } from "./fetching.js";

const MEMORY = 1_000_000_000; // bytes that it may take
const PATIENCE = 20; // seconds that an answer may take
const LONGEST = 5_000_000; // characters of a reply
const START = 60; // seconds that a start may take, once all is fetched

// Why there is no answer: "stopped" by the reader, "time", or "fault", of which the message tells more.
export class Ended extends Error {
  constructor(why, message = "") {
    super(message);
    this.why = why;
  }
}

// Return why this browser cannot run Python, as a sentence; or null.
export const unable = () => {
  if (typeof WebAssembly === "undefined") return "This browser has no WebAssembly, or keeps it off.";
  if (typeof Worker === "undefined") return "This browser has no workers.";
  return null;
};

export class Runtime {
  #addresses;
  #files = null; // { name: ArrayBuffer }, kept: another worker is made of the same
  #script = null; // of the worker, as a data: address
  #frame = null;
  #port = null;
  #starting = null;
  #giveUp = () => {}; // the start that is under way
  #pending = null; // the one question that is under way: { id, resolve, reject, timer }
  #asked = 0;

  // cage, worker: addresses. files: [{ name, url, bytes }]
  constructor({ cage, worker, files }) {
    this.#addresses = { cage, worker, files };
  }

  get isReady() {
    return this.#port !== null;
  }

  // Resolves when it can be asked. onProgress({ done, all }) in bytes, while it fetches. Rejects with Ended.
  start(onProgress = () => {}) {
    this.#starting ??= this.#start(onProgress).catch((error) => {
      this.#kill();
      throw error instanceof Ended ? error : new Ended("fault", error.message);
    });
    return this.#starting;
  }

  // Resolve to the reply, an object. One question at a time. Rejects with Ended.
  async ask(message, { seconds = PATIENCE } = {}) {
    await this.start();
    if (this.#pending) throw new Ended("fault", "Something else is still running.");
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(new Ended("time")), seconds * 1000);
      this.#pending = { id, resolve, reject, timer };
      this.#port.postMessage({ id, text: JSON.stringify(message) });
    });
  }

  // End what runs. The next question has a fresh Python.
  stop() {
    this.#end(new Ended("stopped"));
  }

  async #start(onProgress) {
    const { cage, worker, files } = this.#addresses;
    this.#frame ??= await this.#makeFrame(cage);
    if (!this.#files) {
      const [script, ...fetched] = await fetchAll([worker, ...files], onProgress);
      this.#script = await asDataAddress(script);
      this.#files = Object.fromEntries(files.map(({ name }, at) => [name, fetched[at]]));
    }
    const { port1, port2 } = new MessageChannel();
    const message = { script: this.#script, files: this.#files, memory: MEMORY };
    // It has no origin that could be named.
    this.#frame.contentWindow.postMessage(message, "*", [port2]);
    await this.#greeting(port1);
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#receive(data);
  }

  #makeFrame(cage) {
    const frame = document.createElement("iframe");
    // A service worker, which has it without a network, answers for no sandboxed frame: it makes one within, then.
    if (!navigator.serviceWorker?.controller) frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.title = "Where your code runs";
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Ended("fault", "The frame for your code does not answer.")), START * 1000);
      addEventListener("message", function hear({ source }) {
        if (source !== frame.contentWindow) return;
        removeEventListener("message", hear);
        clearTimeout(timer);
        resolve(frame);
      });
      frame.src = cage;
      document.documentElement.append(frame); // beside the body, which htmx may replace
    });
  }

  // Without WebAssembly in its policy a start would hang and say nothing.
  #greeting(port) {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      const timer = setTimeout(() => reject(new Ended("fault", "Python does not start in this browser.")), START * 1000);
      port.onmessage = ({ data }) => {
        clearTimeout(timer);
        if (data.ready) resolve();
        else reject(new Ended("fault", String(data.fault)));
      };
    });
  }

  // Whatever runs in the cage may send anything. What was not asked for ends it.
  #receive({ id, text, fault }) {
    if (id !== this.#pending?.id) {
      this.#end(new Ended("fault", "Your code has sent messages of its own."));
      return;
    }
    const { resolve, timer } = this.#pending;
    const reply = read(text);
    if (!reply) {
      this.#end(new Ended("fault", fault ? String(fault) : "The answer cannot be read.")); // most often of memory
      return;
    }
    this.#pending = null;
    clearTimeout(timer);
    resolve(reply);
  }

  #end(ended) {
    const pending = this.#pending;
    this.#pending = null;
    this.#giveUp(ended);
    this.#kill();
    clearTimeout(pending?.timer);
    pending?.reject(ended);
  }

  #kill() {
    this.#frame?.contentWindow.postMessage({}, "*");
    this.#port?.close();
    this.#port = this.#starting = null;
  }
}

const read = (text) => {
  if (typeof text !== "string" || text.length > LONGEST) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const asDataAddress = async (buffer) => {
  const reader = new FileReader();
  const read = new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
  });
  reader.readAsDataURL(new Blob([buffer], { type: "text/javascript" }));
  return read;
};
