// Python that answers what window.answers says: by what is to be done, a reply, { end: [why, message] }, or nothing for
// one that never comes. window.start: "never", or [why, message] of why it does not start.

export class Ended extends Error {
  constructor(why, message = "") {
    super(message);
    this.why = why;
  }
}

window.asked = [];

export class Runtime {
  #stop = () => {};

  constructor(addresses) {
    window.addresses = addresses;
  }

  get isReady() {
    return !window.start;
  }

  async start(onProgress = () => {}) {
    onProgress({ done: 5e6, all: 10e6 });
    if (window.start === "never") await new Promise(() => {});
    if (window.start) throw new Ended(...window.start);
    onProgress({ done: 10e6, all: 10e6 });
  }

  async ask(message) {
    window.asked.push(message);
    await this.start();
    const reply = window.answers[message.do];
    if (reply?.end) throw new Ended(...reply.end);
    if (reply) return reply;
    return new Promise((resolve, reject) => {
      this.#stop = reject;
    });
  }

  stop() {
    this.#stop(new Ended("stopped"));
  }
}
