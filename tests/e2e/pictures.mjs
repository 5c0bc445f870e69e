// Takes the pictures of the demo in docs/: node tests/e2e/pictures.mjs [DIRECTORY]; page-pictures.mjs those of the
// canary's pages. Needs `cargo build --workspace`.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { demo, fresh, heard } from "./shop.mjs";

const out = process.argv[2] ?? fileURLToPath(new URL("../../docs/pictures", import.meta.url));
mkdirSync(out, { recursive: true });
const it = await demo();

try {
  await take();
} finally {
  await it.end();
}

async function take() {
  async function page(width, height, colorScheme, url) {
    const opened = await it.browser.newPage({ viewport: { width, height }, colorScheme });
    await opened.goto(url);
    return opened;
  }

  await (await page(360, 740, "light", it.counts.url)).screenshot({
    path: `${out}/canary-empty-360.png`,
    fullPage: true,
  });

  const shop = await it.open({ viewport: { width: 1280, height: 1000 } });
  // A day at the shop: what was noticed, said, and kept silent.
  for (const act of ["#wish", "nav >> text=Catalogue", "nav >> text=Basket", "#checkout"]) {
    await shop.click(act);
    await shop.waitForTimeout(3_400);
  }
  await fresh(it, shop);
  await heard(it, "the person has a name (it stays on the phone)", () => shop.fill("#name", "Jackie"));
  await shop.fill("#search", "lamp");
  await shop.press("#search", "Enter");
  await shop.waitForSelector("#banner:not([hidden])");
  await shop.waitForTimeout(1_500);
  await shop.screenshot({ path: `${out}/demo.png` });
  await shop.click("#drawer summary");
  await shop.locator("#drawer").screenshot({ path: `${out}/drawer.png` });
  await shop.close();

  // The banner's states, each on a new phone: as the phone alone, light and dark, wide and narrow.
  const basket = async (opened) => {
    await opened.click("nav >> text=Basket");
    await opened.click("#checkout");
  };
  const STATES = {
    vip: async (opened) => {
      await heard(it, "the person's segment is vip", () => opened.selectOption("#segment", "vip"));
      await basket(opened);
      await opened.waitForSelector("#banner:not([hidden])");
    },
    incident: async (opened) => {
      await heard(it, "screen Home", () => opened.check("#incident"));
      await basket(opened);
      await opened.waitForSelector("#banner:not([hidden])");
    },
    arabic: async (opened) => {
      await heard(it, "the person reads ar", () => opened.selectOption("#language", "ar"));
      await opened.click("nav >> text=Catalogue");
      await opened.waitForSelector("#banner:not([hidden])");
    },
    "make-good": async (opened) => {
      await opened.click("nav >> text=Catalogue");
      await opened.waitForSelector("#banner[data-purpose=make_good]");
    },
    question: async (opened) => {
      await STATES["make-good"](opened);
      await opened.click("#banner-close");
      await opened.waitForSelector("#banner[data-purpose=question]");
    },
    order: async (opened) => {
      await basket(opened);
      await opened.click("#banner >> text=Try again");
      await opened.waitForSelector("[data-progress=delayed]");
    },
    picture: async (opened) => {
      await opened.click("#look");
      await opened.waitForSelector("#banner:not([hidden])");
    },
  };
  for (const [name, act] of Object.entries(STATES)) {
    for (const [width, scheme] of process.env.ALL
      ? [
          [1280, "light"],
          [360, "dark"],
        ]
      : []) {
      const opened = await it.open({ viewport: { width, height: 1000 }, colorScheme: scheme });
      await fresh(it, opened);
      await act(opened);
      await opened.waitForTimeout(400);
      await opened.locator(".phone").screenshot({ path: `${out}/state-${name}-${width}-${scheme}.png` });
      if (name === "incident") await heard(it, "screen Basket", () => opened.uncheck("#incident"));
      await opened.close();
    }
  }

  const narrow = await it.open({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
  await narrow.waitForTimeout(500);
  await narrow.screenshot({ path: `${out}/demo-360-dark.png`, fullPage: Boolean(process.env.ALL) });
  await narrow.locator("#canary").scrollIntoViewIfNeeded();
  await narrow.waitForTimeout(700);
  await narrow.screenshot({ path: `${out}/demo-360-dark-canary.png` });

  for (const [name, width, scheme] of [
    ["canary", 1280, "light"],
    ["canary-dark", 1280, "dark"],
    ["canary-360", 360, "light"],
    ["canary-360-dark", 360, "dark"],
  ]) {
    const opened = await page(width, 900, scheme, it.counts.url);
    await opened.waitForTimeout(700);
    await opened.screenshot({ path: `${out}/${name}.png`, fullPage: true });
  }
}
