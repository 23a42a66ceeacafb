/* Where a number comes from: whatever carries `data-origin` (a name in /api/sources) or
   `data-computed` (rows of our own) opens it. */
import { escape, fetched } from "/static/words.js";

const row = (name, text) => (text ? `<dt>${escape(name)}</dt><dd>${text}</dd>` : "");

function statement(s) {
  const who = s.speakers ? ` Speakers: ${escape(s.speakers)}.` : "";
  const passage = s.passage ? `<blockquote class="src">${escape(s.passage)}</blockquote>` : "";
  return `<li><span class="mark" aria-hidden="true">${escape(s.mark)}</span> ${escape(s.says)} ` +
    `<span class="soft">${escape(s.where)}.${who} Against other sources: ${escape(s.verdict)}.</span>${passage}</li>`;
}

function rows(o) {
  const several = (items) => items.map(escape).join("<br>");
  const grade = o.grade ? `<span class="in in-${escape(o.grade)}">${escape(o.grade)}</span>` : "";
  return row("Value", escape(o.value)) + row("Range", escape(o.range)) + row("Grade", grade) +
    o.rows.map(([name, text]) => row(name, escape(text))).join("") +
    row("Reason", escape(o.reason)) + row(o.facts.length > 1 ? "Facts" : "Fact", several(o.facts)) +
    row("Sources", several(o.sources)) +
    row("Stated in", o.statements.length ? `<ul>${o.statements.map(statement).join("")}</ul>` : "");
}

export async function open(origin, title, more = [], point = "", points = null) {
  const dialog = document.getElementById("tf-origin");
  const found = origin ? await fetched(`/api/sources/${origin.split("/").map(encodeURIComponent).join("/")}`) : null;
  const own = more.map(([name, text]) => row(name, escape(text))).join("");
  const key = (found && found.point) || (points && points.includes(point) ? point : "");
  dialog.innerHTML = `<form method="dialog"><button aria-label="Close" class="close">×</button></form>` +
    `<h2>${escape((found && found.title) || title)}</h2>` +
    `<dl>${found ? rows(found) : row("On record", "The record is silent near this week.")}${own}</dl>` +
    (key ? `<p><button type="button" class="go" data-ask="${escape(key)}">Change this in a what-if</button></p>` : "");
  dialog.querySelector("[data-ask]")?.addEventListener("click", (e) => {
    dialog.close();
    emitEvent("tf-point", e.target.dataset.ask);
    document.getElementById("tf-ask").scrollIntoView({ block: "start" });
  });
  if (!dialog.open) dialog.showModal();
}

function computed(title, told) {
  const dialog = document.getElementById("tf-origin");
  dialog.innerHTML = `<form method="dialog"><button aria-label="Close" class="close">×</button></form>` +
    `<h2>${escape(title)}</h2><dl>${told.map(([name, text]) => row(name, escape(text))).join("")}</dl>`;
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const hit = event.target.closest?.("[data-origin], [data-computed]");
  if (event.target.id === "tf-origin") event.target.close();
  if (!hit) return;
  if (hit.dataset.origin) open(hit.dataset.origin, hit.textContent);
  else computed(hit.dataset.title || "Where this comes from", JSON.parse(hit.dataset.computed));
});
