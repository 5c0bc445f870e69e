// From a finger, through the real engine, to a count that somebody watches: in a real browser, nothing mocked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { json, storefront, sum, text, until } from "./programs.mjs";
import { demo, fresh, spoken } from "./shop.mjs";

const APOLOGY = "something's wrong. Sorry about that, we are taking a look.";

let it;
let totals;
let decisions;

before(async () => {
  it = await demo();
  ({ totals, decisions } = it);
});

after(() => it?.end());

/** How long after the key the banner was there, by the page's own clock. */
const stopwatch = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const banner = document.getElementById("banner");
        let pressed;
        addEventListener(
          "keydown",
          (event) => {
            if (event.key === "Enter") pressed ??= performance.now();
          },
          true,
        );
        new MutationObserver(() => !banner.hidden && done(performance.now() - pressed)).observe(banner, {
          attributes: true,
        });
      }),
  );

describe("the demo", { concurrency: false }, () => {
  test("Enter in the dead search: the apology by name, and the number beside it goes up", async () => {
    const page = await it.open();
    await page.fill("#name", "Jackie");
    await until(
      () => json(`${it.shop.url}/phone/log`),
      (log) => log.some((line) => line.text.includes("has a name")),
    );
    const live = page.frameLocator("#canary");
    await live.getByTestId("live-state").waitFor();
    await page.fill("#search", "lamp");
    const late = stopwatch(page);
    await page.press("#search", "Enter");
    await spoken(it, page);
    assert.equal(await page.textContent("#banner-text"), `Jackie, ${APOLOGY}`);
    const { took } = await until(
      () => live.getByTestId("sorry-today").textContent(),
      (number) => number.trim() === "1",
    );
    const ms = await late;
    assert.ok(ms >= 3000, `never before three seconds have passed: ${ms}`);
    const log = await json(`${it.shop.url}/phone/log`);
    const submit = log.find((line) => line.text === "submit by Enter").at_ms;
    const show = log.find((line) => line.sort === "effect").at_ms;
    assert.ok(show - submit >= 3000, "never early in the engine");
    console.log(
      `measured: apology ${ms - 3000} ms late in the page, ${show - submit - 3000} ms in the engine`,
    );
    console.log(`measured: the canary's page showed it ${Math.round(took)} ms after the banner`);
    assert.deepEqual(
      (await decisions()).map((line) => line.text),
      ["dead_input on Home: said sorry"],
    );

    const counted = await totals();
    assert.equal(counted.failures, 1);
    assert.equal(counted.apologies, 1);
    const metrics = await text(`${it.counts.url}/metrics`);
    const labels = {
      service_name: "storefront",
      service_version: "2.5.0",
      amends_failure_kind: "dead_input",
    };
    assert.equal(
      sum(metrics, "amends_failures_total", { ...labels, amends_outcome: "shown" }),
      counted.failures,
    );
    assert.equal(sum(metrics, "amends_apologies_total", labels), counted.apologies);
    assert.ok(!metrics.includes("Jackie"));

    // A second failure in the same session is counted in silence, and the drawer says why.
    await page.click("#wish");
    const { answer } = await until(decisions, (lines) => lines.length === 2);
    assert.match(answer[1].text, /dead_tap on Home: counted, silent/);
    await until(totals, (now) => now.failures === 2 && now.apologies === 1);
    await page.close();
  });

  test("kill -9 right after the message appears: counted after the restart, once", async () => {
    const page = await it.open();
    await fresh(it, page, "2.5.0");
    const before = await totals();
    await page.press("#search", "Enter");
    await spoken(it, page);
    await it.shop.end("SIGKILL");
    await page.close();
    it.shop = await storefront(`${it.home.path}/shop`, it.counts.url);
    const { answer } = await until(totals, (now) => now.failures > before.failures);
    assert.equal(answer.failures, before.failures + 1);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    assert.equal((await totals()).failures, before.failures + 1, "and not a second time");
  });
});
