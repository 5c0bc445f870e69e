// Small helpers for elements.

/** An element with properties, data and content. */
export function make(tag, { data = {}, ...properties } = {}, ...content) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  Object.assign(element.dataset, data);
  element.append(...content);
  return element;
}

export const button = (properties, ...content) =>
  make("button", { type: "button", ...properties }, ...content);

/** A thing for sale, as a card. */
export function thing({ name, price, look }) {
  return make(
    "li",
    {},
    make("div", { className: `swatch ${look}` }),
    make("strong", {}, name),
    make("span", {}, price),
  );
}
