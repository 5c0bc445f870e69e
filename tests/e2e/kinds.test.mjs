// Every kind of failure: the broken shop has it, the engine notices it, says it in its own words, and the drawer
// explains it. The good shop, driven the same way, has none.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sum, text, until } from "./programs.mjs";
import { demo, fresh, spoken } from "./shop.mjs";

let it;

before(async () => {
  it = await demo();
});

after(() => it?.end());

const fern = async (page) => {
  await page.fill("#search", "fern");
  await page.click("#search-now");
};
// More than the four that are needed: on a busy machine some come close together, and those are one try.
const againAndAgain = (page) =>
  page.evaluate(async () => {
    for (let tap = 0; tap < 6; tap += 1) {
      document.getElementById("wish").click();
      const next = performance.now() + 180;
      while (performance.now() < next) await new Promise(requestAnimationFrame);
    }
  });
const film = async (page) => {
  await page.click("#look");
  await page.click("#play");
};
const checkOut = async (page) => {
  await page.click("nav >> text=Basket");
  await page.click("#checkout");
};
const giftWrap = async (page) => {
  await page.click("nav >> text=Basket");
  await page.click("#gift");
};
const SORRY = "Sorry about that, we are taking a look.";

/**
 * The film's fault would be hidden by the picture's: the same moment, and one message a session. And frames carry a time
 * from before the tap that they follow, as they may on a busy machine: a film went backwards by that, and stopped.
 */
const withPicture = async (page) => {
  await page.route("**/shop/picture*", (route) => route.fulfill({ path: LAMP }));
  await page.evaluate(() => {
    const real = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) => real((now) => draw(now - 100));
  });
};
const LAMP = new URL("../../examples/storefront/web/lamp.svg", import.meta.url).pathname;

const FAULTS = [
  [
    "an input that does nothing",
    (page) => page.press("#search", "Enter"),
    "dead_input on Home",
    "Something's wrong.",
  ],
  ["a dead button", (page) => page.click("#wish"), "dead_tap on Home", "That tap did nothing."],
  ["a dead button, again and again", againAndAgain, "rage_tap on Home", "This is not responding."],
  [
    "a catalogue that takes 6 s",
    (page) => page.click("nav >> text=Catalogue"),
    "slow_load on Catalogue",
    "This is taking too long.",
  ],
  ["a checkout that answers 503", checkOut, "error on Basket", "That did not work."],
  ["a main thread that is blocked", giftWrap, "hang on Basket", "That froze for a moment."],
  ["a broken picture", (page) => page.click("#look"), "poor_content on Lamp", "This does not look right."],
  ["a search without results", fern, "poor_content on Search", "This does not look right."],
  ["a film that stands still", film, "poor_content on Lamp", "This does not look right.", withPicture],
];

describe("the seven kinds", { concurrency: false }, () => {
  for (const [fault, act, kind, words, prepare] of FAULTS) {
    test(`${fault}: said, counted, explained`, async () => {
      const page = await it.open();
      await prepare?.(page);
      await fresh(it, page, "2.5.0");
      const name = kind.split(" ")[0];
      const labels = { amends_failure_kind: name, amends_outcome: "shown" };
      const counted = async () =>
        sum(await text(`${it.counts.url}/metrics`), "amends_failures_total", labels);
      const before = await counted();
      await act(page);
      await spoken(it, page);
      assert.equal(await page.textContent("#banner-text"), `${words} ${SORRY}`);
      await page.click("#drawer summary");
      await page
        .locator("#lines .decision", { hasText: `${kind}: said sorry` })
        .first()
        .waitFor();
      await page
        .locator("#faults .noticed", { hasText: `${name} ✓ said sorry` })
        .first()
        .waitFor();
      await until(counted, (now) => now === before + 1);
      await page.close();
    });
  }

  test("the good shop, driven the same way for as long: nothing", async () => {
    const page = await it.open();
    await fresh(it, page, "2.4.0");
    const earlier = (await it.decisions()).length;
    await page.fill("#search", "lamp");
    await page.press("#search", "Enter");
    await page.waitForSelector("text=1 things");
    await fern(page);
    await page.waitForSelector("text=Fern in a pot");
    await page.click("nav >> text=Home");
    await page.click("#wish");
    await page.waitForSelector("text=On your wish list");
    await againAndAgain(page);
    await page.click("nav >> text=Catalogue");
    await page.waitForSelector("text=6 things");
    await giftWrap(page);
    await page.click("text=Stars");
    await page.click("#checkout");
    await page.waitForSelector("text=Your order is on its way");
    await page.waitForSelector(".order[data-progress=sent]");
    await page.click("nav >> text=Home");
    await film(page);
    await page.waitForSelector("text=Stop the film");
    await page.waitForSelector("text=Play the film");
    assert.ok(await page.isHidden("#banner"));
    assert.deepEqual((await it.decisions()).slice(earlier), []);
    await page.click("#home"); // leaving the app sends the denominators
    const { answer } = await until(
      () => it.totals("2.4.0"),
      (now) => now.opportunities >= 12,
    );
    assert.equal(answer.failures, 0);
    assert.equal(answer.apologies, 0);
    await page.close();
  });
});
