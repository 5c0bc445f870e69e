// Who holds the phone, what the app was told, and what becomes of the phone.

import { make } from "/elements.js";
import { report } from "/hooks.js";

const LANGUAGES = "en de fr es pt it nl sv pl cs uk ru tr ar he hi ja ko zh id".split(" ");
const MINUTE = 60_000;

const get = (id) => document.getElementById(id);

async function post(path, body = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) get("problem").textContent = `The phone said no: ${await answer.text()}`;
}

/** What is known of the checkout's errors. */
const incident = (now) => ({
  id: "checkout-503",
  state: "identified",
  kinds: ["error"],
  since: new Date(now - 25 * MINUTE).toISOString(),
  eta: new Date(now + 20 * MINUTE).toISOString(),
  workaround: { en: "Your basket is safe.", de: "Dein Warenkorb ist sicher." },
  status_url: "https://status.shop.example",
});

function nameOf(tag) {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  return name[0].toLocaleUpperCase(tag) + name.slice(1);
}

export class Controls {
  #name = get("name");
  #language = get("language");
  #segment = get("segment");
  #quiet = get("quiet");
  #optOut = get("opt-out");
  #document;

  /** `about`: the phone; `orders`: the status view; `home`: the way to the shop's first screen. */
  constructor(about, orders, home) {
    this.#document = about.document;
    document.querySelector(`input[name=release][value="${about.release}"]`).checked = true;
    this.#language.append(...LANGUAGES.map((tag) => make("option", { value: tag }, nameOf(tag))));
    this.#name.value = localStorage.getItem("name") ?? "";
    get("tone").value = this.#document.tone ?? "plain";
    get("incident").checked = Boolean(this.#document.incidents?.length);
    this.#listen(orders, home);
  }

  /** What an app tells at its start. */
  arrive() {
    report("foreground", ...this.#person());
    report({ languages: { tags: [this.#language.value] } }, { opt_out: this.#optOut.value });
    if (this.#quiet.checked) report("pause");
  }

  // A change of the name is a change of the person: the segment is said anew.
  #person() {
    return [
      { person: { name: this.#name.value || null } },
      { segment: { name: this.#segment.value || null } },
    ];
  }

  #listen(orders, home) {
    let typing;
    this.#name.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        localStorage.setItem("name", this.#name.value);
        report(...this.#person());
      }, 200);
    });
    this.#segment.addEventListener("change", () => report(...this.#person()));
    this.#language.addEventListener("change", () => {
      orders.language = this.#language.value;
      report({ languages: { tags: [this.#language.value] } });
    });
    this.#quiet.addEventListener("change", () => report(this.#quiet.checked ? "pause" : "resume"));
    this.#optOut.addEventListener("change", () => report({ opt_out: this.#optOut.value }));
    get("tone").addEventListener("change", () => this.#tell({ tone: get("tone").value }));
    get("incident").addEventListener("change", () =>
      this.#tell({ incidents: get("incident").checked ? [incident(Date.now())] : [] }),
    );
    for (const radio of document.querySelectorAll("input[name=release]")) {
      radio.addEventListener("change", () => post("/phone/release", { release: radio.value }));
    }
    get("new-session").addEventListener("click", () => {
      report("new_session");
      home();
    });
    get("tomorrow").addEventListener("click", () => post("/phone/tomorrow"));
    get("new-phone").addEventListener("click", () => post("/phone/new"));
    document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
  }

  #tell(change) {
    this.#document = { ...this.#document, ...change };
    return post("/phone/document", this.#document);
  }
}
