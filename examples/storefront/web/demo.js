// The demo around the phone: name, release, sessions, the banner, the drawer and the canary's frame.

import { report, watch } from "/hooks.js";
import { Shop } from "/shop.js";

const get = (id) => document.getElementById(id);
const app = get("app");

const about = await (await fetch("/phone")).json();
get("canary").src = about.canary;
get("canary-link").href = about.canary;
document.querySelector(`input[name=release][value="${about.release}"]`).checked = true;

const shop = new Shop(app, about.release);
const name = get("name");
name.value = localStorage.getItem("name") ?? "";

/** What a phone tells at the start of its app. */
function arrive() {
  setAway(false);
  report({ type: "foreground" }, { type: "person", name: name.value || null });
}

// --- The message ---------------------------------------------------------------------------------------------------

const banner = get("banner");
let shown = null;

function show(message) {
  get("banner-text").textContent = message.text;
  banner.hidden = false;
  shown = { id: message.id, timer: setTimeout(() => close("expired"), message.on_screen_ms) };
  // Drawn is what has been through a frame.
  requestAnimationFrame(() => requestAnimationFrame(() => report({ type: "shown", message: message.id })));
}

function close(response) {
  if (!shown) return;
  clearTimeout(shown.timer);
  if (response) report({ type: "responded", message: shown.id, response });
  shown = null;
  banner.hidden = true;
}

function hide(id) {
  if (shown?.id === id) close(null);
  else report({ type: "not_shown", message: id });
}

get("banner-close").addEventListener("click", () => close("dismissed"));

// --- The drawer ----------------------------------------------------------------------------------------------------

const lines = get("lines");
const seen = new Set();

function addLine({ number, at_ms, sort, text }) {
  if (seen.has(number)) return;
  seen.add(number);
  const line = document.createElement("li");
  line.className = sort;
  line.append(
    ...[`${(at_ms / 1000).toFixed(3)} s`, sort, text].map((part) => {
      const span = document.createElement("span");
      span.textContent = part;
      return span;
    }),
  );
  line.dataset.number = number;
  // Newest first, also when older lines arrive after a live one.
  const older = [...lines.children].find((other) => Number(other.dataset.number) < number);
  lines.insertBefore(line, older ?? null);
  while (lines.children.length > 300) lines.lastChild.remove();
  if (sort === "decision") get("latest").textContent = `— ${text}`;
}

// --- What the engine wants -----------------------------------------------------------------------------------------

const live = new EventSource("/phone/live");
live.onmessage = ({ data }) => {
  const news = JSON.parse(data);
  if (news.type === "show") show(news);
  if (news.type === "hide") hide(news.id);
  if (news.type === "line") addLine(news);
  if (news.type === "restarted") {
    close(null);
    shop.install(news.release);
    arrive();
  }
};
live.onopen = async () => {
  for (const line of await (await fetch("/phone/log")).json()) addLine(line);
  document.body.dataset.ready = "true";
};

// --- The controls --------------------------------------------------------------------------------------------------

const post = (path, body = {}) =>
  fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

let typing;
name.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    localStorage.setItem("name", name.value);
    report({ type: "person", name: name.value || null });
  }, 200);
});
document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
for (const radio of document.querySelectorAll("input[name=release]")) {
  radio.addEventListener("change", () => post("/phone/release", { release: radio.value }));
}
get("new-session").addEventListener("click", () => {
  report({ type: "new_session" });
  shop.home();
});
get("new-phone").addEventListener("click", () => post("/phone/new"));

const home = get("home");
function setAway(away) {
  home.setAttribute("aria-pressed", String(away));
  get("home-text").textContent = away ? "Come back to the app" : "Leave the app";
  app.inert = away;
}
home.addEventListener("click", () => {
  const away = home.getAttribute("aria-pressed") === "false";
  setAway(away);
  if (away) close(null);
  report({ type: away ? "background" : "foreground" });
});

watch(app);
arrive();
shop.home();
