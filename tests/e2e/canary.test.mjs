// The canary's page by itself: live, on a narrow screen, by keyboard, and without anything to show.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./chromium.mjs";
import { canary, directory } from "./programs.mjs";

let browser;
let home;
let counts;

before(async () => {
  home = directory();
  counts = await canary(`${home.path}/canary`);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await counts?.end();
  home?.remove();
});

const attribute = (key, stringValue) => ({ key, value: { stringValue } });

function batch(count, screen) {
  const nano = `${Math.floor(Date.now() / 1000)}000000000`;
  const point = {
    startTimeUnixNano: nano,
    timeUnixNano: nano,
    asInt: String(count),
    attributes: [
      attribute("amends.failure.kind", "dead_tap"),
      attribute("amends.outcome", "shown"),
      attribute("app.screen.name", screen),
    ],
  };
  const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints: [point] };
  return {
    resourceMetrics: [
      {
        resource: { attributes: [attribute("service.name", "shop"), attribute("service.version", "1.0")] },
        scopeMetrics: [{ metrics: [{ name: "amends.failures", unit: "{failure}", sum }] }],
      },
    ],
  };
}

const send = (body) =>
  fetch(`${counts.url}/v1/metrics`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID().replaceAll("-", ""),
    },
    body: JSON.stringify(body),
  });

describe("the canary's page", { concurrency: false }, () => {
  test("with nothing counted it says how to begin, and it fits 360 px", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(counts.url);
    await page.getByText("No apology yet").waitFor();
    assert.match(await page.textContent("body"), /curl http:/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px wide`);
    await page.close();
  });

  test("it moves by itself, does not jump, and a hostile label stays text", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(counts.url);
    await page.getByTestId("live-state").getByText("Live").waitFor();
    const screen = '<img src=x onerror="alert(1)">';
    assert.equal((await send(batch(3, screen))).status, 200);
    await page.getByTestId("failures-today").getByText("3", { exact: true }).waitFor();
    const top = () =>
      page.getByTestId("failures-today").evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await page.getByTestId("by-screen").getByText(screen).waitFor();
    await send(batch(123_456, screen));
    await page.getByTestId("failures-today").getByText("123,459", { exact: true }).waitFor();
    assert.equal(await top(), before, "nothing moved");
    assert.equal(await page.locator("img").count(), 0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px wide`);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("every control is reached by keyboard and has a name", async () => {
    const page = await browser.newPage();
    await page.goto(counts.url);
    await page.getByTestId("live-state").getByText("Live").waitFor();
    const names = await page.evaluate(() =>
      [...document.querySelectorAll("a, button, select, input")]
        .filter((element) => element.checkVisibility())
        .map((element) =>
          (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).trim(),
        ),
    );
    assert.ok(names.length > 0 && names.every(Boolean), names);
    for (const table of await page.locator("table").all()) assert.ok(await table.locator("caption").count());
    await page.close();
  });
});
