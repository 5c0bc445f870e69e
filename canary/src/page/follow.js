// Keeps a page that the server wrote up to date: when something was counted, at most every half minute, its main part is
// fetched again. Whoever is busy in there is left alone.

const PACE = 30_000;
const here = new URL(location.href);
const state = document.querySelector('[data-testid="live-state"]');
let freshAt = Date.now();

function say(name, words) {
  state.dataset.state = name;
  if (state.textContent !== words) state.textContent = words;
}

async function refresh() {
  freshAt = Date.now();
  try {
    const answer = await fetch(here);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [fresh, old] = [page.getElementById("main"), document.getElementById("main")];
    if (!answer.ok || !fresh || old.contains(document.activeElement)) return;
    const open = [...old.querySelectorAll("details")].map((details) => details.open);
    fresh.querySelectorAll("details").forEach((details, at) => {
      details.open = open[at] ?? details.open;
    });
    old.replaceWith(document.adoptNode(fresh));
    dispatchEvent(new Event("figures"));
  } catch {
    // Away: the state says so.
  }
}

const app = here.searchParams.get("app");
const source = new EventSource(`/v1/live${app ? `?app=${encodeURIComponent(app)}` : ""}`);
let last = null;
let waiting = false;

function refreshSoon() {
  if (waiting) return;
  waiting = true;
  setTimeout(
    () => {
      waiting = false;
      refresh();
    },
    Math.max(0, freshAt + PACE - Date.now()),
  );
}

source.addEventListener("snapshot", ({ data }) => {
  say("live", "Live");
  const counted = JSON.stringify(JSON.parse(data).today);
  if (last !== null && last !== counted) refreshSoon();
  last = counted;
});
source.onerror = () => say("reconnecting", "Not live now; numbers may be old");
