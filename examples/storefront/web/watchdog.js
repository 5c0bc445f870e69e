// The hang hook: a thread of its own that notices when the page's main thread does not answer.

import { report } from "/hooks.js";

export function guard() {
  const dog = new Worker("/watchdog-worker.js");
  dog.onmessage = ({ data: hang }) => {
    if (!hang) return dog.postMessage(null);
    // Nobody waits for a page that is not on the screen.
    if (document.visibilityState !== "visible") return;
    report({ hang: { blocked_ms: hang.blocked, sleep_asked_ms: hang.asked, sleep_took_ms: hang.took } });
  };
}
