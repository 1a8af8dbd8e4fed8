// A set of lessons that the reader walks: kept once its page is opened, with a bar on top of each of its lessons.

import { change, look } from "./store.js";

const root = document.documentElement;
const part = (name) => document.querySelector(`[data-walk="${name}"]`);

// The page of a set: keep it, and say where the reader was.
export const open = (set) => {
  change((kept) => {
    kept.set = set;
  });
  const kept = look();
  const was = set.lessons.findIndex(({ path }) => path === kept.places[set.url]);
  if (was < 0) return;
  const at = kept.lessons[set.lessons[was].path]?.done && was + 1 < set.lessons.length ? was + 1 : was;
  const start = part("start");
  start.firstElementChild.textContent = `Continue: lesson ${at + 1}, ${set.lessons[at].title}`;
  start.href = set.lessons[at].url;
};

// A link that leads nowhere stays, so that the others keep their places.
const lead = (link, to) => {
  if (to) link.href = to;
  else link.removeAttribute("href");
};

const neighbour = (rel, label, { url, title }) => {
  const link = Object.assign(document.createElement("a"), { rel, href: url });
  const span = Object.assign(document.createElement("span"), { textContent: label });
  link.append(span, ` ${title}`);
  return link;
};

const nav = document.querySelector(".neighbours");
const ofTheCourse = [...(nav?.children ?? [])];

// The bar, and the neighbours below, on the page of the lesson at `path`.
export const walk = ({ set }, path) => {
  const at = set ? set.lessons.findIndex((each) => each.path === path) : -1;
  root.toggleAttribute("data-walks", at >= 0);
  if (at < 0) return nav.replaceChildren(...ofTheCourse);
  const [previous, next] = [set.lessons[at - 1], set.lessons[at + 1]];
  part("title").textContent = `${set.title},`;
  part("at").textContent = `${at + 1} of ${set.lessons.length}`;
  lead(part("previous"), previous?.url);
  lead(part("next"), next?.url);
  lead(part("all"), set.url);
  nav.replaceChildren(
    ...(previous ? [neighbour("prev", "Previous in the set", previous)] : []),
    next ? neighbour("next", "Next in the set", next) : neighbour("next", "The end of the set", { url: set.url, title: set.title }),
  );
};

part("leave")?.addEventListener("click", () => {
  change((kept) => {
    delete kept.set;
  });
  part("left").textContent = "You have left the set. Your progress is kept.";
  const main = document.querySelector("main");
  main.tabIndex = -1; // the button is gone: the focus goes where reading goes on
  main.focus({ preventScroll: true });
});
