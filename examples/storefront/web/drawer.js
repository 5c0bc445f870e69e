// The drawer: every event, effect and decision, newest first.

import { make } from "/elements.js";

const MOST = 300;

export class Drawer {
  #lines;
  #latest;
  #seen = new Set();

  constructor(lines, latest) {
    this.#lines = lines;
    this.#latest = latest;
  }

  /** Adds a line; says whether it is a new one. */
  add({ number, at_ms, sort, text }) {
    if (this.#seen.has(number)) return false;
    this.#seen.add(number);
    const parts = [`${(at_ms / 1000).toFixed(3)} s`, sort, text].map((part) => make("span", {}, part));
    const line = make("li", { className: sort, data: { number } }, ...parts);
    // Newest first, also when older lines arrive after a live one.
    const older = [...this.#lines.children].find((other) => Number(other.dataset.number) < number);
    this.#lines.insertBefore(line, older ?? null);
    while (this.#lines.children.length > MOST) this.#lines.lastChild.remove();
    if (sort === "decision") this.#latest.textContent = `— ${text}`;
    return true;
  }
}
