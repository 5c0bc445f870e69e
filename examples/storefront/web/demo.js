// The demo around the phone: puts shop, banner, drawer, controls and the canary's frame together.

import { Banner, Toast } from "/banner.js";
import { Controls } from "/controls.js";
import { Drawer } from "/drawer.js";
import { report, watch } from "/hooks.js";
import { Orders } from "/orders.js";
import { Shop } from "/shop.js";
import { Try } from "/try.js";
import { guard } from "/watchdog.js";

const get = (id) => document.getElementById(id);
const app = get("app");

const about = await (await fetch("/phone")).json();
get("canary").src = about.canary;
get("canary-link").href = about.canary;

const toast = new Toast(get("toast"));
const orders = new Orders((url) => toast.say(`The app would open ${url}`));
orders.show(about.operations);
const shop = new Shop(app, about.release, orders);
const controls = new Controls(about, orders, () => shop.home());
const banner = new Banner(get("banner"), ({ action, label, url }, { kind }) => {
  if (action === "retry") shop.retry(kind);
  else if (action === "status") toast.say(`The app would open ${url}`);
  else toast.say(`“${label}”: the app would open its chat`);
});
const drawer = new Drawer(get("lines"), get("latest"));
const faults = new Try(get("faults"), shop, app);

function addLine(line) {
  if (!drawer.add(line)) return;
  if (line.sort === "start") faults.reset();
  if (line.kind) faults.decided(line.kind, line.text);
}

// --- What the engine wants -----------------------------------------------------------------------------------------

const carryOut = {
  show: (message) => banner.show(message),
  ask: (question) => banner.ask(question),
  hide: ({ id }) => banner.hide(id),
  operations: ({ list }) => orders.show(list),
  line: addLine,
  restarted: ({ release, home }) => {
    banner.close(null);
    setAway(false);
    document.body.dataset.release = release;
    controls.arrive();
    if (home) shop.install(release);
    else shop.arrive();
  },
};

const live = new EventSource("/phone/live");
live.onmessage = ({ data }) => {
  const news = JSON.parse(data);
  carryOut[news.type]?.(news);
};
live.onopen = async () => {
  for (const line of await (await fetch("/phone/log")).json()) addLine(line);
  // Ready is who has said where the person is.
  await report();
  document.body.dataset.ready = "true";
};

// --- The phone's own button ----------------------------------------------------------------------------------------

const home = get("home");
function setAway(away) {
  home.setAttribute("aria-pressed", String(away));
  get("home-text").textContent = away ? "Come back to the app" : "Leave the app";
  app.inert = away;
}
home.addEventListener("click", () => {
  const away = home.getAttribute("aria-pressed") === "false";
  setAway(away);
  if (away) banner.close(null);
  report(away ? "background" : "foreground");
});

document.body.dataset.release = about.release;
watch(app);
guard();
controls.arrive();
shop.home();
