// Orders: what the shop's own backend would say of them, and the status view that the engine fills.

import { make } from "/elements.js";
import { report } from "/hooks.js";

const SIGNS = { scheduled: "○", processing: "◔", delayed: "!", sent: "✓", failed: "✕" };

let number = 1042;

/** Follows a new order. The broken release's warehouse never hears of it. */
export function placeOrder(broken) {
  const id = `order-${number}`;
  const title = `Order ${number++}`;
  const say = (progress) => report({ operation: { id, progress } });
  report({
    operation: {
      id,
      title,
      progress: "scheduled",
      expected_within_ms: 8_000,
      faq_url: "https://shop.example/help/orders",
    },
  });
  setTimeout(say, 1_200, "processing");
  if (!broken) setTimeout(say, 4_000, "sent");
}

/** The status view. One element, moved to the screen that shows it. */
export class Orders {
  element = make("section", {
    className: "orders",
    ariaLabel: "Your orders",
    ariaLive: "polite",
    data: { amends: "status" },
  });
  #language = "en";
  #list = [];
  #open;

  /** `open`: follows a link. */
  constructor(open) {
    this.#open = open;
    this.#draw();
  }

  set language(tag) {
    this.#language = tag;
    this.#draw();
  }

  show(list) {
    this.#list = list;
    this.#draw();
  }

  #draw() {
    const cards = this.#list.map((order) => this.#card(order));
    const none = make("p", { className: "note" }, "No orders yet.");
    this.element.replaceChildren(...(cards.length ? cards : [none]));
  }

  #time(unixMs) {
    const when = new Intl.DateTimeFormat(this.#language, { timeStyle: "medium" }).format(unixMs);
    return make("time", { dateTime: new Date(unixMs).toISOString() }, when);
  }

  #card({ title, id, progress, steps, expected_by_unix_ms: expected, faq_url: url, faq_text: faq }) {
    const step = ({ progress: reached, text, unix_ms: at }, index) =>
      make(
        "li",
        { className: reached, ariaCurrent: index === steps.length - 1 ? "step" : null },
        make("span", { className: "sign", ariaHidden: "true" }, SIGNS[reached]),
        make("span", { className: "step" }, text),
        this.#time(at),
      );
    const card = make(
      "article",
      { className: "order", data: { progress } },
      make("h4", {}, title ?? id),
      make("ol", { dir: "auto" }, ...steps.map(step)),
    );
    const late = progress === "delayed" ? "It was expected by " : "Expected by ";
    const over = progress === "sent" || progress === "failed";
    if (expected && !over) card.append(make("p", { className: "note" }, late, this.#time(expected)));
    if (url) {
      const link = make("a", { href: url, dir: "auto" }, faq);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.#open(url);
      });
      card.append(link);
    }
    return card;
  }
}
