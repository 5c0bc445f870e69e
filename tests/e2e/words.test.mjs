// What is said, to whom, with which buttons, and what follows.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sum, text, until } from "./programs.mjs";
import { demo, fresh, heard, spoken } from "./shop.mjs";

let it;
let page;

before(async () => {
  it = await demo();
});

after(() => it?.end());

const said = async () => {
  await spoken(it, page);
  return page.textContent("#banner-text");
};
const checkOut = async () => {
  await page.click("nav >> text=Basket");
  await page.click("#checkout");
};
const counter = (name, labels) => async () => sum(await text(`${it.counts.url}/metrics`), name, labels);
const responses = (response) => counter("amends_responses_total", { amends_response: response });

async function one(act) {
  page = await it.open();
  await fresh(it, page, "2.5.0");
  await act();
  await page.close();
}

describe("the words", { concurrency: false }, () => {
  test("Arabic: its words, its language, from right to left", () =>
    one(async () => {
      await heard(it, "the person reads ar", () => page.selectOption("#language", "ar"));
      await page.press("#search", "Enter");
      assert.match(await said(), /\p{Script=Arabic}/u);
      const banner = page.locator("#banner");
      assert.equal(await banner.getAttribute("lang"), "ar");
      assert.equal(await banner.getAttribute("dir"), "rtl");
      // The button that takes it away is on the left.
      const [close, whole] = await Promise.all([
        page.locator("#banner-close").boundingBox(),
        banner.boundingBox(),
      ]);
      assert.ok(close.x < whole.x + whole.width / 2, "mirrored");
    }));

  test("a make-good once the slow catalogue is there, then one question, answered with one tap", () =>
    one(async () => {
      const answered = counter("amends_feedback_count", { amends_asked: "after_make_good" });
      await page.click("nav >> text=Catalogue");
      assert.match(await said(), /^This is taking too long\./);
      await page.waitForSelector("#banner[data-purpose=make_good]");
      assert.equal(await page.textContent("#banner-text"), "That's fixed now. Thanks for waiting.");
      await page.waitForSelector("text=6 things");
      await page.click("#banner-close");
      await page.waitForSelector("#banner[data-purpose=question]");
      const answers = page.locator("#banner .actions button");
      assert.equal(await answers.count(), 5);
      await answers.nth(3).click();
      assert.ok(await page.isHidden("#banner"));
      await until(answered, (now) => now === 1);
    }));

  test("retry tries again, and it works", () =>
    one(async () => {
      const before = await responses("retry")();
      await checkOut();
      assert.match(await said(), /^That did not work\./);
      await page.click("#banner >> text=Try again");
      await page.waitForSelector("text=Your order is on its way");
      await page.waitForSelector("#banner[data-purpose=make_good]");
      await until(responses("retry"), (now) => now === before + 1);
    }));

  test("vip: words of their own, and a chat; the choice is counted", () =>
    one(async () => {
      const before = await responses("support")();
      await heard(it, "the person's segment is vip", () => page.selectOption("#segment", "vip"));
      await page.press("#search", "Enter");
      assert.match(await said(), /Maya from our team is there for you/);
      await page.click("#banner >> text=Chat with Maya");
      await page.waitForSelector("#toast >> text=Chat with Maya");
      assert.ok(await page.isHidden("#banner"));
      await until(responses("support"), (now) => now === before + 1);
    }));

  test("a known incident: what is known, until when, what to do instead, and its status page", () =>
    one(async () => {
      await heard(it, "screen Home", () => page.check("#incident"));
      await checkOut();
      const words = await said();
      assert.match(words, /We know what is wrong and are working on it\./);
      assert.match(words, /works? again in about (19|20) minutes/);
      assert.match(words, /Your basket is safe\./);
      assert.doesNotMatch(words, /taking a look/);
      await page.click("#banner >> text=See status");
      await page.waitForSelector("#toast >> text=https://status.shop.example");
      await heard(it, "screen Basket", () => page.uncheck("#incident"));
    }));

  test("a warm tone", () =>
    one(async () => {
      await heard(it, "screen Home", () => page.selectOption("#tone", "warm"));
      await page.press("#search", "Enter");
      assert.equal(
        await said(),
        "Something's wrong. We are really sorry about this, and we are taking a look right now.",
      );
      await heard(it, "screen Home", () => page.selectOption("#tone", "plain"));
    }));

  test("quiet and opted out: counted, and the drawer says why nothing was said", () =>
    one(async () => {
      const why = async (line) => {
        await page.press("#search", "Enter");
        await until(
          it.decisions,
          (lines) => lines.at(-1)?.text === `dead_input on Home: counted, silent: ${line}`,
        );
        assert.ok(await page.isHidden("#banner"));
      };
      await heard(it, "the app asks for quiet", () => page.check("#quiet"));
      await why("the app has asked for quiet");
      await heard(it, "the app's quiet time is over", () => page.uncheck("#quiet"));
      await heard(it, "the person opts out of messages", () => page.selectOption("#opt-out", "messages"));
      await why("the person does not want messages");
    }));

  test("the banner leaves the focus alone, and Esc takes it away", () =>
    one(async () => {
      await page.press("#search", "Enter");
      await said();
      assert.equal(await page.evaluate(() => document.activeElement.id), "search");
      assert.equal(await page.getAttribute("#stage", "role"), "status");
      await heard(it, "the person's answer: dismissed", () => page.keyboard.press("Escape"));
      assert.ok(await page.isHidden("#banner"));
    }));

  test("tomorrow the caps of the day are over, and this kind may be spoken of again", () =>
    one(async () => {
      const enter = () => page.press("#search", "Enter");
      await enter();
      await said();
      await heard(it, "screen Home", () => page.click("#tomorrow"));
      await enter();
      await said();
      assert.match((await it.decisions()).at(-1).text, /said sorry$/);
    }));

  test("an order that nobody finishes becomes delayed by itself", () =>
    one(async () => {
      await checkOut();
      await page.waitForSelector("text=Could not place the order.");
      await page.click("#checkout");
      await page.waitForSelector(".order[data-progress=scheduled]");
      await page.waitForSelector(".order[data-progress=processing]");
      await page.waitForSelector(".order[data-progress=delayed]");
      const steps = await page.locator(".order .step").allTextContents();
      assert.deepEqual(steps, ["Scheduled", "Processing", "Delayed"]);
      const times = await page
        .locator(".order li time")
        .evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)));
      assert.ok(times[2] - times[0] >= 8_000, "not before the expected time");
      await page.click("nav >> text=Orders");
      await page.waitForSelector(".order >> text=Questions and answers");
    }));

  test("what is no event, or not the page's to say, is refused in words", async () => {
    const send = (body) =>
      fetch(`${it.shop.url}/phone/events`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    for (const [body, words] of [
      [[{ tap: { target: 1, role: "lever" } }], /unknown variant `lever`/],
      [["foreground", { uploaded: { upload: 1, answer: "unreachable" } }], /not the page's to say/],
      [{}, /no events/],
    ]) {
      const answer = await send(body);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), words);
    }
  });
});
