// The list of faults, so that nobody needs a manual. "Show me" leads to the place; the deed is the person's.

import { button, make } from "/elements.js";

const FAULTS = [
  { kind: "dead_input", what: "Press Enter in the search", where: "home", point: "#search" },
  { kind: "dead_tap", what: "Tap “Add to wish list”, wait 3 s", where: "home", point: "#wish" },
  { kind: "rage_tap", what: "Tap “Add to wish list” again and again", where: "home", point: "#wish" },
  { kind: "slow_load", what: "Open the catalogue, and wait", where: "home", point: "nav :nth-child(2)" },
  { kind: "error", what: "Check out", where: "basket", point: "#checkout" },
  { kind: "hang", what: "Ask for gift wrap", where: "basket", point: "#gift" },
  { kind: "poor_content", what: "Look at the lamp: a broken picture", where: "home", point: "#look" },
  {
    kind: "poor_content",
    what: "Search for “fern” by the icon",
    where: "home",
    point: "#search",
    type: "fern",
  },
  { kind: "poor_content", what: "Play the film: it stands still", where: "lamp", point: "#play" },
  { what: "Check out, try again: the order is late", where: "basket", point: "#checkout" },
];

export class Try {
  #items;

  constructor(list, shop, app) {
    this.#items = FAULTS.map((fault) => {
      const kind = make("span", { className: "kind" }, fault.kind ?? "order status");
      const item = make("li", {}, button({ onclick: () => point(fault, shop, app) }, fault.what), kind);
      list.append(item);
      return { ...fault, element: kind };
    });
  }

  /** Something was decided about a kind. */
  decided(kind, text) {
    const said = text.endsWith("said sorry");
    for (const item of this.#items.filter((item) => item.kind === kind)) {
      item.element.textContent = `${kind} ${said ? "✓ said sorry" : "✓ counted, silent"}`;
      item.element.classList.add("noticed");
    }
  }

  /** Nothing was decided yet. */
  reset() {
    for (const { element, kind } of this.#items) {
      element.textContent = kind ?? "order status";
      element.classList.remove("noticed");
    }
  }
}

function point({ where, point: selector, type }, shop, app) {
  shop[where]();
  const element = app.querySelector(selector);
  if (type) element.value = type;
  element.scrollIntoView({ block: "nearest" });
  const pointed = type ? app.querySelector("#search-now") : element;
  pointed.classList.add("pointed");
  pointed.focus({ preventScroll: true });
  pointed.addEventListener("click", () => pointed.classList.remove("pointed"), { once: true });
}
