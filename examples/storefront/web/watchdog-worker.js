// Asks the page's main thread for a sign of life, sleeps, and looks whether it came. A sleep that took much longer than
// asked for means that the whole browser was suspended.

const SLEEP_MS = 250;
const WORTH_TELLING_MS = 250;

let askedAt = null;
let longest = 0;
let slept = performance.now();

addEventListener("message", () => {
  const blocked = Math.round(performance.now() - askedAt);
  if (blocked >= WORTH_TELLING_MS) postMessage({ blocked, asked: SLEEP_MS, took: Math.round(longest) });
  askedAt = null;
});

setInterval(() => {
  const now = performance.now();
  longest = askedAt === null ? 0 : Math.max(longest, now - slept);
  slept = now;
  if (askedAt !== null) return;
  askedAt = now;
  postMessage(null);
}, SLEEP_MS);
