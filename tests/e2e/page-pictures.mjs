// Takes the pictures of the canary's pages: node tests/e2e/page-pictures.mjs [DIRECTORY [DATA]]. Two weeks of a small fleet,
// then two days of a broken release beside the good one; DATA keeps the counts, or is taken as it is if it is there. Needs
// `cargo build --workspace`.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { canary, directory, finish } from "./programs.mjs";

const DAY = 86_400;
/** Sunday, 8 November 2026. */
const START = 1_794_096_000;
const USUAL = ["*/*/slow=0.008", "*/*/dead=0.003", "*/*/error=0.005"];
const BROKEN = ["2.5.0/Checkout/error=0.25", "2.5.0/Search/dead=0.1"];
const PAGES = {
  now: "/",
  releases: "/releases",
  sorry: "/sorry",
  messages: "/messages?name=Jackie&kind=slow_load",
};

const home = directory();
const [out = fileURLToPath(new URL("../../docs/pictures", import.meta.url)), data = `${home.path}/fleet`] =
  process.argv.slice(2);
mkdirSync(out, { recursive: true });
const isNew = !existsSync(data);
const counts = await canary(data, "--accept-any-clock");
if (isNew) {
  const fleet = (devices, days, start, releases, faults) =>
    finish(
      "fleet",
      ...["--devices", devices, "--days", days, "--start", start, "--seed", days, "--post", counts.url],
      ...releases.flatMap((release) => ["--release", release]),
      ...faults.flatMap((fault) => ["--fault", fault]),
    );
  await fleet(600, 13, START, ["2.4.0=1"], USUAL);
  await fleet(1_400, 2, START + 13 * DAY, ["2.4.0=0.7", "2.5.0=0.3"], [...USUAL, ...BROKEN]);
}
const browser = await launch();
try {
  for (const [name, path] of Object.entries(PAGES)) {
    for (const width of [1280, 360]) {
      for (const colorScheme of ["light", "dark"]) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        await page.goto(`${counts.url}${path}`);
        if (name === "now") await page.getByTestId("live-state").getByText("Live").waitFor();
        await page.waitForTimeout(700);
        await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png`, fullPage: true });
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  await counts.end();
  home.remove();
}
