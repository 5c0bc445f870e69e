// A release goes out to a fleet of simulated phones, each with the real engine. A broken one: the page shows it, the team
// is told in Slack, the verdict is to roll back, and a pipeline's gate fails. A good one: silence, and promote.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "./chromium.mjs";
import { canary, directory, finish, json, programs, until } from "./programs.mjs";

let browser;
let home;
let slack;

/** Takes what an incoming webhook of Slack's takes. */
async function standIn() {
  const told = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      told.push({ path: request.url, ...JSON.parse(body) });
      response.end("ok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    told: (name) => told.filter(({ path }) => path === `/${name}`),
    end: () => server.close(),
  };
}

/** A canary that tells Slack when too many sessions of a release fail. */
async function watching(name) {
  const file = join(home.path, `${name}.toml`);
  writeFileSync(
    file,
    `public_url = "https://canary.example.com"
settle = "0s"

[[alert]]
name = "failed-sessions"
type = "rule"
measure = "sessions"
by = ["release"]
above_percent = 60
within = "1d"
at_least = 200

[[output]]
name = "growth"
type = "slack"
url = "${slack.url}/${name}"
`,
  );
  return canary(join(home.path, name), "--config", file, "--accept-any-clock");
}

/** Half of the phones get 2.5.0; everywhere one act in twenty meets an error. */
const release = (to, ...more) =>
  finish(
    "fleet",
    "--post",
    to.url,
    "--start",
    String(Math.floor(Date.now() / 1000 / 86_400) * 86_400),
    ...more,
  );
const fleet = (devices) => [
  ...["--devices", devices, "--release", "2.4.0=0.5", "--release", "2.5.0=0.5"],
  ...["--fault", "*/*/error=0.05"],
];

async function gate(to) {
  const options = ["--url", to.url, "--app", "fleet", "--release", "2.5.0", "--timeout", "5s", "--json"];
  const child = spawn(join(programs, "amends-canary"), ["gate", ...options], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return (await once(child, "exit"))[0];
}

before(async () => {
  home = directory();
  slack = await standIn();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  slack?.end();
  home?.remove();
});

async function open(to, path) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${to.url}${path}`);
  return page;
}

describe("a release goes out", { concurrency: 2 }, () => {
  test("a broken one: on the page, in Slack, rolled back, and the gate fails", async () => {
    const counts = await watching("broken");
    await release(counts, ...fleet(800), "--fault", "2.5.0/*/error=0.3");

    const page = await open(counts, "/releases");
    assert.match(await page.getByTestId("headline").textContent(), /^Stop 2\.5\.0/);
    assert.match(await page.getByTestId("verdict-sentence").textContent(), /Roll it back\.$/);

    const { data } = await json(`${counts.url}/v1/verdict?app=fleet&release=2.5.0`);
    assert.equal(data.verdict, "rollback", JSON.stringify(data));
    assert.equal(data.control, "2.4.0");
    assert.ok(data.rate_ratio.low > 1, JSON.stringify(data.rate_ratio));
    assert.equal(await gate(counts), 1);

    // It looks at its counts once a minute.
    const { answer } = await until(
      async () => slack.told("broken"),
      (told) => told.length > 0,
      90_000,
    );
    assert.equal(answer.length, 1, "one release fails, and is told once");
    assert.match(answer[0].text, /2\.5\.0/);
    const now = await open(counts, "/");
    const attention = await now.getByTestId("attention").getByRole("listitem").allTextContents();
    assert.equal(attention.length, 2, attention.join("\n"));
    assert.equal(attention[0], "Stop 2.5.0: it fails people more often.");
    assert.match(attention[1], /2\.5\.0/);
    await now.getByRole("link", { name: "Stop 2.5.0" }).click();
    await now.waitForURL(/\/releases/);
    await now.close();
    const alerts = await json(`${counts.url}/v1/alerts`);
    assert.deepEqual(
      alerts.data.active.map(({ alert, labels, state }) => [alert, labels.release, state]),
      [["failed-sessions", "2.5.0", "firing"]],
    );
    await page.close();
    await counts.end();
  });

  test("a good one: silence, and promote", async () => {
    const counts = await watching("good");
    await release(counts, ...fleet(4_000));
    const { data } = await json(`${counts.url}/v1/verdict?app=fleet&release=2.5.0`);
    assert.equal(data.verdict, "promote", JSON.stringify(data));
    assert.equal(await gate(counts), 0);
    const page = await open(counts, "/releases");
    assert.match(await page.getByTestId("headline").textContent(), /2\.5\.0/);
    assert.doesNotMatch(await page.getByTestId("headline").textContent(), /Stop/);
    await page.close();
    // It has looked since, and found nothing to tell.
    const sent = Date.now() / 1_000;
    const looked = ({ data: { looked_at } }) => looked_at !== null && Date.parse(looked_at) / 1_000 > sent;
    const { answer } = await until(() => json(`${counts.url}/v1/alerts`), looked, 90_000);
    assert.deepEqual(answer.data.active, []);
    assert.deepEqual(slack.told("good"), []);
    const now = await open(counts, "/");
    assert.equal(await now.getByTestId("attention").count(), 0);
    await now.close();
    await counts.end();
  });
});
