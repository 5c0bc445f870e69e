// A small shop. Release 2.5.0 was given a fault for every kind of failure; 2.4.0 is the same shop without them.

import { button, make, thing } from "/elements.js";
import { Film } from "/film.js";
import { load, report, request } from "/hooks.js";
import { placeOrder } from "/orders.js";
import { giftWrap, LAMP, newThings, picture, wishButton } from "/screens.js";

export class Shop {
  #app;
  #release;
  #orders;
  #leave = () => {};

  /** `orders`: the status view. */
  constructor(app, release, orders) {
    this.#app = app;
    this.#release = release;
    this.#orders = orders;
  }

  get #broken() {
    return this.#release === "2.5.0";
  }

  install(release) {
    this.#release = release;
    this.home();
  }

  /** Says anew where the person is: the engine has started over. */
  arrive() {
    report({ screen: { name: this.#app.dataset.screen } });
  }

  #url(path, more = {}) {
    return `/shop/${path}?${new URLSearchParams({ release: this.#release, ...more })}`;
  }

  #screen(name, ...content) {
    this.#leave("cancelled");
    this.#leave = () => {};
    this.#app.dataset.screen = name;
    this.#app.replaceChildren(this.#head(name), ...content);
    this.#app.scrollTop = 0;
    report({ screen: { name } });
  }

  #head(current) {
    const head = make(
      "div",
      { className: "shop-head" },
      make("h2", {}, "Corner Store"),
      make("small", {}, this.#release),
    );
    const tab = (name, show) =>
      button({ onclick: show, className: "tab", ariaCurrent: name === current ? "page" : null }, name);
    const tabs = make(
      "nav",
      { className: "tabs", ariaLabel: "Shop" },
      tab("Home", () => this.home()),
      tab("Catalogue", () => this.catalogue()),
      tab("Basket", () => this.basket()),
      tab("Orders", () => this.orders()),
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
    const icon = button(
      { id: "search-now", ariaLabel: "Search now", onclick: () => this.search(field.value) },
      "⌕",
    );
    icon.dataset.submits = "search";
    return make("div", { className: "search" }, field, icon);
  }

  home() {
    this.#screen(
      "Home",
      make("h3", {}, "New this week"),
      newThings(),
      wishButton(this.#broken),
      button({ id: "look", className: "wide", onclick: () => this.lamp() }, "Look at the lamp"),
    );
  }

  lamp() {
    const film = new Film(this.#broken);
    const name = make("h3", {}, `${LAMP.name}, ${LAMP.price}`);
    this.#screen("Lamp", name, picture(this.#url("picture")), film.element);
    this.#leave = () => film.stop();
  }

  async catalogue(earlier = 0) {
    const note = make("p", { className: "note" }, "");
    this.#screen("Catalogue", note);
    await this.#fill(this.#url("catalogue", { earlier }), "catalogue", note);
  }

  async search(words) {
    const note = make("p", { className: "note" }, "");
    this.#screen("Search", note);
    this.#app.querySelector("#search").value = words;
    await this.#fill(this.#url("search", { words }), "search", note);
  }

  async #fill(url, operation, note) {
    const end = load(operation, false);
    this.#leave = end;
    const response = await request(url).catch(() => null);
    if (!note.isConnected) return;
    const things = response?.ok ? await response.json() : null;
    end(things ? (things.length ? "succeeded" : "empty") : "failed");
    note.textContent = things ? `${things.length} things` : "The shop did not answer.";
    if (things) note.after(make("ul", { className: "things" }, ...things.map(thing)));
  }

  basket() {
    const answer = make("p", { className: "note", role: "status" }, "");
    const pay = button({ id: "checkout", className: "primary wide" }, "Check out, € 85");
    let earlier = 0;
    pay.onclick = async () => {
      const url = this.#url("checkout", { earlier: earlier++ });
      const response = await request(url, { method: "POST" }).catch(() => null);
      answer.textContent = response?.ok ? await response.json() : "Could not place the order.";
      if (!response?.ok) return;
      placeOrder(this.#broken);
      if (answer.isConnected) answer.after(this.#orders.element);
    };
    this.#screen(
      "Basket",
      make("h3", {}, "Your basket"),
      make("p", {}, "Walnut desk lamp and a fern."),
      giftWrap(this.#app, this.#broken),
      pay,
      answer,
    );
  }

  orders() {
    this.#screen("Orders", make("h3", {}, "Your orders"), this.#orders.element);
  }

  /** Does again what failed with this kind of failure, as the app's own retry would. */
  retry(kind) {
    const again = {
      slow_load: () => this.catalogue(1),
      dead_input: () => this.#app.querySelector("#search-now").click(),
      error: () => this.#app.querySelector("#checkout")?.click(),
      dead_tap: () => this.#app.querySelector("#wish")?.click(),
      rage_tap: () => this.#app.querySelector("#wish")?.click(),
      hang: () => this.#app.querySelector("#gift")?.click(),
      poor_content: () => this.lamp(),
    };
    again[kind]?.();
  }
}
