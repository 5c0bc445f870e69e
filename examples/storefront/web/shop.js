// A small shop. Release 2.5.0 was given faults; 2.4.0 is the same shop without them.

import { load, report, request } from "/hooks.js";

export class Shop {
  #app;
  #release;
  #leave = () => {};

  constructor(app, release) {
    this.#app = app;
    this.#release = release;
  }

  get #broken() {
    return this.#release === "2.5.0";
  }

  install(release) {
    this.#release = release;
    this.home();
  }

  #url(path, words = "") {
    return `/shop/${path}?${new URLSearchParams({ release: this.#release, words })}`;
  }

  #screen(name, ...content) {
    this.#leave("cancelled");
    this.#leave = () => {};
    this.#app.dataset.screen = name;
    this.#app.replaceChildren(this.#head(name), ...content);
    this.#app.scrollTop = 0;
    report({ type: "screen", name });
  }

  #head(current) {
    const head = make(
      "div",
      { className: "shop-head" },
      make("h2", {}, "Corner Store"),
      make("small", {}, this.#release),
    );
    const tab = (name, show) =>
      make(
        "button",
        { type: "button", onclick: show, className: "tab", ariaCurrent: name === current ? "page" : null },
        name,
      );
    const tabs = make(
      "nav",
      { className: "tabs", ariaLabel: "Shop" },
      tab("Home", () => this.home()),
      tab("Catalogue", () => this.catalogue()),
      tab("Basket", () => this.basket()),
    );
    return make("div", {}, head, this.#searchField(), tabs);
  }

  #searchField() {
    const field = make("input", {
      id: "search",
      type: "search",
      placeholder: "Search the shop",
      ariaLabel: "Search",
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      // The fault: in the broken release nobody listens to Enter.
      if (!this.#broken) this.search(field.value);
    });
    const icon = make(
      "button",
      { type: "button", ariaLabel: "Search now", onclick: () => this.search(field.value) },
      "⌕",
    );
    icon.dataset.submits = "search";
    return make("div", { className: "search" }, field, icon);
  }

  home() {
    const wish = make("button", { type: "button", id: "wish" }, "Add to wish list");
    // The fault: in the broken release the button is dead.
    if (!this.#broken) wish.onclick = () => (wish.textContent = "On your wish list");
    const card = make(
      "ul",
      { className: "things" },
      thing({ name: "Walnut desk lamp", price: "€ 64", look: "lamp" }),
      thing({ name: "Fern in a pot", price: "€ 21", look: "fern" }),
    );
    this.#screen("Home", make("h3", {}, "New this week"), card, wish);
  }

  async catalogue() {
    const note = make("p", { className: "note" }, "");
    this.#screen("Catalogue", note);
    await this.#fill(this.#url("catalogue"), "catalogue", note);
  }

  async search(words) {
    const note = make("p", { className: "note" }, "");
    this.#screen("Search", note);
    this.#app.querySelector("#search").value = words;
    await this.#fill(this.#url("search", words), "search", note);
  }

  async #fill(url, operation, note) {
    const end = load(operation, false);
    this.#leave = end;
    const response = await request(url).catch(() => null);
    if (!note.isConnected) return;
    const things = response?.ok ? await response.json() : null;
    end(things ? "succeeded" : "failed");
    note.textContent = things ? `${things.length} things` : "The shop did not answer.";
    if (things) note.after(make("ul", { className: "things" }, ...things.map(thing)));
  }

  basket() {
    const answer = make("p", { className: "note", role: "status" }, "");
    const pay = make("button", { type: "button", id: "checkout", className: "primary" }, "Check out, € 85");
    pay.onclick = async () => {
      const response = await request(this.#url("checkout"), { method: "POST" }).catch(() => null);
      answer.textContent = response?.ok ? await response.json() : "Could not place the order.";
    };
    this.#screen(
      "Basket",
      make("h3", {}, "Your basket"),
      make("p", {}, "Walnut desk lamp and a fern."),
      pay,
      answer,
    );
  }
}

function thing({ name, price, look }) {
  return make(
    "li",
    {},
    make("div", { className: `swatch ${look}` }),
    make("strong", {}, name),
    make("span", {}, price),
  );
}

function make(tag, properties, ...content) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...content);
  return element;
}
