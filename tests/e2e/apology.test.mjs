// From a finger, through the real engine, to a count that somebody watches: in a real browser, nothing mocked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./chromium.mjs";
import { canary, directory, json, storefront, sum, text, until } from "./programs.mjs";

const APOLOGY = "something's wrong. Sorry about that, we are taking a look.";

let browser;
let home;
let counts;
let shop;

before(async () => {
  home = directory();
  counts = await canary(`${home.path}/canary`);
  shop = await storefront(`${home.path}/shop`, counts.url);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await shop?.end();
  await counts?.end();
  home?.remove();
});

async function open(url = shop.url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(url);
  await page.waitForSelector("body[data-ready]");
  return page;
}

const decisions = async () =>
  (await json(`${shop.url}/phone/log`)).filter((line) => line.sort === "decision");
const totals = async () => (await json(`${counts.url}/v1/counts?app=storefront&since=1h`)).data.totals;

async function fresh(page, release) {
  await fetch(`${shop.url}/phone/new`, { method: "POST" });
  if (release) await page.check(`input[value="${release}"]`);
  await until(
    () => page.evaluate(() => document.querySelector(".shop-head small").textContent),
    (shown) => !release || shown === release,
  );
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300))); // the restarted phone has heard of its screen
}

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
    const page = await open();
    await page.fill("#name", "Jackie");
    await until(
      () => json(`${shop.url}/phone/log`),
      (log) => log.some((line) => line.text.includes("has a name")),
    );
    const live = page.frameLocator("#canary");
    await live.getByTestId("live-state").waitFor();
    await page.fill("#search", "lamp");
    const late = stopwatch(page);
    await page.press("#search", "Enter");
    await page.waitForSelector("#banner:not([hidden])");
    assert.equal(await page.textContent("#banner-text"), `Jackie, ${APOLOGY}`);
    const { took } = await until(
      () => live.getByTestId("sorry-today").textContent(),
      (number) => number.trim() === "1",
    );
    const ms = await late;
    assert.ok(ms >= 3000, `never before three seconds have passed: ${ms}`);
    const log = await json(`${shop.url}/phone/log`);
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
    const metrics = await text(`${counts.url}/metrics`);
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

  for (const [fault, act, kind] of [
    ["a dead button", (page) => page.click("#wish"), "dead_tap on Home"],
    ["a catalogue that takes 6 s", (page) => page.click("nav >> text=Catalogue"), "slow_load on Catalogue"],
    [
      "a checkout that answers 503",
      async (page) => {
        await page.click("nav >> text=Basket");
        await page.click("#checkout");
      },
      "error on Basket",
    ],
  ]) {
    test(`${fault}: the apology without a name`, async () => {
      const page = await open();
      await fresh(page, "2.5.0");
      const earlier = (await decisions()).length;
      await act(page);
      await page.waitForSelector("#banner:not([hidden])");
      assert.equal(
        await page.textContent("#banner-text"),
        `Something's wrong. Sorry about that, we are taking a look.`,
      );
      const { answer } = await until(decisions, (lines) => lines.length > earlier);
      assert.equal(answer[earlier].text, `${kind}: said sorry`);
      await page.close();
    });
  }

  test("the good release, driven the same way for as long, says nothing", async () => {
    const page = await open();
    await fresh(page, "2.4.0");
    const earlier = (await decisions()).length;
    await page.click("#wish");
    await page.fill("#search", "lamp");
    await page.press("#search", "Enter");
    await page.waitForSelector("text=1 things");
    await page.click("nav >> text=Catalogue");
    await page.waitForSelector("text=6 things");
    await page.click("nav >> text=Basket");
    await page.click("#checkout");
    await page.waitForSelector("text=Your order is on its way");
    // As long as the broken one needed for its slowest fault.
    await page.waitForTimeout(6_500);
    assert.ok(await page.isHidden("#banner"));
    assert.equal((await decisions()).length, earlier);
    await page.click("#home"); // leaving the app sends the denominators
    const good = async () =>
      (await json(`${counts.url}/v1/counts?app=storefront&release=2.4.0&since=1h`)).data.totals;
    const { answer } = await until(good, (now) => now.opportunities >= 8);
    assert.equal(answer.failures, 0);
    assert.equal(answer.apologies, 0);
    await page.close();
  });

  test("kill -9 right after the message appears: counted after the restart, once", async () => {
    const page = await open();
    await fresh(page, "2.5.0");
    const before = await totals();
    await page.press("#search", "Enter");
    await page.waitForSelector("#banner:not([hidden])");
    await shop.end("SIGKILL");
    await page.close();
    shop = await storefront(`${home.path}/shop`, counts.url);
    const { answer } = await until(totals, (now) => now.failures > before.failures);
    assert.equal(answer.failures, before.failures + 1);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    assert.equal((await totals()).failures, before.failures + 1, "and not a second time");
  });
});
