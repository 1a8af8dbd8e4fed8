// Lets a mouse drag the turns of a race into another order: dropped, the form of the order runs it.
// Buttons do the same without a mouse, and links without JavaScript.

const rowsOf = (table) => [...table.querySelectorAll("tbody tr[data-session]")];

let drag = null; // { table, row, rows, target, after }

const unmark = () => {
  for (const row of drag.rows) {
    row.classList.remove("dragged", "drop-before", "drop-after");
  }
};

const aim = (y) => {
  unmark();
  drag.row.classList.add("dragged");
  drag.target = drag.rows.find((row) => y < row.getBoundingClientRect().bottom) ?? drag.rows.at(-1);
  const { top, height } = drag.target.getBoundingClientRect();
  drag.after = y > top + height / 2;
  if (drag.target !== drag.row) {
    drag.target.classList.add(drag.after ? "drop-after" : "drop-before");
  }
};

const reordered = () => {
  const others = drag.rows.filter((row) => row !== drag.row);
  const at = others.indexOf(drag.target);
  if (at >= 0) {
    others.splice(at + (drag.after ? 1 : 0), 0, drag.row);
  }
  const names = (at >= 0 ? others : drag.rows).map((row) => row.dataset.session);
  return names.join(" ");
};

const end = () => {
  unmark();
  drag = null;
};

document.addEventListener("pointerdown", (event) => {
  const element = event.target instanceof Element ? event.target : null;
  const row = element?.closest("[data-reorders] tbody tr[data-session]");
  if (!row || event.pointerType !== "mouse" || event.button !== 0 || element.closest("a, summary, pre, input")) {
    return;
  }
  const table = row.closest("table");
  drag = { table, row, rows: rowsOf(table), target: row, after: false, y: event.clientY };
});

document.addEventListener("pointermove", (event) => {
  if (drag && (drag.moves || Math.abs(event.clientY - drag.y) > 4)) {
    drag.moves = true;
    getSelection().removeAllRanges();
    aim(event.clientY);
  }
});

document.addEventListener("pointerup", () => {
  if (!drag) {
    return;
  }
  const { form } = document.getElementById("schedule");
  const was = drag.rows.map((row) => row.dataset.session).join(" ");
  const now = reordered();
  if (now !== was) {
    form.elements.schedule.value = now;
    form.requestSubmit();
  }
  end();
});

document.addEventListener("pointercancel", () => drag && end());
document.addEventListener("keydown", (event) => drag && event.key === "Escape" && end());
