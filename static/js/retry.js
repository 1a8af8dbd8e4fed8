// Tries again by itself, as the page says, a few times at the most: after its seconds, which are a promise where there is
// a ticket, and otherwise twice as long each time. What was asked for stays in the address. A reader who looks elsewhere
// is waited for.

const MOST = 5;
const note = document.querySelector("[data-retry]");
const ticket = new URL(document.querySelector(".retry a").href).searchParams.get("ticket");
const tries = history.state?.tries ?? 0;
const seconds = Number(note.dataset.retry) * (ticket ? 1 : 2 ** tries);

const tryAgain = () => {
  const address = new URL(location);
  if (ticket) address.searchParams.set("ticket", ticket);
  history.replaceState({ ...history.state, tries: tries + 1 }, "", address);
  location.reload();
};

const whenSeen = () => {
  if (!document.hidden) tryAgain();
  else document.addEventListener("visibilitychange", tryAgain, { once: true });
};

const say = (text) => {
  note.querySelector("span").textContent = text;
};

if (tries < MOST) {
  const timer = setTimeout(whenSeen, seconds * 1000);
  say(`This page tries by itself in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`);
  note.querySelector("button").addEventListener("click", () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", tryAgain);
    note.querySelector("button").remove();
    say("It waits for you now.");
  });
} else {
  note.querySelector("button").remove();
  say(`This page has tried ${MOST} times. Try again later.`);
}
note.hidden = false;
