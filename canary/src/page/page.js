// The live page: draws each snapshot that /v1/live sends. No names from the data become markup.

const find = (id) => document.getElementById(id);
const byTest = (name) => document.querySelector(`[data-testid="${name}"]`);
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const hundredth = new Intl.NumberFormat("en", { maximumFractionDigits: 2, minimumFractionDigits: 2 });

const KINDS = {
  slow_load: "Slow load",
  dead_tap: "Dead tap",
  rage_tap: "Rage tap",
  dead_input: "Dead input",
  error: "Error",
  hang: "Hang",
  poor_content: "Poor content",
};
const OUTCOMES = ["shown", "suppressed", "held_out", "recovered"];

const url = new URL(location.href);
let wanted = url.searchParams.get("app") || "";
let source = null;
let lastMinutes = null;
let usualAt = 0;
let lastSpoken = { count: null, at: 0 };

/** Sets text only where it differs, so that screen readers and selections are left alone. */
function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function plural(count, one, many) {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** As the server writes it: two digits below 1, one below 100. */
function rate(number) {
  if (number === null) return "–";
  if (number === 0) return "0";
  return (number < 1 ? hundredth : number < 99.95 ? tenth : whole).format(number);
}

function share(number) {
  return `${(number * 100 >= 9.95 ? whole : tenth).format(number * 100)} %`;
}

function setState(state, words) {
  const node = byTest("live-state");
  node.dataset.state = state;
  put(node, words);
}

function connect() {
  if (source) source.close();
  setState("connecting", "Connecting");
  source = new EventSource(`/v1/live${wanted ? `?app=${encodeURIComponent(wanted)}` : ""}`);
  source.addEventListener("snapshot", (event) => {
    setState("live", "Live");
    draw(JSON.parse(event.data));
  });
  source.onerror = () => {
    setState("reconnecting", "Reconnecting; numbers may be old");
    // The browser comes back by itself, except after an answer that was no stream.
    if (source.readyState === EventSource.CLOSED) explain(source).finally(() => setTimeout(connect, 2000));
  };
}

/** Shows why the stream was refused: an EventSource does not tell. */
async function explain({ url }) {
  const stop = new AbortController();
  try {
    const answer = await fetch(url, { signal: stop.signal });
    if (answer.ok) return;
    const { error } = await answer.json();
    setState("reconnecting", `Not live: ${error.message}`);
  } catch {
    // Away altogether; the words that stand are right.
  } finally {
    stop.abort();
  }
}

function draw(snapshot) {
  drawApps(snapshot);
  keepUsualFresh();
  drawLead(snapshot);
  drawOutcomes(snapshot.today);
  drawHour(snapshot.minutes);
  drawTable(byTest("by-release"), "Release", newestFirst(snapshot.by_release), "No release named");
  drawTable(byTest("by-screen"), "Screen", snapshot.by_screen, "No screen named");
  drawTable(byTest("by-kind"), "Kind of failure", snapshot.by_kind, "No kind", KINDS);
  drawTable(byTest("by-segment"), "Segment", snapshot.by_segment, "No segment named");
  drawTable(byTest("by-region"), "Region", snapshot.by_region, "No region named");
  const empty =
    snapshot.today.failures === 0 && snapshot.today.apologies === 0 && snapshot.today.opportunities === 0;
  find("teach").hidden = !empty;
  if (empty) put(find("curl"), curl());
  put(
    find("clock"),
    snapshot.clock === "data"
      ? "Time is that of the data (any clock is accepted); days are UTC."
      : "Days are UTC.",
  );
}

/** Where nothing was counted yet the first counts are news; else every half minute is enough. */
function keepUsualFresh() {
  const patience = byTest("headline").dataset.level === "nothing" ? 2_000 : 30_000;
  if (document.visibilityState === "visible" && Date.now() - usualAt > patience) refreshUsual();
}

/** What is usual comes from the server's own page, so that it is said in one place; the chart is drawn again. */
async function refreshUsual() {
  usualAt = Date.now();
  try {
    const answer = await fetch(location.pathname + url.search);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) return;
    for (const id of ["usual", "usual-chart"]) {
      const [fresh, old] = [page.getElementById(id), find(id)];
      if (!fresh || old.contains(document.activeElement)) continue;
      const details = fresh.querySelector("details");
      if (details) details.open = old.querySelector("details")?.open ?? false;
      old.replaceWith(document.adoptNode(fresh));
    }
    dispatchEvent(new Event("figures"));
  } catch {
    // Away: what stands is old, and the state above says so.
  }
}

function drawApps({ app, apps }) {
  const select = find("app");
  const names = app && !apps.includes(app) ? [...apps, app] : apps;
  find("app-choice").hidden = names.length < 2;
  find("one-app").hidden = names.length !== 1;
  put(find("one-app"), names[0] ?? "");
  if (names.join("\n") !== [...select.options].map((option) => option.value).join("\n")) {
    select.replaceChildren(...names.map((name) => new Option(name, name)));
  }
  if (app && select.value !== app && document.activeElement !== select) select.value = app;
  document.title = app ? `${app} · Now · Amends canary` : "Now · Amends canary";
  const query = app ? `?app=${encodeURIComponent(app)}` : "";
  for (const link of document.querySelectorAll("nav a, .tables .links a, #counts-link")) {
    link.href = link.pathname + query;
  }
}

function drawLead({ app, today }) {
  const big = byTest("sorry-today");
  put(big, whole.format(today.apologies));
  big.parentElement.classList.toggle("long", big.textContent.length > 4);
  const words =
    today.failures === 0
      ? app
        ? "No failure noticed today."
        : "Nothing counted yet."
      : `Said ${plural(today.apologies, "time", "times")}, for ${plural(today.failures, "failure", "failures")} noticed since midnight UTC.`;
  put(find("lead-words"), words);
  put(byTest("failures-today"), whole.format(today.failures));
  put(find("failures-sub"), `of ${plural(today.opportunities, "chance", "chances")} to fail`);
  put(byTest("rate"), rate(today.per_1000));
  put(byTest("failed-sessions"), today.sessions > 0 ? share(today.failed_sessions / today.sessions) : "–");
  put(byTest("devices-today"), whole.format(today.devices));
  put(
    find("sessions-sub"),
    `${whole.format(today.failed_sessions)} of ${plural(today.sessions, "session", "sessions")}`,
  );
  speak(today.apologies);
}

/** Says the headline at most every 10 s: a count that changes four times a second is noise to a listener. */
function speak(count) {
  const now = Date.now();
  if (lastSpoken.count === count || (lastSpoken.count !== null && now - lastSpoken.at < 10000)) return;
  lastSpoken = { count, at: now };
  put(find("spoken"), `${plural(count, "apology", "apologies")} today`);
}

function drawOutcomes(today) {
  const sum = OUTCOMES.reduce((all, outcome) => all + today[outcome], 0);
  let left = 0;
  for (const outcome of OUTCOMES) {
    const width = sum > 0 ? (today[outcome] / sum) * 400 : 0;
    const rect = document.querySelector(`.split .${outcome}`);
    rect.setAttribute("x", left.toFixed(2));
    rect.setAttribute("width", width.toFixed(2));
    left += width;
    put(byTest(`outcome-${outcome}`), whole.format(today[outcome]));
  }
}

const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

/** The first of 4, 6, 10, 20, 30, 40, 60, 100, … that holds the value, so that the scale seldom jumps. */
function niceTop(value) {
  for (let ten = 1; ; ten *= 10) {
    for (const top of [4, 6, 10, 20, 30].map((step) => step * ten)) if (top >= value) return top;
  }
}

function drawHour(minutes) {
  lastMinutes = minutes;
  const total = minutes.reduce((sum, minute) => sum + minute.apologies, 0);
  const peak = minutes.reduce(
    (best, minute) => (minute.apologies > best.apologies ? minute : best),
    minutes[0],
  );
  const clock = (t) => t.slice(11, 16);
  put(
    find("hour-words"),
    total === 0
      ? "None in the last hour."
      : `${whole.format(total)} in the last hour, most at ${clock(peak.t)} UTC: ${whole.format(peak.apologies)}.`,
  );
  const chart = find("chart");
  // Drawn in the pixels there are, so that type keeps its size.
  const width = Math.max(240, chart.clientWidth);
  chart.setAttribute("viewBox", `0 0 ${width} 136`);
  const [left, right, floor, head] = [0, width, 112, 18];
  const top = niceTop(peak.apologies);
  const parts = [0.5, 1].map((share) => {
    const y = floor - (floor - head) * share;
    return shape("line", { class: "grid", x1: left, x2: right, y1: y, y2: y });
  });
  parts.push(shape("line", { class: "grid", x1: left, x2: right, y1: floor, y2: floor }));
  parts.push(shape("text", { x: right, y: head - 4, "text-anchor": "end" }, `${whole.format(top)} a minute`));
  const step = (right - left) / minutes.length;
  const gap = step > 8 ? 2 : 1;
  minutes.forEach((minute, at) => {
    const height = Math.max((floor - head) * (minute.apologies / top), minute.apologies > 0 ? 2 : 0);
    const x = left + at * step;
    const bar = shape("rect", {
      class: at === minutes.length - 1 ? "bar now" : "bar",
      x: (x + gap / 2).toFixed(2),
      y: (floor - height).toFixed(2),
      width: (step - gap).toFixed(2),
      height: height.toFixed(2),
      rx: Math.min(1.5, height / 2).toFixed(2),
    });
    bar.append(
      shape("title", {}, `${clock(minute.t)} UTC: ${plural(minute.apologies, "apology", "apologies")}`),
    );
    parts.push(bar);
  });
  const labels = [
    [0, "start"],
    [30, "middle"],
    [minutes.length - 1, "end"],
  ];
  for (const [at, anchor] of labels) {
    const x = anchor === "start" ? left : anchor === "end" ? right : left + (at + 0.5) * step;
    parts.push(
      shape(
        "text",
        { x, y: floor + 20, "text-anchor": anchor },
        anchor === "end" ? `${clock(minutes[at].t)} UTC` : clock(minutes[at].t),
      ),
    );
  }
  chart.replaceChildren(...parts);
}

function newestFirst(lines) {
  return [...lines].sort(
    (a, b) => (a.rest ? 1 : 0) - (b.rest ? 1 : 0) || b.name.localeCompare(a.name, "en", { numeric: true }),
  );
}

function lineName(line, none, names) {
  if (line.rest) return `${whole.format(line.rest)} more`;
  if (line.name === "_other") return "All others";
  return line.name === "" ? none : Object.hasOwn(names, line.name) ? names[line.name] : line.name;
}

/** The line with the highest rate, if it is well above the others and not by chance of a few. */
function worst(lines) {
  const rated = lines
    .filter((line) => line.per_1000 !== null && line.failures >= 5)
    .sort((a, b) => b.per_1000 - a.per_1000);
  return rated.length > 1 && rated[0].per_1000 > 1.5 * rated[1].per_1000 ? rated[0] : null;
}

function cell(name, text, className) {
  const node = document.createElement(name);
  node.textContent = text;
  if (className) node.className = className;
  return node;
}

const KNOWS_DEVICES = ["Release", "Segment", "Region"];

function drawTable(table, title, lines, none, names = {}) {
  const key = JSON.stringify(lines);
  if (table.dataset.key === key) return;
  table.dataset.key = key;
  const devices = KNOWS_DEVICES.includes(title);
  const headings = [title, "Failures", "Said sorry", "Per 1,000", ...(devices ? ["Devices"] : [])];
  const head = document.createElement("tr");
  for (const text of headings) {
    const heading = cell("th", text);
    heading.scope = "col";
    head.append(heading);
  }
  const top = title === "Kind of failure" ? null : worst(lines);
  const rows = lines.map((line) => {
    const row = document.createElement("tr");
    const name = cell("th", lineName(line, none, names));
    name.scope = "row";
    if (line === top) name.append(cell("span", "highest rate", "worst"));
    row.append(name);
    if (line.few_devices) {
      const few = cell("td", "few devices", "few");
      few.colSpan = headings.length - 1;
      row.append(few);
      return row;
    }
    row.append(
      cell("td", whole.format(line.failures)),
      cell("td", whole.format(line.apologies)),
      cell("td", rate(line.per_1000), line.per_1000 === null ? "rate absent" : "rate"),
    );
    if (devices) row.append(cell("td", whole.format(line.devices)));
    return row;
  });
  if (rows.length === 0) {
    const row = document.createElement("tr");
    const note = cell("td", "Nothing counted today.", "none");
    note.colSpan = headings.length;
    row.append(note);
    rows.push(row);
  }
  const [thead, tbody] = [document.createElement("thead"), document.createElement("tbody")];
  thead.append(head);
  tbody.append(...rows);
  table.replaceChildren(table.caption, thead, tbody);
}

/** A command that sends one failure and its apology, to this address, as of now. */
function curl() {
  const attribute = (key, stringValue) => ({ key, value: { stringValue } });
  const sum = (name, value, attributes) => ({
    name,
    sum: {
      aggregationTemporality: 1,
      isMonotonic: true,
      dataPoints: [{ timeUnixNano: "NOW000000000", asInt: value, attributes }],
    },
  });
  const [kind, screen] = [
    attribute("amends.failure.kind", "slow_load"),
    attribute("app.screen.name", "Home"),
  ];
  const body = {
    resourceMetrics: [
      {
        resource: { attributes: [attribute("service.name", "my-app"), attribute("service.version", "1.0")] },
        scopeMetrics: [
          {
            metrics: [
              sum("amends.failures", 1, [kind, screen, attribute("amends.outcome", "shown")]),
              sum("amends.apologies", 1, [kind, screen]),
              sum("amends.opportunities", 20, [kind, screen]),
            ],
          },
        ],
      },
    ],
  };
  const json = JSON.stringify(body).replaceAll("NOW", "'$(date +%s)'");
  const key = find("curl").dataset.needsKey ? "  -H 'Authorization: Bearer KEY' \\\n" : "";
  return `curl ${location.origin}/v1/metrics \\\n  -H 'Content-Type: application/json' \\\n${key}  -H "Idempotency-Key: $(openssl rand -hex 16)" \\\n  -d '${json}'`;
}

find("app").addEventListener("change", (event) => {
  wanted = event.target.value;
  url.searchParams.set("app", wanted);
  history.replaceState(null, "", url);
  lastSpoken = { count: null, at: 0 };
  usualAt = 0;
  connect();
});

find("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(find("curl").textContent);
    put(find("copied"), "Copied.");
  } catch {
    getSelection().selectAllChildren(find("curl"));
    put(find("copied"), "Selected; copy it with the keyboard.");
  }
  setTimeout(() => put(find("copied"), ""), 4000);
});

addEventListener("resize", () => lastMinutes && drawHour(lastMinutes));

// The server wrote it just now; where it had nothing to say yet, the first counts bring it.
if (byTest("headline").dataset.level !== "nothing") usualAt = Date.now();
setInterval(keepUsualFresh, 5_000);
connect();
