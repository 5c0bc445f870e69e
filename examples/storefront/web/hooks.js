// The platform layer of this demo: turns what happens in the shop into the engine's events, as the Kotlin and Swift
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

// What is drawn for the engine is not the app's own reaction.
const isOurs = (node) => (node.closest ? node : node.parentElement)?.closest("[data-amends]");

/** Watches the shop's screen: taps, submits, pictures, and any sign that the app reacted. */
export function watch(app) {
  app.addEventListener("click", (event) => tapped(app, event), true);
  app.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=search]")) {
        report({ submit: { target: targetOf(event.target), via: "enter" } });
      }
    },
    true,
  );
  app.addEventListener("scroll", () => report({ reaction: "scroll" }), true);
  // A caret is a reaction; the focus ring on a tapped button is not.
  app.addEventListener("focusin", (event) => {
    if (event.target.matches("input")) report({ reaction: "focus" });
  });
  app.addEventListener("load", (event) => event.target.matches("img") && report({ content: "good" }), true);
  app.addEventListener(
    "error",
    (event) => event.target.matches("img") && report({ content: "broken_image" }),
    true,
  );
  let told = false;
  new MutationObserver((changes) => {
    if (told || changes.every(({ target }) => isOurs(target))) return;
    told = true;
    requestAnimationFrame(() => {
      told = false;
    });
    report({ reaction: "frame" });
  }).observe(app, { childList: true, subtree: true, characterData: true });
}

function tapped(app, event) {
  const element = event.target.closest("button, a, input") ?? event.target;
  if (isOurs(element)) return;
  const frame = app.getBoundingClientRect();
  // A key pressed on a button clicks in its middle.
  const box = element.getBoundingClientRect();
  const byKey = event.detail === 0;
  const x = Math.round((byKey ? box.x + box.width / 2 : event.clientX) - frame.x);
  const y = Math.round((byKey ? box.y + box.height / 2 : event.clientY) - frame.y);
  report({ tap: { target: targetOf(element), role: roleOf(element), enabled: !element.disabled, x, y } });
  const field = element.dataset.submits && app.querySelector(`#${element.dataset.submits}`);
  if (field) report({ submit: { target: targetOf(field), via: "icon" } });
}

let nextNumber = 1;

/** A request whose beginning and end the engine hears of. */
export async function request(url, options) {
  const number = nextNumber++;
  // Without what is after the question mark: by it a retry is known, and words that were typed stay out of it.
  const operation = `${options?.method ?? "GET"} ${url.split("?")[0]}`;
  report({ request_started: { request: number, operation } });
  try {
    const response = await fetch(url, options);
    report({ request_ended: { request: number, end: { status: response.status } } });
    return response;
  } catch (error) {
    report({ request_ended: { request: number, end: "unreachable" } });
    throw error;
  }
}

/** Something the person waits for. The returned function ends it. */
export function load(operation, progress) {
  const number = nextNumber++;
  report({ load_started: { load: number, kind: "content", progress, operation } });
  let over = false;
  return (end) => {
    if (over) return;
    over = true;
    report({ load_ended: { load: number, end } });
  };
}

/** A film that plays. The returned function says what happens to it. */
export function playback() {
  const number = nextNumber++;
  return (change) => report({ playback: { playback: number, change } });
}
