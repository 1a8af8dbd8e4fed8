// In an export one page has the answer to every guess at a number: this says on it how good the reader's was, as the live
// site does. It runs at once, before frontend/progress.js looks at the score.

(() => {
  const score = document.querySelector(".score[data-answer]");
  const guess = new URLSearchParams(location.search).get("guess")?.replaceAll(",", "").trim() ?? "";
  if (!/^\d{1,15}$/.test(guess)) return;
  const { answer, value } = score.dataset;
  const [said, right] = [Number(guess), Number(value)];
  const strong = Object.assign(document.createElement("strong"), { textContent: said === right ? `Yes: ${answer}.` : answer });
  Object.assign(score.dataset, { guess: said.toLocaleString("en"), truth: answer, right: String(said === right) });
  if (said === right) return score.replaceChildren(strong);
  const near = Math.abs(said - right) * 10 <= right ? "Nearly: you said" : "You said";
  score.replaceChildren(`${near} ${said.toLocaleString("en")}. The answer is `, strong, ".");
})();
