// "How the lamp is made": a film of eight seconds, drawn here. In the broken release it stands still for three.

import { button, make } from "/elements.js";
import { playback } from "/hooks.js";

const LENGTH_MS = 8_000;
const STALL_AT_MS = 1_200;
const STALL_MS = 3_000;

export class Film {
  #canvas = make("canvas", { width: 640, height: 300, ariaLabel: "How the lamp is made", role: "img" });
  #button = button({ id: "play", className: "primary", onclick: () => this.play() }, "Play the film");
  #stalls;
  #tell = null;

  constructor(stalls) {
    this.#stalls = stalls;
    this.element = make("figure", { className: "film" }, this.#canvas, this.#button);
    this.#draw(0, 1, null);
  }

  play() {
    if (this.#tell) return this.stop();
    this.#button.textContent = "Stop the film";
    this.#tell = playback();
    this.#tell("started");
    const tell = this.#tell;
    let shown = 0;
    let stalled = null;
    // A frame's time is when the frame began: the first one's may be before the tap.
    let last = null;
    const frame = (now) => {
      if (this.#tell !== tell) return;
      if (!this.element.isConnected || shown >= LENGTH_MS) return this.stop();
      if (this.#stalls && stalled === null && shown >= STALL_AT_MS) {
        stalled = now;
        tell("stalled");
      }
      const waits = stalled !== null && stalled !== 0;
      if (waits && now - stalled >= STALL_MS) {
        stalled = 0;
        tell("resumed");
      }
      if (!waits && last !== null) shown += now - last;
      last = now;
      this.#draw(shown / LENGTH_MS, shown / 5_000, stalled ? (now - stalled) / 1_000 : null);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  stop() {
    this.#tell?.("ended");
    this.#tell = null;
    this.#button.textContent = "Play the film";
    this.#draw(0, 1, null);
  }

  /** `part`: how far it is; `made`: how far the lamp is; `waits`: for how many seconds it has stood still. */
  #draw(part, made, waits) {
    const { width, height } = this.#canvas;
    const c = this.#canvas.getContext("2d");
    c.fillStyle = "#2c241c";
    c.fillRect(0, 0, width, height);
    // The lamp grows out of its foot; then it is switched on.
    const grown = Math.min(1, made);
    if (grown === 1) {
      c.fillStyle = "rgb(255 236 170 / 0.3)";
      c.beginPath();
      c.moveTo(250, 110);
      c.lineTo(130, 262);
      c.lineTo(420, 262);
      c.lineTo(330, 110);
      c.fill();
    }
    c.fillStyle = "#a0764a";
    c.fillRect(390, 260 - 160 * grown, 14, 160 * grown);
    c.beginPath();
    c.ellipse(397, 262, 70, 12, 0, 0, 7);
    c.fill();
    c.fillRect(404 - 120 * grown, 100, 120 * grown, 12);
    c.beginPath();
    c.moveTo(230, 116);
    c.arc(290, 116, 60 * grown, Math.PI, 0);
    c.fill();
    c.fillStyle = "#7fd1b0";
    c.fillRect(0, height - 8, width * part, 8);
    if (waits !== null) this.#wheel(c, width / 2, height / 2, waits);
  }

  #wheel(c, x, y, waits) {
    const turn = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : waits * 5;
    c.fillStyle = "rgb(0 0 0 / 0.55)";
    c.fillRect(0, 0, x * 2, y * 2);
    c.strokeStyle = "#ffffff";
    c.lineWidth = 8;
    c.beginPath();
    c.arc(x, y, 30, turn, turn + 4.5);
    c.stroke();
  }
}
