// The demo as a test drives it: a page of it, a phone that remembers nothing, and what was decided.
import { launch } from "./chromium.mjs";
import { canary, directory, json, storefront, until } from "./programs.mjs";

/** Canary, storefront and browser. `shop` is the storefront that runs now. */
export async function demo() {
  const home = directory();
  const counts = await canary(`${home.path}/canary`);
  const it = {
    home,
    counts,
    shop: await storefront(`${home.path}/shop`, counts.url),
    browser: await launch(),
  };
  it.end = async () => {
    await it.browser.close();
    await it.shop.end();
    await counts.end();
    home.remove();
  };
  it.log = () => json(`${it.shop.url}/phone/log`);
  it.decisions = async () => (await it.log()).filter((line) => line.sort === "decision");
  it.totals = async (release) => {
    const query = `app=storefront&since=1h${release ? `&release=${release}` : ""}`;
    return (await json(`${counts.url}/v1/counts?${query}`)).data.totals;
  };
  it.open = async (options = {}) => {
    const page = await it.browser.newPage({ viewport: { width: 1280, height: 1000 }, ...options });
    await page.goto(it.shop.url);
    await page.waitForSelector("body[data-ready]");
    return page;
  };
  return it;
}

/** Does something and waits until the engine has said a line. */
export async function heard(it, line, act) {
  const earlier = (await it.log()).at(-1)?.number ?? 0;
  await act();
  const { answer } = await until(it.log, (log) =>
    log.some(({ number, text }) => number > earlier && text === line),
  );
  return answer.filter(({ number }) => number > earlier);
}

/** A phone that remembers nothing, with this release. */
export async function fresh(it, page, release) {
  if (release && !(await page.isChecked(`input[value="${release}"]`))) {
    await started(it, page, "just installed", () => page.check(`input[value="${release}"]`));
  }
  await started(it, page, "on a phone that remembers nothing", () => page.click("#new-phone"));
}

/** The banner is there; if it does not come, what the engine said instead. */
export async function spoken(it, page) {
  await page.waitForSelector("#banner:not([hidden])").catch(async (error) => {
    const log = (await it.log()).map(({ at_ms, sort, text }) => `${at_ms} ms ${sort}: ${text}`);
    throw new Error(`no banner came; the engine's log:\n${log.join("\n")}`, { cause: error });
  });
}

/** Waits until the app has started so, and has said where it is. A screen of before does not count. */
async function started(it, page, how, act) {
  const earlier = (await it.log()).at(-1)?.number ?? 0;
  await act();
  await until(it.log, (log) => {
    const start = log.find(
      ({ number, sort, text }) => number > earlier && sort === "start" && text.endsWith(how),
    );
    return start && log.some(({ number, text }) => number > start.number && text === "screen Home");
  });
  await settled(page);
}

/** A finger waits for the page to be still; what it draws just before a tap would be taken for the tap's answer. */
const settled = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const app = document.getElementById("app");
        let timer;
        const watch = new MutationObserver(wait);
        function wait() {
          clearTimeout(timer);
          timer = setTimeout(() => done(watch.disconnect()), 300);
        }
        watch.observe(app, { childList: true, subtree: true, characterData: true, attributes: true });
        wait();
      }),
  );
