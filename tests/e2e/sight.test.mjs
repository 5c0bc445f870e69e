// The pages for people, filled by real counts sent to a real canary: what they say, by keyboard, on 360 px, for screen
// readers, and without a script.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch } from "./chromium.mjs";
import { canary, directory, json, text } from "./programs.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["/", "/releases", "/sorry", "/messages"];

let browser;
let home;
let counts;

const attribute = (key, stringValue) => ({ key, value: { stringValue } });
const attributes = (object) => Object.entries(object).map(([key, value]) => attribute(key, value));
const HOUR = 3_600;
const hour = Math.floor(Date.now() / 1000 / HOUR) * HOUR;

function point(value, labels, at) {
  const nano = `${at}000000000`;
  return {
    startTimeUnixNano: nano,
    timeUnixNano: nano,
    asInt: String(value),
    attributes: attributes(labels),
  };
}

function sum(name, points) {
  return { name, sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: points } };
}

async function send(release, metrics, region = "eu") {
  const resource = attributes({
    "service.name": "shop",
    "service.version": release,
    "os.name": "Android",
    "amends.region": region,
  });
  const body = { resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ metrics }] }] };
  const answer = await fetch(`${counts.url}/v1/metrics`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID().replaceAll("-", ""),
    },
    body: JSON.stringify(body),
  });
  assert.equal(await answer.text(), "{}");
}

/** One hour of a release: sessions, and how many per thousand chances fail. */
function anHour(at, sessions, perThousand, screen = "Checkout") {
  const labels = { "amends.failure.kind": "error", "app.screen.name": screen };
  const failures = Math.round((sessions * 10 * perThousand) / 1000);
  const first = (word) => ({ "amends.first": word });
  return [
    sum("amends.failures", [point(failures, { ...labels, "amends.outcome": "shown" }, at)]),
    sum("amends.apologies", [point(failures, labels, at)]),
    sum("amends.opportunities", [point(sessions * 10, labels, at)]),
    sum("amends.sessions", [point(sessions, {}, at)]),
    sum("amends.sessions.failed", [point(failures, {}, at)]),
    sum("amends.devices.failed", [
      point(failures, first("today"), at),
      point(failures, first("release"), at),
    ]),
  ];
}

before(async () => {
  home = directory();
  counts = await canary(`${home.path}/canary`, "--min-devices", "5");
  browser = await launch();
  // Three days at 5 per 1,000, then a release that fails five times as often, in this hour and the one before.
  for (let ago = 72; ago >= 2; ago -= 1) await send("4.0", anHour(hour - ago * HOUR + 60, 400, 5));
  for (const at of [hour - HOUR + 60, hour + 1]) {
    await send("4.0", anHour(at, 400, 5));
    await send("4.1", anHour(at, 300, 60));
    await send("4.1", anHour(at, 3, 60), "apac");
  }
  const did = (arm, after, value) =>
    point(value, { "amends.failure.kind": "error", "amends.arm": arm, "amends.aftermath": after }, hour + 1);
  await send("4.0", [
    sum("amends.aftermath", [
      did("apologised", "continued", 900),
      did("apologised", "abandoned", 100),
      did("held_out", "continued", 75),
      did("held_out", "abandoned", 40),
    ]),
  ]);
});

after(async () => {
  await browser?.close();
  await counts?.end();
  home?.remove();
});

/** A page that must not complain. */
async function open(path, options = {}) {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, ...options });
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  await page.goto(`${counts.url}${path}`);
  return page;
}

describe("the pages for people", { concurrency: false }, () => {
  test("say in a sentence what is going on, also without a script", async () => {
    const page = await open("/", { javaScriptEnabled: false });
    const headline = page.getByTestId("headline");
    assert.match(await headline.textContent(), /^Having to say sorry \d[\d.]* times as often as usual/);
    assert.equal(await headline.getAttribute("data-level"), "more");
    assert.match(await page.getByTestId("failures-today").textContent(), /^\d[\d,]*$/);
    await page.goto(`${counts.url}/releases`);
    assert.equal(await headline.textContent(), "Stop 4.1: it fails people more often");
    assert.match(await page.getByTestId("verdict-sentence").textContent(), /Roll it back\.$/);
    await page.goto(`${counts.url}/sorry`);
    assert.equal(await headline.textContent(), "Yes, saying sorry keeps people");
    await page.goto(`${counts.url}/messages?kind=dead_input&name=Jackie`);
    assert.match(await page.getByTestId("message").textContent(), /^Jackie, something's wrong\./);
    await page.close();
  });

  test("draw their charts from tables, and link each as CSV and JSON", async () => {
    for (const [path, name] of [
      ["/", "rate"],
      ["/releases", "release-hours"],
    ]) {
      const page = await open(path, { viewport: { width: 1280, height: 900 } });
      const figure = page.getByTestId(`chart-${name}`);
      await figure.locator("canvas").waitFor();
      await figure.locator(".u-over").hover({ position: { x: 300, y: 60 } });
      assert.match(await figure.locator(".readout").textContent(), /UTC: /);
      for (const link of await figure.locator(".links a").all()) {
        const answer = await fetch(new URL(await link.getAttribute("href"), counts.url));
        assert.equal(answer.status, 200);
        const rows = await figure.locator("tbody tr").count();
        const body = await answer.text();
        const found = body.startsWith("{")
          ? JSON.parse(body).data.rows.length
          : body.trim().split("\r\n").length - 1;
        assert.equal(found, rows, `${name}: as many rows as the table of the page`);
      }
      assert.deepEqual(page.errors, []);
      await page.close();
    }
  });

  test("draw an hour between hours of which nothing is known", async () => {
    const page = await open("/", { viewport: { width: 1280, height: 900 } });
    const figure = page.getByTestId("chart-rate");
    await figure.locator("canvas").waitFor();
    // Of the line's colour: what is drawn where all numbers are taken away but those of these rows.
    const drawnOf = (rows) =>
      figure.evaluate(async (it, kept) => {
        const table = it.querySelector("table");
        [...table.tBodies[0].rows].forEach((row, at) => {
          if (!kept.includes(at)) for (const cell of [...row.cells].slice(1)) delete cell.dataset.v;
        });
        dispatchEvent(new Event("figures"));
        await new Promise(requestAnimationFrame);
        const canvas = it.querySelector("canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const probe = document.createElement("canvas").getContext("2d");
        probe.fillStyle = getComputedStyle(it).getPropertyValue("--sorry").trim();
        probe.fillRect(0, 0, 1, 1);
        const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
        let pixels = 0;
        for (let at = 0; at < data.length; at += 4) {
          if (data[at] === r && data[at + 1] === g && data[at + 2] === b) pixels += 1;
        }
        return pixels;
      }, rows);
    assert.ok((await drawnOf([5])) > 10);
    assert.equal(await drawnOf([]), 0);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test("fit 360 px, complain of nothing and satisfy axe, light and dark", async () => {
    for (const path of PAGES) {
      for (const colorScheme of ["light", "dark"]) {
        const page = await open(path, { colorScheme, reducedMotion: "reduce" });
        await page.waitForLoadState("networkidle", { timeout: 2_000 }).catch(() => {}); // the stream never ends
        for (const summary of await page.locator("summary").all()) await summary.click();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 360, `${path} is ${wide} px wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
        );
        assert.deepEqual(found, [], `${path}, ${colorScheme}`);
        assert.deepEqual(page.errors, [], path);
        await page.close();
      }
    }
  });

  test("are reached by keyboard: the way past the navigation, each page, a comparison, a message", async () => {
    const page = await open("/", { viewport: { width: 1280, height: 900 } });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    const focus = (name, role = "link") => page.getByRole(role, { name, exact: true }).first().focus();
    await focus("Releases");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/releases/);
    await page.getByLabel("New release").focus();
    await page.keyboard.press("ArrowDown");
    await focus("Compare", "button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/release=4\.0/);
    assert.match(await page.getByTestId("headline").textContent(), /4\.0/);
    await focus("Messages");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/messages/);
    await page.getByLabel("Name").fill("Ada");
    await page.keyboard.press("Enter");
    await page.getByTestId("message").filter({ hasText: "Ada," }).waitFor();
    await page.close();
  });

  test("hide what few devices did, on the page, live, in JSON and in CSV", async () => {
    const page = await open("/");
    await page.getByTestId("live-state").getByText("Live").waitFor();
    const row = page.getByTestId("by-region").locator("tr", { hasText: "apac" });
    await row.getByText("few devices").waitFor();
    assert.equal(await row.locator("td").count(), 1);
    await page.close();
    const { data } = await json(`${counts.url}/v1/tables/by-region.json?app=shop`);
    const apac = data.rows.find(({ name }) => name === "apac");
    assert.deepEqual([apac.failures, apac.few_devices], [null, true]);
    assert.match(await text(`${counts.url}/v1/tables/by-region.csv?app=shop`), /^apac,few devices,/m);
    const all = await json(`${counts.url}/v1/counts?app=shop&since=1d`);
    assert.equal(all.data.totals.by_region.apac.failures, null);
  });

  test("the page of releases follows the counts", async () => {
    const page = await open("/releases?app=shop", { viewport: { width: 1280, height: 900 } });
    await page.getByTestId("live-state").getByText("Live").waitFor();
    // Its pace is half a minute, by a clock that the test winds.
    const sentence = await page.getByTestId("verdict-sentence").textContent();
    await page.clock.install();
    await page.reload();
    await page.getByTestId("live-state").getByText("Live").waitFor();
    await send("4.1", anHour(hour + 1, 200, 60));
    await page.waitForTimeout(1_500);
    await page.clock.fastForward(31_000);
    await page.waitForFunction(
      (before) => document.querySelector('[data-testid="verdict-sentence"]').textContent !== before,
      sentence,
    );
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test("the headline follows the counts without a new page", async () => {
    const page = await open("/?app=fresh");
    await page.getByText("Nothing counted in the last hour").waitFor();
    await page.getByTestId("live-state").getByText("Live").waitFor();
    const before = await page.evaluate(() => performance.timeOrigin);
    const one = { "amends.failure.kind": "hang", "app.screen.name": "Home" };
    const now = Math.floor(Date.now() / 1000);
    const metrics = [
      sum("amends.failures", [point(1, { ...one, "amends.outcome": "shown" }, now - HOUR)]),
      sum("amends.opportunities", [point(100, one, now - HOUR), point(100, one, now)]),
    ];
    const resource = attributes({ "service.name": "fresh", "service.version": "1" });
    const body = { resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ metrics }] }] };
    await fetch(`${counts.url}/v1/metrics`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await page.getByText("Too early to say what is usual").waitFor({ timeout: 45_000 });
    assert.equal(await page.evaluate(() => performance.timeOrigin), before);
    assert.deepEqual(page.errors, []);
    await page.close();
  });
});
