// What the platform draws for the engine: the apology, the make-good, the question. It comes without taking the focus,
// stays as long as somebody is at it, and leaves by ×, Esc, an answer or its time.

import { button, make } from "/elements.js";
import { report } from "/hooks.js";

const SIGNS = { apology: "!", make_good: "✓", question: "?" };

export class Banner {
  #element;
  #act;
  #shown = null;
  #before = null;

  /** `act`: carries out a button: its action, the message. */
  constructor(element, act) {
    this.#element = element;
    this.#act = act;
    const stays = () => clearTimeout(this.#shown?.timer);
    const goesOn = () => this.#count();
    element.addEventListener("pointerenter", stays);
    element.addEventListener("pointerleave", goesOn);
    element.addEventListener("focusin", (event) => {
      if (!element.contains(event.relatedTarget)) this.#before = event.relatedTarget;
      stays();
    });
    element.addEventListener("focusout", goesOn);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close("dismissed");
    });
  }

  show(message) {
    const buttons = message.actions.map((action) =>
      button(
        {
          onclick: () => {
            this.close(action.action);
            this.#act(action, message);
          },
        },
        action.label,
      ),
    );
    this.#draw(message, message.purpose, buttons);
  }

  ask(question) {
    const buttons = question.answers.map((label, index) =>
      button({ data: { answer: index + 1 }, onclick: () => this.#answer(question.id, index + 1) }, label),
    );
    this.#draw(question, "question", buttons);
  }

  /** Takes away the message with this number; one that is not there was not shown. */
  hide(id) {
    if (this.#shown?.id === id) this.close(null);
    else report({ not_shown: { message: id } });
  }

  /** Takes away what is there, and reports how it ended, unless the engine knows. */
  close(response) {
    if (!this.#shown) return;
    clearTimeout(this.#shown.timer);
    if (response) report({ responded: { message: this.#shown.id, response } });
    this.#shown = null;
    const hadFocus = this.#element.contains(document.activeElement);
    this.#element.hidden = true;
    this.#element.replaceChildren();
    if (hadFocus && this.#before?.isConnected) this.#before.focus();
  }

  #answer(question, answer) {
    report({ answered: { question, answer } });
    this.close(null);
  }

  #draw(said, purpose, buttons) {
    this.close(null);
    const element = this.#element;
    element.lang = said.language;
    element.dir = said.right_to_left ? "rtl" : "ltr";
    element.dataset.purpose = purpose;
    const dismiss = button(
      { id: "banner-close", ariaLabel: said.dismiss, onclick: () => this.close("dismissed") },
      "×",
    );
    element.replaceChildren(
      make("span", { className: "sign", ariaHidden: "true" }, SIGNS[purpose]),
      make("p", { id: "banner-text" }, said.text),
      dismiss,
    );
    if (buttons.length) element.append(make("div", { className: "actions" }, ...buttons));
    element.hidden = false;
    this.#shown = { id: said.id, ms: said.on_screen_ms, timer: null };
    this.#count();
    // Drawn is what has been through a frame.
    requestAnimationFrame(() => requestAnimationFrame(() => report({ shown: { message: said.id } })));
  }

  #count() {
    if (!this.#shown) return;
    clearTimeout(this.#shown.timer);
    if (this.#element.matches(":hover, :focus-within")) return;
    this.#shown.timer = setTimeout(() => this.close("expired"), this.#shown.ms);
  }
}

/** A short note of what the app would do now. */
export class Toast {
  #element;
  #timer;

  constructor(element) {
    this.#element = element;
  }

  say(text) {
    clearTimeout(this.#timer);
    this.#element.textContent = text;
    this.#element.hidden = false;
    this.#timer = setTimeout(() => {
      this.#element.hidden = true;
    }, 4_000);
  }
}
