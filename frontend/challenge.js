// The end of a lesson's page: hints one at a time, and the button that opens the challenge.

import { oneAtATime } from "./challenge/hints.js";
import { look, watch } from "./progress/store.js";
import { unable } from "./runtime/client.js";

const section = document.getElementById("challenge");
const find = (selector) => section.querySelector(selector);
const [button, status, solvedNote] = [".opening button", ".opening [role=status]", "[data-solved]"].map(find);
const runtime = JSON.parse(document.getElementById("challenge-runtime").textContent);

const day = (time) => new Date(time).toLocaleDateString("en-GB", { dateStyle: "medium" });

const showSolved = () => {
  const solved = look().lessons[runtime.path]?.solved;
  solvedNote.textContent = solved ? `You solved it on ${day(solved)}.` : "";
};

oneAtATime([...section.querySelectorAll(".hints details")]);

const open = async () => {
  button.removeEventListener("click", open);
  status.textContent = "Opening …";
  try {
    const { openDesk } = await import(runtime.scripts.challenge_desk);
    await openDesk(section, runtime);
  } catch (error) {
    status.textContent = `Not all of it came. Reload this page to try again. (${error.message})`;
  }
};

const why = unable();
if (why) status.textContent = `You cannot solve it here, because your own browser has to run the code. ${why}`;
else {
  button.hidden = false;
  find("[data-size]").hidden = false;
  button.addEventListener("click", open);
  watch(showSolved);
  showSolved();
}
