/* The fan of a series, drawn by Vega in the browser. Vega is large, so it is loaded last. */
import { escape, fetched } from "/static/words.js";
import { now, onWeek } from "/static/map.js";

const narrow = matchMedia("(max-width: 40rem)");
let view = null, chart = null, asked = 0;

export async function begin() {
  const select = document.getElementById("tf-series");
  if (!select) return;
  select.addEventListener("change", () => load(select.value));
  narrow.addEventListener("change", () => chart && draw());
  onWeek(mark);
  await load(select.value);
}

async function load(series) {
  const mine = ++asked;
  const found = await fetched(`/api/series/${encodeURIComponent(series)}`);
  if (!window.vegaEmbed) await import("/vega.js");
  if (mine !== asked) return;
  chart = found;
  await draw();
}

async function draw() {
  document.getElementById("tf-fan-title").textContent = chart.finding;
  document.getElementById("tf-fan-sub").textContent = chart.subtitle;
  document.getElementById("tf-fan-caption").textContent = chart.caption;
  const box = document.getElementById("tf-fan");
  const spec = narrow.matches ? chart.narrow : chart.wide;
  const made = await window.vegaEmbed(box, structuredClone(spec), { actions: false, renderer: "svg" });
  view = made.view;
  const svg = box.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", escape(`${chart.subtitle}. ${chart.finding}`));
  mark(now());
}

function mark(date) {
  if (view) view.data("now", [{ date }]).runAsync();
}
