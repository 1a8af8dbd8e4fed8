// Makes elements of text alone: what a reader's code, or a run of it, says never becomes HTML.

// data: of data- attributes. aria: of aria- attributes.
export const make = (tag, { data = {}, aria = {}, ...properties } = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(aria)) element.setAttribute(`aria-${name}`, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

export const button = (text, onclick, properties = {}) =>
  make("button", { type: "button", onclick, ...properties }, text);

// A sentence with `code` in it, as nodes.
export const prose = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

// ×1,000, which is read out as “ran 1,000 times”.
export const times = (count) => {
  const read = count === 1 ? "ran once" : `ran ${count.toLocaleString("en")} times`;
  return [
    make("span", { aria: { hidden: "true" } }, `×${count.toLocaleString("en")}`),
    make("span", { className: "visually-hidden" }, read),
  ];
};
