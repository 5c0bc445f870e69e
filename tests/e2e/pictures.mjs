// Takes the pictures in docs/: node tests/e2e/pictures.mjs [DIRECTORY]. Needs the release build, as `make test` does.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { canary, directory, storefront } from "./programs.mjs";

const out = process.argv[2] ?? fileURLToPath(new URL("../../docs/pictures", import.meta.url));
mkdirSync(out, { recursive: true });
const home = directory();
const counts = await canary(`${home.path}/canary`);
const shop = await storefront(`${home.path}/shop`, counts.url);
const browser = await launch();

async function page(width, height, colorScheme, url) {
  const opened = await browser.newPage({ viewport: { width, height }, colorScheme });
  await opened.goto(url);
  return opened;
}

await (await page(360, 740, "light", counts.url)).screenshot({
  path: `${out}/canary-empty-360.png`,
  fullPage: true,
});

const demo = await page(1280, 940, "light", shop.url);
await demo.waitForSelector("body[data-ready]");
// A day at the shop: what was noticed, said, and kept silent.
for (const act of ["#wish", "nav >> text=Catalogue", "nav >> text=Basket", "#checkout"]) {
  await demo.click(act);
  await demo.waitForTimeout(3_400);
}
await fetch(`${shop.url}/phone/new`, { method: "POST" });
await demo.waitForTimeout(500);
await demo.fill("#name", "Jackie");
await demo.waitForTimeout(400);
await demo.fill("#search", "lamp");
await demo.press("#search", "Enter");
await demo.waitForSelector("#banner:not([hidden])");
await demo.waitForTimeout(1_500);
await demo.screenshot({ path: `${out}/demo.png` });
await demo.click("#drawer summary");
await demo.locator("#drawer").screenshot({ path: `${out}/drawer.png` });

const narrow = await page(360, 740, "dark", shop.url);
await narrow.waitForSelector("body[data-ready]");
await narrow.waitForTimeout(500);
await narrow.screenshot({ path: `${out}/demo-360-dark.png` });
await narrow.locator("#canary").scrollIntoViewIfNeeded();
await narrow.waitForTimeout(700);
await narrow.screenshot({ path: `${out}/demo-360-dark-canary.png` });

for (const [name, width, scheme] of [
  ["canary", 1280, "light"],
  ["canary-dark", 1280, "dark"],
  ["canary-360", 360, "light"],
  ["canary-360-dark", 360, "dark"],
]) {
  const opened = await page(width, 900, scheme, counts.url);
  await opened.waitForTimeout(700);
  await opened.screenshot({ path: `${out}/${name}.png`, fullPage: true });
}

await browser.close();
await shop.end();
await counts.end();
home.remove();
