/* The map through time. Everything is drawn here from data that was fetched once, so scrubbing
   never waits for the server, however busy the engine is. */
import { at, day, escape, fetched, number } from "/static/words.js";
import { open } from "/static/origins.js";

const WEEK = 7 * 864e5, NEAR = 183, BAR = 14, DASHED = 8, GAP = 5;
const state = { mode: "both", week: 0, record: null, model: null, world: null, listeners: [] };
const narrow = matchMedia("(max-width: 40rem)");

export const now = () => at(state.record.start, state.week);
export const onWeek = (listener) => state.listeners.push(listener);

export async function begin(first) {
  state.record = await fetched("/api/map");
  const slider = document.getElementById("tf-when");
  slider.max = Math.floor((Date.parse(state.record.end) - Date.parse(state.record.start)) / WEEK);
  marks();
  wire(slider);
  legend();
  go(first);
  state.model = await fetched("/api/map/ensemble", progress);
  document.getElementById("tf-map-wait").hidden = true;
  legend();
  draw();
}

function progress(told) {
  const wait = document.getElementById("tf-map-wait");
  wait.hidden = false;
  wait.querySelector("span").textContent =
    told.stage === "preparing"
      ? "Preparing the engine. The first time on a machine it is compiled, about a minute."
      : `${told.stage || "Starting"}: ${Math.round(100 * (told.part || 0))} %`;
  const bar = wait.querySelector("progress");
  if (told.part) bar.value = told.part;
}

export function go(date) {
  const week = Math.round((Date.parse(date) - Date.parse(state.record.start)) / WEEK);
  show(Math.max(0, week));
}

function show(week) {
  const slider = document.getElementById("tf-when");
  state.week = Math.min(week, +slider.max);
  slider.value = state.week;
  draw();
}

function wire(slider) {
  slider.addEventListener("input", () => { stop(); state.week = +slider.value; draw(); });
  document.getElementById("tf-play").addEventListener("click", () => (timer ? stop() : play()));
  for (const button of document.querySelectorAll("[data-mode]"))
    button.addEventListener("click", () => mode(button.dataset.mode));
  const which = document.getElementById("tf-world");
  which.addEventListener("change", () => mode("world"));
  narrow.addEventListener("change", draw);
}

let timer = 0;
function stop() {
  clearInterval(timer);
  timer = 0;
  const button = document.getElementById("tf-play");
  button.textContent = "▶";
  button.setAttribute("aria-label", "Play");
}
function play() {
  const slider = document.getElementById("tf-when");
  if (state.week >= +slider.max) state.week = 0;
  const button = document.getElementById("tf-play");
  button.textContent = "❚❚";
  button.setAttribute("aria-label", "Pause");
  timer = setInterval(() => {
    if (state.week >= +slider.max) stop();
    else show(state.week + 4);
  }, 220);
}

async function mode(name) {
  state.mode = name;
  for (const button of document.querySelectorAll("[data-mode]"))
    button.setAttribute("aria-pressed", String(button.dataset.mode === name));
  document.getElementById("tf-which").hidden = name !== "world";
  if (name === "world") {
    const number_ = Math.min(99999, Math.max(0, Math.trunc(+document.getElementById("tf-world").value || 0)));
    if (!state.world || state.world.world !== number_) {
      state.world = null;
      draw();
      state.world = await fetched(`/api/map/worlds/${number_}`);
    }
  }
  draw();
}

export async function showWorld(world) {
  document.getElementById("tf-world").value = world;
  await mode("world");
}

/* What holds on a day. */
const holds = (spans, date) => (spans || []).filter((s) => s.begin <= date && date < s.end);
const shown = () => (state.mode === "record" ? null : state.mode === "world" ? state.world : state.model);

function recorded(date) {
  const found = {};
  for (const level of state.record.levels) {
    const away = Math.abs(Date.parse(level.date) - Date.parse(date)) / 864e5;
    const key = `${level.theatre}/${level.actor}`;
    if (away <= NEAR && (!found[key] || away < found[key].away)) found[key] = { ...level, away };
  }
  return found;
}

function modelled(date) {
  const from = shown(), found = {};
  if (!from) return found;
  const row = frame(from, date);
  for (const stand of from.stands)
    found[`${stand.theatre}/${stand.actor}`] = {
      theatre: stand.theatre, actor: stand.actor, value: stand.middle[row],
      low: stand.low && stand.low[row], high: stand.high && stand.high[row],
    };
  return found;
}

function frame(from, date) {
  const step = (Date.parse(from.days[1]) - Date.parse(from.days[0])) || WEEK;
  const row = Math.round((Date.parse(date) - Date.parse(from.days[0])) / step);
  return Math.max(0, Math.min(from.days.length - 1, row));
}

function bars(date) {
  const record = recorded(date), model = modelled(date), places = {};
  for (const key of new Set([...Object.keys(record), ...Object.keys(model)])) {
    const one = record[key], other = model[key];
    const { theatre, actor } = one || other;
    const size = Math.max(one ? one.value : 0, other ? other.value : 0);
    (places[theatre] ||= []).push({ theatre, actor, record: one, model: other, size });
  }
  for (const group of Object.values(places)) group.sort((a, b) => b.size - a.size);
  return places;
}

function draw() {
  const date = now();
  const title = `Week of ${day(date)}`;
  document.getElementById("tf-week").textContent = title;
  document.getElementById("tf-when").setAttribute("aria-valuetext", title);
  const places = bars(date);
  told(date);
  forces(places);
  const box = document.getElementById("tf-map");
  const views = narrow.matches ? layout().narrow : [layout().wide];
  const had = document.activeElement && document.activeElement.dataset.bar;
  box.innerHTML = views
    .map((view, n) =>
      (n ? '<p class="small soft">The rest, at the same scale</p>' : "") + svg(view, places, date))
    .join("");
  if (had) box.querySelector(`[data-bar="${CSS.escape(had)}"]`)?.focus();
  for (const hit of box.querySelectorAll("[data-bar]")) {
    hit.addEventListener("click", () => inspect(hit.dataset.bar, places));
    hit.addEventListener("keydown", (e) => {
      if (e.key === "Enter" || e.key === " ") { e.preventDefault(); inspect(hit.dataset.bar, places); }
    });
  }
  for (const listener of state.listeners) listener(date);
}

/* Room for the record alone until the worlds have been run, then for both. */
const layout = () => (state.model || state.record).layout;
const power = (actor) => state.record.powers[actor] || { name: actor, colour: "grey", tag: "" };
const theatre = (id) => state.record.theatres[id] || id;

function svg(view, places, date) {
  const { places: at_, type, box } = view, unit = layout().unit;
  const least = (0.012 * 66) / unit, parts = [];
  const name = (actor) => power(actor).name;
  const record = state.record, model = shown();
  const own = state.mode === "world";
  const wars = holds(own ? model?.wars : record.wars, date);
  // An alliance ties down nobody on the map; it is told in words.
  const pacts = holds(own ? model?.pacts : record.pacts.filter((p) => p.point), date);
  const aid = own ? [] : holds(record.aid, date);
  const home = (actor) => record.homes[actor];
  const both = (a, b) => a !== b && at_[a] && at_[b];
  const drawn = new Set();
  const line = (a, b, kind, said) => {
    if (!both(a, b) || drawn.has(kind + [a, b].sort())) return;
    drawn.add(kind + [a, b].sort());
    const p = at_[a], q = at_[b], bow = { war: 14, pact: -24, aid: 34 }[kind];
    const d = `M${p.x} ${p.y}Q${(p.x + q.x) / 2} ${(p.y + q.y) / 2 + bow} ${q.x} ${q.y}`;
    parts.push(`<path class="${kind}" d="${d}"${kind === "aid" ? ' marker-end="url(#tf-arrow)"' : ""}><title>${escape(said)}</title></path>`);
  };
  for (const pact of pacts) line(home(pact.one), home(pact.other), "pact", `${pact.title || "Pact"}: ${name(pact.one)} and ${name(pact.other)}`);
  for (const war of wars) line(home(war.one), war.theatre || home(war.other), "war", `War: ${name(war.one)} and ${name(war.other)}`);
  for (const flow of aid) line(home(flow.one), home(flow.other), "aid", flow.title);
  const atWar = new Set(wars.map((w) => w.theatre).filter(Boolean));
  for (const [id, spot] of Object.entries(at_)) {
    const [hx, hy] = spot.home, group = (places[id] || []).filter((b) => b.size >= least).slice(0, 3);
    const far = Math.abs(hx - spot.x) + Math.abs(hy - spot.y) > 16;
    if (far) parts.push(`<path d="M${spot.x} ${spot.y}L${hx} ${hy}" stroke="var(--soft)"/>`);
    if (far || !group.length) parts.push(`<circle cx="${hx}" cy="${hy}" r="2.5" fill="var(--ink)"/>`);
    const widths = group.map((b) => Math.max((b.record ? BAR : 0) + (b.model ? DASHED : 0), 0.56 * type * value(b).length));
    const total = widths.reduce((a, b) => a + b, 0) + GAP * Math.max(0, widths.length - 1);
    let left = spot.x - total / 2;
    if (group.length) parts.push(`<path d="M${left - 3} ${spot.y}h${total + 6}" stroke="var(--ink)" stroke-width="1.5"/>`);
    group.forEach((b, n) => { parts.push(bar(b, left + widths[n] / 2, spot.y, unit, type)); left += widths[n] + GAP; });
    spot.lines.forEach((text, n) =>
      parts.push(`<text x="${spot.x}" y="${spot.y + type + 1 + n * (type + 1)}" text-anchor="middle" class="${group.length ? "tl" : "at"}">${escape(text)}</text>`));
    front(parts, id, spot, date, type, atWar.has(id));
  }
  const said = `Map of ${day(date)}. ` +
    (wars.length ? `At war: ${wars.map((w) => `${name(w.one)} and ${name(w.other)}`).join("; ")}. ` : "No war. ") +
    (pacts.length ? `Bound: ${pacts.map((p) => `${name(p.one)} and ${name(p.other)}`).join("; ")}.` : "");
  return `<svg class="map" viewBox="${box.join(" ")}" role="group" aria-label="${escape(said)}" style="font-size:${type}px">` +
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="var(--sea)"/><use href="#land"/>${parts.join("")}</svg>`;
}

/* Who holds how much of a theatre: a bar in the patterns of the powers, below its name. */
function front(parts, id, spot, date, type, war) {
  const y = spot.y + 5 + spot.lines.length * (type + 1), from = shown();
  if (from) {
    const row = frame(from, date);
    const shares = from.holds.filter((h) => h.theatre === id).map((h) => ({ actor: h.actor, share: h.share[row] })).filter((h) => h.share > 0.02);
    if (shares.length > 1) {
      let x = spot.x - 30;
      const said = shares.map((h) => `${power(h.actor).name} ${Math.round(100 * h.share)} %`).join(", ");
      const cut = shares.map((h) => { const w = 60 * Math.min(1, h.share); const r = `<rect x="${x}" y="${y}" width="${w}" height="7" fill="url(#power-${power(h.actor).colour})" stroke="var(--${power(h.actor).colour})"/>`; x += w; return r; });
      parts.push(`<g class="front">${cut.join("")}<title>Held in the model: ${escape(said)}</title></g>`);
      return;
    }
  }
  if (war) parts.push(`<path d="M${spot.x - 22} ${y}h44" stroke="var(--ink)" stroke-width="4"/>`);
}

function value(b) {
  const shown_ = (b.record || b.model).value;
  return power(b.actor).tag + (shown_ >= 0.95 ? shown_.toFixed(1) : shown_.toFixed(2));
}

function bar(b, middle, y, unit, type) {
  const p = power(b.actor), parts = [];
  let x = middle - ((b.record ? BAR : 0) + (b.model ? DASHED : 0)) / 2, tallest = 0;
  const one = (v, wide, fill, dash) => {
    const tall = Math.max(2, v * unit);
    tallest = Math.max(tallest, tall);
    parts.push(`<rect x="${x}" y="${y - tall}" width="${wide}" height="${tall}" fill="${fill}" stroke="var(--${p.colour})" stroke-width="1.6"${dash ? ' stroke-dasharray="2.5 2"' : ""}/>`);
    x += wide;
  };
  if (b.record) one(b.record.value, BAR, `url(#power-${p.colour})`, false);
  if (b.model) one(b.model.value, DASHED, "var(--paper)", true);
  const said = `${p.name}, ${theatre(b.theatre)}: ` + [b.record && `${number(b.record.value)} on record`, b.model && `${number(b.model.value)} in the model`].filter(Boolean).join(", ");
  return `<g class="hit" tabindex="0" role="button" data-bar="${b.theatre}/${b.actor}" aria-label="${escape(said)}">` +
    `<rect x="${middle - 14}" y="${y - tallest - type}" width="28" height="${tallest + type}" fill="transparent"/>` +
    `${parts.join("")}<text x="${middle}" y="${y - tallest - 4}" text-anchor="middle" class="fv">${escape(value(b))}</text><title>${escape(said)}</title></g>`;
}

function inspect(key, places) {
  const [id, actor] = key.split("/");
  const b = (places[id] || []).find((one) => one.actor === actor);
  const from = shown(), rows = [];
  if (b.model && from)
    rows.push(["In the model", `${number(b.model.value)} ${state.record.unit}, ${from.title}` +
      (b.model.low !== undefined && b.model.low !== null ? `; 95 % of worlds between ${number(b.model.low)} and ${number(b.model.high)}` : "") +
      `. Computed, seed ${from.seed}.`]);
  open(b.record && b.record.origin, `${power(actor).name}, ${theatre(id)}`, rows, `pin.${actor}.${id}`, state.record.points);
}

const pair = (s) => `${power(s.one).name} and ${power(s.other).name}`;

/* This week, in words. */
function told(date) {
  const last = at(date, 1), record = state.record.events;
  let inside = record.filter((e) => date <= e.date && e.date < last);
  const before = record.filter((e) => e.date < date).slice(-1);
  const now_ = (spans, lead) => {
    const seen = new Set();
    const told_ = holds(spans, date).filter((s) => !seen.has(pair(s)) && seen.add(pair(s))).map((s) =>
      `<button type="button" class="num" data-origin="${s.origin}">${escape(pair(s))}</button>`);
    return told_.length ? `<p>${lead} ${told_.join("; ")}.</p>` : "";
  };
  const { wars: fought, pacts: signed, aid } = state.record;
  document.getElementById("tf-on-record").innerHTML =
    list(inside.length ? inside : before, inside.length ? "" : "Before: ") +
    now_(fought, "At war:") + now_(signed.filter((p) => p.point), "Bound by a pact:") +
    now_(signed.filter((p) => !p.point), "Allied or aligned:") + now_(aid, "Aid:");
  const from = shown(), box = document.getElementById("tf-in-model");
  if (!from) { box.innerHTML = `<p class="soft">${state.mode === "record" ? "The map shows the record alone." : "…"}</p>`; return; }
  let text = "";
  if (from.often) {
    const row = frame(from, date);
    for (const [key, lead, none] of [["wars", "At war", "War"], ["pacts", "Bound by a pact", "A pact"]]) {
      const most = from.often[key].map((w) => ({ ...w, now: w.share[row] })).filter((w) => w.now >= 0.05)
        .sort((a, b) => b.now - a.now).slice(0, 4);
      text += most.length
        ? `<p>${lead}: ${escape(most.map((w) => `${pair(w)} in ${Math.round(1000 * w.now)} of 1,000 worlds`).join("; "))}.</p>`
        : `<p>${none} in fewer than 50 of 1,000 worlds, whoever the two.</p>`;
    }
    text += `<p class="small soft">${from.worlds.toLocaleString("en")} worlds left to themselves from the first day.</p>`;
  } else {
    const wars = holds(from.wars, date).map(pair), pacts = holds(from.pacts, date).map(pair);
    text = `<p>${wars.length ? `At war: ${escape(wars.join("; "))}.` : "No war."}</p>`;
    if (pacts.length) text += `<p>Bound by a pact: ${escape(pacts.join("; "))}.</p>`;
  }
  if (from.events) {
    inside = from.events.filter((e) => date <= e.date && e.date < at(date, 4));
    text += list(inside, "");
  }
  box.innerHTML = text;
}

function list(events, lead) {
  if (!events.length) return '<p class="soft">Nothing before this week.</p>';
  return events.map((e) => {
    const text = `${lead}${day(e.date)}: ${escape(e.title)}`;
    return e.origin ? `<p><button type="button" class="num" data-origin="${e.origin}">${text}</button></p>` : `<p>${text}</p>`;
  }).join("");
}

function forces(places) {
  const rows = ['<thead><tr><th scope="col">theatre</th><th scope="col">power</th><th scope="col">on record</th><th scope="col">in the model</th><th scope="col">range</th></tr></thead><tbody>'];
  for (const id of Object.keys(state.record.theatres)) {
    let first = true;
    for (const b of places[id] || []) {
      if (!b.record && b.size < 0.001) continue;
      const record = b.record ? `<button type="button" class="num" data-origin="${b.record.origin}">${number(b.record.value)}</button>` : "–";
      const model = b.model ? number(b.model.value) : "–";
      const range = b.model && b.model.low != null ? `${number(b.model.low)} to ${number(b.model.high)}` : "–";
      rows.push(`<tr${first ? " class=first" : ""}><th scope="row">${first ? escape(theatre(id)) : `<span class="vh">${escape(theatre(id))}</span>`}</th><td>${escape(power(b.actor).name)}</td><td>${record}</td><td>${model}</td><td>${range}</td></tr>`);
      first = false;
    }
  }
  document.getElementById("tf-forces").innerHTML = rows.join("") + "</tbody>";
}

function legend() {
  document.getElementById("tf-defs").innerHTML = layout().definitions +
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><marker id="tf-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="var(--ink)"/></marker></defs></svg>';
  const seen = new Set([...state.record.levels, ...(state.model ? state.model.stands : [])].map((one) => one.actor));
  const swatch = (colour) => `<svg width="15" height="15" aria-hidden="true"><rect x="1" y="1" width="13" height="13" fill="url(#power-${colour})" stroke="var(--${colour})" stroke-width="1.5"/></svg>`;
  const other = [];
  const known = [...seen].map(power).filter((p) => { if (p.colour === "grey") other.push(p.name); return p.colour !== "grey"; });
  const items = known.map((p) => `<li>${swatch(p.colour)} ${escape(p.name)}</li>`);
  if (other.length) items.push(`<li>${swatch("grey")} others, named</li>`);
  const stroke = (cls, text) => `<li><svg width="34" height="10" aria-hidden="true"><path class="${cls}" d="M1 5H31"${cls === "aid" ? ' marker-end="url(#tf-arrow)"' : ""}/></svg> ${text}</li>`;
  items.push(stroke("war", "war"), stroke("pact", "pact"), stroke("aid", "aid"));
  items.push('<li><svg width="15" height="15" aria-hidden="true"><rect x="3" y="1" width="8" height="13" fill="var(--paper)" stroke="var(--ink)" stroke-dasharray="2.5 2"/></svg> in the model</li>');
  items.push(`<li class="soft">numbers: ${escape(state.record.unit)}</li>`);
  document.getElementById("tf-legend").innerHTML = items.join("");
}

function marks() {
  const { start, end, events } = state.record;
  const whole = Date.parse(end) - Date.parse(start);
  const kinds = new Set(["strike", "pact", "battle", "collapse", "embargo"]);
  document.getElementById("tf-marks").innerHTML = events
    .filter((e) => kinds.has(e.kind) && e.date >= start)
    .map((e) => `<i style="left:${((100 * (Date.parse(e.date) - Date.parse(start))) / whole).toFixed(2)}%" title="${day(e.date)}: ${escape(e.title)}"></i>`)
    .join("");
  document.getElementById("tf-ends").innerHTML = `<span>${start.slice(0, 4)}</span><span>${end.slice(0, 4)}</span>`;
}
