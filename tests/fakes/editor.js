// A plain field in the place of the editor. It tells in window.editor what it was asked to show.

export const createEditor = ({ parent, text, label, onRun, onChange, models }) => {
  const field = Object.assign(document.createElement("textarea"), { value: text, ariaLabel: label, rows: 3 });
  field.style.width = "100%";
  field.addEventListener("input", onChange);
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.ctrlKey && onRun());
  parent.append(field);
  const told = { marks: [], counts: {}, errors: [], focused: null, models };
  window.editor = told;
  return {
    get text() {
      return field.value;
    },
    setText(anew) {
      field.value = anew;
    },
    focus(place = null) {
      told.focused = place;
      field.focus();
    },
    mark(places) {
      told.marks = places;
    },
    setCounts(counts) {
      told.counts = counts;
    },
    showError(line, message) {
      told.errors.push([line, message]);
    },
    destroy() {
      field.remove();
    },
  };
};
