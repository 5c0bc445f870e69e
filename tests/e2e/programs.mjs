// Starts the real programs on free ports, with directories of their own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const programs =
  process.env.AMENDS_BIN ?? fileURLToPath(new URL("../../target/debug", import.meta.url));

export function directory() {
  const path = mkdtempSync(join(tmpdir(), "amends-e2e-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts a program and waits for the line that says where it listens. */
export async function start(program, ...args) {
  const child = spawn(join(programs, program), args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = line.match(/listening on (http:\S+)/)?.[1];
    if (url) {
      child.stdout.resume();
      return {
        url,
        end: async (signal = "SIGTERM") => {
          child.kill(signal);
          await ended;
        },
      };
    }
  }
  throw new Error(`${program} ended before it listened; build it with: cargo build -p ${program}`);
}

/** Runs a program to its end. */
export async function finish(program, ...args) {
  const child = spawn(join(programs, program), args.map(String), { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${program} ended with ${code}; build it with: cargo build -p ${program}`);
}

/** One device shows, for there is but one; `more` are further options, of which the last counts. */
export const canary = (data, ...more) =>
  start(
    "amends-canary",
    "serve",
    "--data",
    data,
    "--listen",
    "127.0.0.1:0",
    ...(more.length ? more : ["--min-devices", "1"]),
  );

export const storefront = (data, canaryUrl) =>
  start("storefront", "--data", data, "--canary", canaryUrl, "--listen", "127.0.0.1:0");

/** Asks until the answer satisfies, at most `ms`. Returns the answer and how long it took. */
export async function until(ask, satisfies, ms = 15_000) {
  const begun = performance.now();
  for (;;) {
    const answer = await ask();
    const took = performance.now() - begun;
    if (satisfies(answer)) return { answer, took };
    if (took > ms) throw new Error(`still not so after ${ms} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const json = async (url) => (await fetch(url)).json();
export const text = async (url) => (await fetch(url)).text();

/** The sum of one Prometheus counter over all series with these labels. */
export function sum(metrics, name, labels = {}) {
  return metrics
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`))
    .filter((line) => Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" "))), 0);
}
