// The platform layer of this demo: turns what happens in the shop into events for the engine, as the Kotlin and Swift
// hooks do on a phone. It decides nothing.

let waiting = [];
let sending = Promise.resolve();

/** Reports events to the engine, in order. */
export function report(...events) {
  waiting.push(...events);
  sending = sending.then(flush);
  return sending;
}

async function flush() {
  if (waiting.length === 0) return;
  const body = JSON.stringify(waiting);
  waiting = [];
  await fetch("/phone/events", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => {});
}

const targets = new WeakMap();
let nextTarget = 1;

function targetOf(element) {
  if (!targets.has(element)) targets.set(element, nextTarget++);
  return targets.get(element);
}

function roleOf(element) {
  if (element.matches("input, textarea")) return "text_field";
  if (element.closest("nav")) return "tab";
  if (element.matches("a")) return "link";
  return element.matches("button") ? "button" : "plain";
}

/** Watches the shop's screen: taps, submits, and any sign that the app reacted. */
export function watch(app) {
  app.addEventListener(
    "click",
    (event) => {
      const element = event.target.closest("button, a, input") ?? event.target;
      report({ type: "tap", target: targetOf(element), role: roleOf(element), enabled: !element.disabled });
      const field = element.dataset.submits && app.querySelector(`#${element.dataset.submits}`);
      if (field) report({ type: "submit", target: targetOf(field), via: "icon" });
    },
    true,
  );
  app.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=search]")) {
        report({ type: "submit", target: targetOf(event.target), via: "enter" });
      }
    },
    true,
  );
  app.addEventListener("scroll", () => report({ type: "reaction", what: "scroll" }), true);
  // A caret is a reaction; the focus ring on a tapped button is not.
  app.addEventListener("focusin", (event) => {
    if (event.target.matches("input")) report({ type: "reaction", what: "focus" });
  });
  let told = false;
  new MutationObserver(() => {
    if (told) return;
    told = true;
    requestAnimationFrame(() => {
      told = false;
    });
    report({ type: "reaction", what: "frame" });
  }).observe(app, { childList: true, subtree: true, characterData: true });
}

let nextNumber = 1;

/** A request whose beginning and end the engine hears of. */
export async function request(url, options) {
  const number = nextNumber++;
  report({ type: "request_started", request: number });
  try {
    const response = await fetch(url, options);
    report({ type: "request_ended", request: number, status: response.status });
    return response;
  } catch (error) {
    report({ type: "request_ended", request: number, status: null });
    throw error;
  }
}

/** Something the person waits for. The returned function ends it. */
export function load(operation, progress) {
  const number = nextNumber++;
  report({ type: "load_started", load: number, operation, progress });
  let over = false;
  return (end) => {
    if (over) return;
    over = true;
    report({ type: "load_ended", load: number, end });
  };
}
