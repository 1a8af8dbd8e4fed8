// The page of free play: opens what its address holds, and keeps the address as the code is.

import { make } from "./challenge/elements.js";
import { Desk } from "./play/desk.js";
import { fromLink, toLink } from "./play/link.js";
import { blank, checked } from "./play/sketch.js";
import { unable } from "./runtime/client.js";

const PAUSE = 500; // ms without an edit until the address has it
const LONGEST = 60_000; // characters of an address

const page = JSON.parse(document.getElementById("play-page").textContent);
const place = document.getElementById("play");
const said = document.getElementById("play-said");
let ours = location.hash; // the fragment that this page has written itself
let timer;

const readJson = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server does not give ${url}: ${response.status}.`);
  return response.json();
};

const say = (...words) => said.replaceChildren(...words);

const keep = (desk) => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const link = await toLink(desk.sketch);
    if (link.length > LONGEST) return say("This code is too long for an address: save it as a file before you leave the page.");
    ours = link;
    history.replaceState({ own: true }, "", link);
  }, PAUSE);
};

// Return { sketch, words } of what the address names.
const asked = async () => {
  const named = /^#lesson=([\w-]+\/[\w-]+)$/.exec(location.hash);
  if (named) {
    const { files, books, title, url } = await readJson(`${page.home}lessons/${named[1]}/play.json`);
    return { sketch: checked({ files, books }), words: ["This is the code of the lesson ", make("a", { href: url }, title), ". Change it as you like."] };
  }
  const linked = await fromLink(location.hash);
  if (!linked) return { sketch: blank(), words: [] };
  const words = history.state?.own ? [] : ["This code came with the link, and somebody else may have written it. Read it before you run it: it runs in your browser, apart from this site."];
  return { sketch: linked.sketch, words };
};

const load = async (desk) => {
  try {
    const { sketch, words } = await asked();
    desk.open(sketch);
    say(...words);
  } catch (error) {
    if (!Object.keys(desk.sketch.files).length) desk.open(blank()); // else what was open stays
    say(error.message);
  }
};

const open = async () => {
  const { editor, runtime } = page.scripts;
  const [completions, { createEditor }, { Runtime }] = await Promise.all([readJson(page.models), import(editor), import(runtime)]);
  let isOpen = false;
  const desk = new Desk({
    tools: { createEditor, completions, runtime: new Runtime(page.python) },
    fetched: page.fetched,
    bookstore: page.bookstore,
    embed: page.embed,
    onChange: () => isOpen && keep(desk),
  });
  place.replaceChildren(desk.element);
  await load(desk);
  isOpen = true;
  addEventListener("hashchange", () => location.hash !== ours && load(desk));
};

const why = unable();
if (why) say(`You cannot play here, because your own browser has to run the code. ${why}`);
else open().catch((error) => say(`Not all of it came. Reload this page to try again. (${error.message})`));
