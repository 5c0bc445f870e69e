// Draws the charts from the tables below them, which hold the same numbers for whoever cannot see a chart.
/* global uPlot */

const HEIGHT = 230;
const drawn = new Map();
const spoken = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const dateAndClock = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** A time below the chart: the date at midnight, else the hour. */
function tick(seconds) {
  const time = new Date(seconds * 1000);
  const clock = time.toISOString().slice(11, 16);
  return clock === "00:00" ? date.format(time) : clock;
}

/** The columns of a table as arrays: times first, then numbers, null where there is none. */
function columns(table) {
  const rows = [...table.tBodies[0].rows].filter((row) => row.cells[0]?.dataset.v);
  const times = rows.map((row) => Date.parse(row.cells[0].dataset.v) / 1000);
  const width = table.tHead.rows[0].cells.length;
  const numbers = Array.from({ length: width - 1 }, (_, at) =>
    rows.map((row) =>
      row.cells[at + 1]?.dataset.v === undefined ? null : Number(row.cells[at + 1].dataset.v),
    ),
  );
  return [times, ...numbers];
}

function colours(node) {
  const style = getComputedStyle(node);
  return (name) => style.getPropertyValue(name).trim();
}

/** Where a value stands alone, between none and none: a line is not seen there. */
const alone = (values) => {
  const isNone = (at) => (values[at] ?? null) === null;
  return values.flatMap((_, at) => (!isNone(at) && isNone(at - 1) && isNone(at + 1) ? [at] : []));
};

/** What each kind of chart draws, from the columns of its table. */
const KINDS = {
  band(table, colour) {
    const [times, , , rate, usual, low, high] = columns(table);
    const above = rate.map((value, at) =>
      value !== null && high[at] !== null && value > high[at] ? value : null,
    );
    const line = { points: { show: false } };
    const dots = { show: true, size: 7, fill: colour("--sorry"), filter: () => alone(rate) };
    // Where hardly anything could fail the band is so wide that it would flatten the rest: it is in the table alone.
    const most = Math.max(0, ...rate, ...usual) * 1.6;
    const within = (edge) => edge.map((value, at) => (high[at] > most ? null : value));
    return {
      data: [times, within(high), within(low), usual, rate, above],
      bands: [{ series: [1, 2], fill: colour("--band") }],
      series: [
        {},
        { ...line, stroke: colour("--band-edge"), width: 1 },
        { ...line, stroke: colour("--band-edge"), width: 1 },
        { ...line, stroke: colour("--soft"), width: 1.5, dash: [6, 5] },
        { stroke: colour("--sorry"), width: 2.5, points: dots },
        {
          stroke: colour("--bad"),
          width: 0,
          paths: () => null,
          points: { show: true, size: 9, fill: colour("--bad"), stroke: colour("--card"), width: 1.5 },
        },
      ],
      most,
      say: (at) =>
        rate[at] === null
          ? "nothing counted"
          : `${spoken.format(rate[at])} per 1,000${high[at] === null ? "" : `; usual ${spoken.format(low[at])} to ${spoken.format(high[at])}`}`,
      axis: (value) => spoken.format(value),
    };
  },
  pair(table, colour) {
    const [times, candidate, control] = columns(table);
    const percent = (value) => (value === null ? "–" : `${spoken.format(value * 100)} %`);
    return {
      data: [times, candidate, control],
      bands: [],
      series: [
        {},
        { stroke: colour("--sorry"), width: 2.5, points: { show: true, filter: () => alone(candidate) } },
        {
          stroke: colour("--soft"),
          width: 1.5,
          dash: [6, 5],
          points: { show: true, filter: () => alone(control) },
        },
      ],
      say: (at) => `new ${percent(candidate[at])}, before ${percent(control[at])}`,
      axis: percent,
    };
  },
};

function draw(figure) {
  const [table, plot, readout] = ["table", ".plot", ".readout"].map((part) => figure.querySelector(part));
  const colour = colours(figure);
  const { data, series, bands, most, say, axis } = KINDS[figure.dataset.chart](table, colour);
  drawn.get(figure)?.destroy();
  const axes = { stroke: colour("--soft"), font: "12px system-ui, sans-serif", ticks: { show: false } };
  const clock = (at) => dateAndClock.format(new Date(data[0][at] * 1000));
  const chart = new uPlot(
    {
      width: plot.clientWidth,
      height: HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      series,
      bands,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { y: { range: (_, __, top) => [0, Math.max(most ?? (top ?? 0) * 1.1, 1e-6)] } },
      axes: [
        { ...axes, grid: { show: false }, space: 64, values: (_, ticks) => ticks.map(tick) },
        {
          ...axes,
          size: 48,
          grid: { stroke: colour("--line"), width: 1 },
          values: (_, ticks) => ticks.map(axis),
        },
      ],
      hooks: {
        setCursor: [
          ({ cursor }) => {
            const at = cursor.idx;
            readout.textContent = at === null || at === undefined ? "" : `${clock(at)} UTC: ${say(at)}`;
          },
        ],
      },
    },
    data,
    plot,
  );
  drawn.set(figure, chart);
}

function drawAll() {
  for (const figure of drawn.keys()) {
    if (figure.isConnected) continue;
    drawn.get(figure).destroy();
    drawn.delete(figure);
  }
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
}

drawAll();
addEventListener("figures", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
addEventListener("resize", () => {
  for (const [figure, chart] of drawn) {
    chart.setSize({ width: figure.querySelector(".plot").clientWidth, height: HEIGHT });
  }
});
// A choice of app is followed at once where there is a script; the first page does so by itself, without a new page.
if (!document.querySelector("main.now, main[class='']")) {
  document.getElementById("app")?.addEventListener("change", (event) => event.target.form.requestSubmit());
}
