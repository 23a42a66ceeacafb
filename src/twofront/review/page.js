"use strict";
// The desk in the browser. It keeps nothing of its own but one unsaved request: an action is sent,
// the server writes it to the disk, and only then the page moves on.

const $ = (id) => document.getElementById(id);
const TYPES = { DATE: "date", QUANTITY: "quantity", PACT: "agreement", QUOTE: "quotation" };
const STATES = {
  open: "open", accepted: "accepted", rejected: "rejected", edited: "edited",
  moved: "moved: to be confirmed", orphan: "orphan: its words are lost", apart: "kept apart",
};
const RELATIONS = {
  conflict: "≠ in conflict", tension: "≠ in tension", refines: "~ one is more exact",
  complements: "+ beside each other", corroborates: "= agree", not_same: "· not the same thing",
  apart: "· kept apart",
};
const VIEWS = {
  todo: "to do", conflict: "conflicts, to do", decided: "decided", moved: "moved",
  orphan: "orphans", all: "all",
};
const HINTS = {
  DATE: "1941, 1941-06, 1941-06-22, 1941-06/1941-08, ../1941, 194X, 1941~ (about), XXXX-06-22 (no year)",
  QUANTITY: "57000 men, > 1.5 million men, ~ 900 aircraft (about), 10/15 divisions",
  PACT: "its name or id", QUOTE: "who is quoted: a name or an id",
};
const OF_DEEDS = ["DATE", "QUANTITY"]; // types that tell of a deed
const AROUND = 4000; // characters of a very long paragraph on each side of the words
const POLL = 2000, RETRY_FIRST = 400, RETRY_LAST = 5000, PATIENCE = 8000; // ms

let review = null;          // what the server sent: texts, items, states
let items = new Map();      // id -> item
let order = [];             // ids in the order of the queue
let rank = new Map();       // id -> place in the queue
let byParagraph = new Map();// "doc\0para" -> items that stand there
let documents = new Map();
let current = null;         // id of the item shown
let shown = [];             // ids that pass the filters
let view = { doc: "", type: "", state: "todo" };
let editing = null;         // { split } while the form is open
let picked = null;          // pair of the witness that somebody chose on this card, else none
let made = [];              // groups of decisions made at this page, for undo
let busy = false, waiting = [], lost = false;

const state = (id) => review.states[id] || { state: "gone", decision: null };
const isTodo = (id) => ["open", "moved"].includes(state(id).state);
const isDecided = (id) => ["accepted", "rejected", "edited", "apart"].includes(state(id).state);
const isPair = (id) => Boolean(items.has(id) && items.get(id).pair);
const isApart = (pair) => Boolean(pair) && state(pair).state === "apart";
const seen = (id) => { const d = state(id).decision; return d ? d.id : ""; };
const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}
const say = (text) => { $("live").textContent = ""; requestAnimationFrame(() => { $("live").textContent = text; }); };

// ---------------------------------------------------------------- the server
class Refusal extends Error { constructor(status, why) { super(why); this.status = status; } }

async function ask(path, body, options = {}) {
  const answer = await fetch(path, body === undefined ? options : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), ...options,
  });
  let found;
  try { found = await answer.json(); } catch { throw new TypeError("no answer"); }
  if (!answer.ok) throw new Refusal(answer.status, found.why || "The server did not say why.");
  return found;
}

const keeper = () => `twofront-review-${review.fingerprint}`;

// Sends wishes until the server has them on its disk. The one unsaved request also lies in the
// browser's own store, so that closing the page does not lose it.
async function save(wishes) {
  try { localStorage.setItem(keeper(), JSON.stringify(wishes)); } catch { /* a store may be forbidden */ }
  let wait = RETRY_FIRST;
  for (;;) {
    try {
      const answer = await ask("/api/decide", {
        fingerprint: review.fingerprint, session: review.session, since: review.version, wishes,
      }, { signal: AbortSignal.timeout(PATIENCE) });
      found();
      forget();
      return answer;
    } catch (error) {
      if (error instanceof Refusal && error.status !== 503 && error.status !== 500) { forget(); found(); throw error; }
      miss(error instanceof Refusal ? error.message : "", wishes.length);
      await new Promise((go) => { setTimeout(go, wait); });
      wait = Math.min(wait * 1.6, RETRY_LAST);
    }
  }
}
function forget() { try { localStorage.removeItem(keeper()); } catch { /* see above */ } }

function miss(why, unsaved) {
  const what = unsaved ? `${plural(unsaved, "decision")} not saved yet; keys do nothing until then. ` : "";
  $("lost").textContent = why
    ? `${what}The server cannot write: ${why} Trying again.`
    : `The server does not answer. ${what}Trying again; start it again with the same command if it has ended.`;
  $("lost").hidden = false;
  lost = true;
  waiting = []; // keys pressed blindly decide nothing later
}
function found() { if (lost) say("The server answers again."); lost = false; $("lost").hidden = true; }
function trouble(text, reload) {
  $("trouble").replaceChildren(text);
  if (reload) {
    const button = make("button", { type: "button" }, "Load anew");
    button.addEventListener("click", () => location.reload());
    $("trouble").append(button);
  }
  $("trouble").hidden = !text;
}

function take(answer) {
  if (answer.fingerprint !== review.fingerprint) {
    trouble("The texts on the server are not the ones shown here.", true);
    return false;
  }
  for (const item of answer.items || []) {
    if (items.has(item.id)) { Object.assign(items.get(item.id), item); continue; }
    rank.set(item.id, order.length); order.push(item.id); place(item);
    items.set(item.id, item);
  }
  Object.assign(review.states, answer.states);
  Object.assign(review, { session: answer.session, version: answer.version, faults: answer.faults, elsewhere: answer.elsewhere });
  return true;
}

// One thing after another: keys that come while something is saved wait for their turn.
async function inTurn(action) {
  if (busy) { if (!lost) waiting.push(action); return; }
  busy = true;
  try { await action(); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    trouble(error.message, error.status === 409);
  } finally {
    busy = false;
    const next = waiting.shift();
    if (next) inTurn(next);
  }
}

async function poll() {
  if (busy || !review || document.hidden) return;
  try {
    const before = review.version;
    const answer = await ask(`/api/changes?session=${review.session}&since=${before}`);
    found();
    const other = answer.session !== review.session;
    if (busy || !take(answer)) return;
    if (other || answer.version !== before) refresh();
  } catch (error) {
    if (error instanceof TypeError) miss("", 0);
  }
}

// ---------------------------------------------------------------- what is shown
function place(item) {
  const key = `${item.doc}\0${item.para}`;
  if (!byParagraph.has(key)) byParagraph.set(key, []);
  byParagraph.get(key).push(item);
}

function passes(id) {
  const item = items.get(id), now = state(id).state;
  if (now === "gone") return false;
  if (view.doc && item.doc !== view.doc && !(item.pair && item.others.some((other) => other.doc === view.doc))) return false;
  if (view.type && item.type !== view.type) return false;
  switch (view.state) {
    case "todo": return now === "open" || now === "moved";
    case "conflict": return item.conflict && (now === "open" || now === "moved");
    case "decided": return isDecided(id);
    case "moved": return now === "moved";
    case "orphan": return now === "orphan";
    default: return true;
  }
}

function refresh(keep = true) {
  shown = order.filter(passes);
  if (!keep || !current || state(current).state === "gone") { current = shown[0] || null; picked = null; }
  drawHead();
  drawText();
  // What is being typed stays; only a form that lost its ground goes.
  if (editing && editing.id === current) return;
  drawCard();
}

function drawHead() {
  const counts = {};
  let pairs = 0; // of the moved: a pair is no proposal
  for (const id of order) { const s = state(id).state; counts[s] = (counts[s] || 0) + 1; pairs += s === "moved" && isPair(id); }
  const n = (name) => counts[name] || 0;
  const decided = n("accepted") + n("rejected") + n("edited");
  const all = decided + n("open") + n("moved") - pairs;
  const more = [n("apart") ? `${plural(n("apart"), "pair")} kept apart` : "", n("moved") ? `${n("moved")} moved` : "", n("orphan") ? plural(n("orphan"), "orphan") : "",
    review.elsewhere ? `${review.elsewhere} about other texts` : ""].filter(Boolean);
  $("counts").textContent = `${decided.toLocaleString("en")} of ${all.toLocaleString("en")} decided: `
    + `${n("accepted")} accepted, ${n("rejected")} rejected, ${n("edited")} edited; ${n("open").toLocaleString("en")} open`
    + (more.length ? `; ${more.join(", ")}` : "");
  $("progress").max = Math.max(all, 1);
  $("progress").value = decided;
  const at = shown.indexOf(current);
  $("shown").textContent = shown.length ? `${at < 0 ? "–" : (at + 1).toLocaleString("en")} of ${shown.length.toLocaleString("en")} shown` : "none shown";
  $("faults").hidden = !review.faults.length;
  $("faults").textContent = review.faults.length ? `File of decisions: ${review.faults.join("; ")}.` : "";
  const hash = new URLSearchParams(Object.entries({ ...view, item: current || "" }).filter(([, value]) => value));
  history.replaceState(null, "", `#${hash}`);
  buttons();
}

function buttons() {
  const now = current ? state(current).state : "";
  const movable = now === "moved" || now === "orphan";
  const set = (name, on, visible = true) => {
    const button = document.querySelector(`#keys [data-do="${name}"]`);
    button.disabled = !on; button.hidden = !visible;
  };
  const can = Boolean(current) && now !== "orphan" && !isPair(current);
  for (const name of ["accept", "reject", "edit", "split"]) set(name, can);
  set("keep", now === "moved", now === "moved");
  set("drop", movable, movable);
  set("accept-alike", can); set("reject-alike", can);
}

function drawText() {
  const box = $("text");
  box.replaceChildren();
  const item = current && items.get(current);
  if (!item) { box.append(make("p", { class: "around" }, "Nothing is shown.")); return; }
  const texts = documents.get(item.doc);
  if (state(current).state === "orphan" || !texts || !item.para) {
    box.append(make("p", {}, make("span", { class: "where" }, `${item.doc}, an earlier version`),
      `… ${item.prefix || ""}`, make("mark", { class: `${item.type} line-${item.type} current` }, item.written), `${item.suffix || ""} …`));
    return;
  }
  box.lang = texts.language;
  for (const para of [item.para - 1, item.para, item.para + 1]) {
    if (texts.paragraphs[para] !== undefined) box.append(paragraph(texts, para, item));
  }
  const mark = box.querySelector("mark.current");
  if (mark) {
    // Only this box scrolls; the page of a phone stays where it is.
    const at = mark.getBoundingClientRect(), frame = box.getBoundingClientRect();
    box.scrollTop += at.top - frame.top - Math.max(24, (frame.height - at.height) / 3);
  }
}

function paragraph(texts, para, item) {
  const whole = texts.paragraphs[para], here = para === item.para;
  let first = 0, last = whole.length;
  if (whole.length > 3 * AROUND) {
    const middle = here ? item.from : para < item.para ? whole.length : 0;
    first = Math.max(0, middle - AROUND); last = Math.min(whole.length, middle + AROUND);
  }
  const p = make("p", { class: here ? "here" : "around" }, make("span", { class: "where" }, `${item.doc} ${para}`), first ? "… " : "");
  const lead = item.pair ? item.others[0].id : current;
  const inside = (byParagraph.get(`${item.doc}\0${para}`) || [])
    .filter((i) => !i.pair && i.to > first && i.from < last && i.to > i.from && !["gone", "orphan"].includes(state(i.id).state));
  const cuts = [...new Set([first, last, ...inside.flatMap((i) => [Math.max(first, i.from), Math.min(last, i.to)])])].sort((a, b) => a - b);
  const sorted = inside.sort((a, b) => a.from - b.from);
  let open = [], at = 0;
  for (let k = 0; k + 1 < cuts.length; k++) {
    const [a, b] = [cuts[k], cuts[k + 1]];
    while (at < sorted.length && sorted[at].from <= a) open.push(sorted[at++]);
    open = open.filter((i) => i.to > a);
    const words = whole.slice(a, b);
    if (!open.length) { p.append(words); continue; }
    // The shortest one lies on top: a date inside a quotation is still to be seen.
    const top = open.reduce((x, y) => (y.to - y.from <= x.to - x.from ? y : x));
    const now = state(top.id).state, mine = open.some((i) => i.id === lead);
    const mark = make("mark", { "data-item": top.id, class: [
      top.type, `line-${mine ? item.type : top.type}`, now === "open" || now === "moved" ? "" : "decided",
      now === "rejected" ? "rejected" : "", mine ? "current" : ""].filter(Boolean).join(" ") }, words);
    if (mine) mark.setAttribute("aria-current", "true");
    p.append(mark);
  }
  if (last < whole.length) p.append(" …");
  return p;
}

const surely = (item) => (item.certain ? "as good as sure" : item.confidence >= 0.8 ? "rather sure" : "unsure: look closely");

function drawCard() {
  editing = null;
  const card = $("card");
  card.replaceChildren();
  const item = current && items.get(current);
  if (!item) { card.append(nothing()); return; }
  const { state: now, decision, otherwise, altered } = state(current);
  const chips = make("p", { class: "head" }, make("span", { class: "chip" }, TYPES[item.type]),
    make("span", { class: "chip" }, item.para && now !== "orphan" ? `${item.doc} ${item.para}.${item.sent}` : item.doc));
  if (item.relation) chips.append(make("span", { class: item.conflict ? "chip strong" : "chip" }, RELATIONS[item.relation] || item.relation));
  chips.append(make("span", { class: now === "open" ? "chip" : "chip strong" }, STATES[now] || now));
  card.append(chips);
  card.append(make("p", { class: "label" }, item.pair ? "Kept apart" : "As written"), make("p", { class: "src written", lang: item.pair ? null : (documents.get(item.doc) || {}).language }, words(item)));
  if (decision) card.append(decidedBox(item, now, decision, otherwise, altered));
  if (item.proposed) {
    card.append(make("p", { class: "label" }, "As read"), make("p", { class: "reads" }, item.says), make("p", { class: "value" }, valueOf(item.says, item.value)));
  }
  const facts = make("dl", { class: "facts" });
  const fact = (name, text, title = null) => { if (text) facts.append(make("dt", {}, name), make("dd", { title }, text)); };
  if (item.proposed && OF_DEEDS.includes(item.type)) fact("What happened", deedSays(item.deed));
  fact("Counted from", item.counted);
  fact("Whose", item.owner);
  fact("Named beside it", item.actors.join(", "));
  fact("Said by", item.said_by.join(", who quotes "));
  if (item.proposed) {
    fact("Rule", item.rule_says, item.rule);
    fact("Confidence", `${item.confidence.toFixed(2)}, ${surely(item)}`);
  }
  card.append(facts);
  if (item.others.length) card.append(make("h3", {}, item.pair ? "The two" : "What else is said"), sideBySide(item));
  if (item.claims.length) {
    card.append(make("h3", {}, "Already in the ledger"), make("ul", { class: "claims" },
      ...item.claims.map((claim) => make("li", {}, `${claim.id}: ${claim.says} (${claim.verdict})`))));
  }
}

// Of what a date or a number tells; the server knows the deeds and their names.
const deedSays = (deed) => (!deed || deed === "none" ? "nothing that the reader has a word for" : review.deeds[deed] || deed);
const words = (item) => (item.pair ? item.others.map((other) => `“${other.written}”`).join(" and ") : `“${item.written}”`);
// The value as it is typed, where the words beside it do not say the same.
const plainly = (text) => text.replaceAll(",", "").trim();
const valueOf = (says, value) => (value && plainly(says) !== plainly(value) ? make("code", { class: "soft" }, value) : "");

function decidedBox(item, now, decision, otherwise, altered) {
  const verb = { accept: "Accepted", reject: "Rejected", edit: "Edited", split: "Split", apart: "Kept apart: the two do not speak of one thing" }[decision.action];
  const box = make("div", { class: "decided-box" });
  const by = [decision.who && `by ${decision.who}`, decision.time && decision.time.replace("T", " ").replace("Z", " UTC")].filter(Boolean).join(", ");
  box.append(make("p", {}, make("b", {}, verb), decision.says ? `: ${decision.says} ` : " ", valueOf(decision.says, decision.value)));
  if (decision.deed && decision.deed !== (item.deed || "none")) box.append(make("p", {}, `What happened: ${decision.deed === "none" ? "none of the deeds that can be chosen" : deedSays(decision.deed)}`));
  if (decision.words) box.append(make("p", {}, `In your words: ${decision.words}`));
  if (decision.note) box.append(make("p", {}, `Note: ${decision.note}`));
  if (now === "moved") box.append(make("p", {}, altered ? "That was in an earlier version of the text. The same words stand here now, but what stands before or after them has changed: read the sentence. Keep the decision here (m), decide anew (y, n, e), or drop it (d)." : "That was in an earlier version of the text. The same words with the same surroundings stand here now. Keep the decision here (m), decide anew (y, n, e), or drop it (d)."));
  if (now === "orphan") box.append(make("p", {}, "The text has changed, and these words with their surroundings are not there any more, or stand there twice. The decision is kept, and not moved; it makes no claim. Drop it (d), or bring the text back."));
  if (!item.proposed && !item.pair && now !== "orphan" && now !== "moved") box.append(make("p", {}, "The reader does not propose these words any more. The decision stands."));
  if (otherwise) box.append(make("p", {}, "The reader reads it otherwise today, see below. The decision stands."));
  if (by) box.append(make("p", { class: "small soft" }, by));
  return box;
}

// The witness that the keys p and u mean: the one chosen, else the first not kept apart yet.
function witness() {
  const item = current && items.get(current);
  if (!item || item.pair) return null;
  const some = item.others.filter((other) => other.pair);
  return some.find((other) => other.pair === picked) || some.find((other) => !isApart(other.pair)) || some[0] || null;
}

function keeping(item, other) {
  if (item.pair || !other.pair) return "";
  const now = state(other.pair), apart = now.state === "apart", chosen = witness() === other;
  // On a card that is decided, u takes back that decision first.
  const mine = chosen && (!apart || Boolean(picked) || !isDecided(current));
  const told = `“${item.written}” and “${other.written}” (${other.doc} ${other.para}.${other.sent})`;
  const box = make("div", { class: "keeping" });
  if (now.state === "moved") box.append(make("p", { class: "small" }, "Kept apart in an earlier version of the text; to be confirmed."));
  if (apart && now.decision.who) box.append(make("p", { class: "small soft" }, `by ${now.decision.who}`));
  box.append(make("button", {
    type: "button", "data-do": apart ? "together" : "apart", "data-pair": other.pair,
    "aria-label": apart ? `Take back: ${told} may be the same thing after all` : `Keep apart: ${told} are not the same thing`,
    "aria-keyshortcuts": mine ? (apart ? "u" : "p") : null,
  }, apart ? "Take back " : "Keep apart ", mine ? make("kbd", {}, apart ? "u" : "p") : ""));
  return box;
}

function sideBySide(item) {
  const head = make("tr", {}, ...["text", "says", "the two together"].map((name) => make("th", { scope: "col" }, name)));
  const rows = item.others.map((other) => {
    const at = other.sentence.indexOf(other.written);
    const sentence = at < 0 ? [other.written] : [other.sentence.slice(0, at), make("b", {}, other.written), other.sentence.slice(at + other.written.length)];
    const apart = other.relation === "apart", several = item.others.filter((one) => one.pair).length > 1;
    return make("tr", { class: [apart ? "apart" : "", several && witness() === other ? "picked" : ""].join(" ").trim() || null },
      make("td", { "data-column": "text" }, other.para ? `${other.doc} ${other.para}.${other.sent}` : other.doc),
      make("td", { "data-column": "says" }, make("b", {}, other.says), make("span", { class: "src", lang: (documents.get(other.doc) || {}).language }, ...sentence)),
      make("td", { "data-column": "the two together" }, make("span", { class: "relation" }, RELATIONS[other.relation] || other.relation), make("span", { class: "small" }, ` ${[other.topic, apart ? "" : other.why].filter(Boolean).join(": ")}`),
        other.tied ? make("p", { class: "small soft tied" }, `${apart ? "Were tied" : "Tied"} because ${other.tied}.`) : "", keeping(item, other)));
  });
  return make("table", { class: "side" }, make("thead", {}, head), make("tbody", {}, ...rows));
}

function nothing() {
  const open = order.filter(isTodo).length;
  const box = make("div", { class: "empty" });
  if (!order.length) box.append(make("h2", {}, "No proposals"), make("p", {}, "The reader found no date, quantity, agreement or quotation in these texts."));
  else if (!open) box.append(make("h2", {}, "All is decided"), make("p", {}, "Make the ledger with “twofront ledger build”, or look at what was decided."));
  else box.append(make("h2", {}, "Nothing to show here"), make("p", {}, `${plural(open, "proposal")} elsewhere ${open === 1 ? "is" : "are"} still open. Change what is shown above.`));
  return box;
}

// ---------------------------------------------------------------- going about
function go(id, how = "") {
  current = id;
  picked = null;
  trouble("");
  drawHead(); drawText(); drawCard();
  $("card").scrollTop = 0;
  window.scrollTo(0, 0); // a phone has one page for both
  const item = id && items.get(id);
  if (item && item.pair) { say(`${how}${words(item)}: ${STATES[state(id).state]}`); return; }
  say(`${how}${item ? `${TYPES[item.type]}: ${item.written.slice(0, 80)}, read as ${item.says}${item.conflict ? ", in conflict" : ""}, ${STATES[state(id).state]}` : "Nothing more to show."}`);
}

function step(by) {
  if (!shown.length) { say("Nothing is shown."); return; }
  const at = shown.indexOf(current);
  // The item shown may have left the list; then its neighbours in the queue count.
  let to = at + by;
  if (at < 0) {
    const mine = rank.get(current);
    const after = shown.findIndex((id) => rank.get(id) > mine);
    to = by > 0 ? (after < 0 ? shown.length : after) : (after < 0 ? shown.length : after) - 1;
  }
  if (to < 0 || to >= shown.length) { say(by > 0 ? "This is the last one shown." : "This is the first one shown."); return; }
  go(shown[to]);
}

function nextConflict() {
  const start = order.indexOf(current);
  const round = [...order.slice(start + 1), ...order.slice(0, start + 1)];
  const inView = (id) => passes(id) && items.get(id).conflict && isTodo(id);
  const next = round.find(inView);
  if (next === undefined) say("No open conflict is shown.");
  else if (next === current) say("This is the only open conflict shown.");
  else go(next);
}

// Where the page goes after a decision: to what is still to do after this one, else before it.
function onward(from) {
  const at = order.indexOf(from);
  const todo = (id) => passes(id) && isTodo(id);
  return order.slice(at + 1).find(todo) || order.slice(0, at).find(todo) || (passes(from) ? from : null);
}

// ---------------------------------------------------------------- decisions
async function decide(wishes, done) {
  const from = current;
  const answer = await save(wishes);
  if (!take(answer)) return false;
  const refused = new Set(answer.refused.map((one) => one.id));
  const granted = wishes.filter((wish) => !refused.has(wish.id) && wish.action !== "undo");
  if (granted.length) made.push(granted.map((wish) => ({ item: wish.item, decision: wish.id, at: from })));
  shown = order.filter(passes);
  if (answer.refused.length) {
    const why = [...new Set(answer.refused.map((one) => one.why))].join(" ");
    if (wishes.length === 1) { refresh(); trouble(`Not saved. ${why}`); return false; }
    go(onward(from) || from, "");
    trouble(`${plural(answer.refused.length, "proposal")} left as they were. ${why}`);
    return true;
  }
  editing = null;
  done(from);
  return true;
}

const wish = (id, action, more = {}) => ({ id: newId(), item: id, action, seen: seen(id), ...more });

// In its turn, a key acts on what is shown then: "yy" accepts two, one after the other.
const single = (action, told) => inTurn(() => one(action, told));
async function one(action, told) {
  if (!current || state(current).state === "gone") return;
  if (isPair(current) && !["keep", "undo"].includes(action)) { say("Two places are kept apart or are not; u takes it back."); return; }
  if (state(current).state === "orphan" && action !== "undo") { say("Its words are lost: it can only be dropped."); return; }
  await decide([wish(current, action)], (from) => go(onward(from), `${told}. `));
}

// Two places that do not speak of one thing. The page stays: the value is still to be decided.
async function keepApart() {
  const other = witness(), focused = document.activeElement && document.activeElement.dataset.pair;
  if (!other) { say("No other text is tied to these words."); return; }
  if (isApart(other.pair)) { say("These two are kept apart already; u takes it back."); return; }
  await decide([wish(other.pair, "apart")], (from) => {
    go(from, `Kept apart from “${other.written}”. `);
    refocus(focused);
  });
}
async function together() {
  const other = witness(), id = current, focused = document.activeElement && document.activeElement.dataset.pair;
  if (!other || !isApart(other.pair)) return;
  await decide([wish(other.pair, "undo")], () => {
    shown = order.filter(passes);
    go(id, "Taken back. ");
    refocus(focused);
  });
}
function refocus(pair) {
  const button = pair && $("card").querySelector(`[data-pair="${pair}"]`);
  if (button) button.focus();
}
function pick() {
  const some = current && !isPair(current) ? items.get(current).others.filter((other) => other.pair) : [];
  if (some.length < 2) { say(some.length ? "Only one other place is tied to these words." : "No other text is tied to these words."); return; }
  const other = some[(some.indexOf(witness()) + 1) % some.length];
  picked = other.pair;
  drawCard();
  $("card").querySelector("tr.picked").scrollIntoView({ block: "nearest" });
  say(`${other.doc} ${other.para}.${other.sent}: ${other.says}, ${RELATIONS[other.relation] || other.relation}`);
}

async function undo() {
  const other = witness(), last = made.at(-1);
  // What was just kept apart on this card goes before what was decided about its words.
  const just = last && last.length === 1 && last[0].at === current && isPair(last[0].item) && seen(last[0].item) === last[0].decision;
  if (!just && other && isApart(other.pair) && (picked || !isDecided(current))) { await together(); return; }
  if (!just && current && isDecided(current)) {
    const id = current;
    await decide([wish(id, "undo")], () => { shown = order.filter(passes); go(isPair(id) ? onward(id) : id, "Taken back. "); });
    return;
  }
  // Only what still stands as it was made here; others may have decided since.
  while (made.length) {
    const group = made.pop().filter((one) => seen(one.item) === one.decision);
    if (!group.length) continue;
    await decide(group.map((one) => wish(one.item, "undo")), () => {
      shown = order.filter(passes);
      go(isPair(group[0].item) ? group[0].at : group[0].item, group.length > 1 ? `${group.length} decisions taken back. ` : "Taken back. ");
    });
    return;
  }
  say("Nothing to take back.");
  trouble("There is nothing to take back: this page has made no decision that still stands.");
}

function alike(action) {
  const item = current && items.get(current);
  if (!item) return;
  const like = isPair(current) ? [] : shown.filter((id) => state(id).state === "open" && items.get(id).type === item.type && items.get(id).rule === item.rule && items.get(id).proposed);
  bulk(like, action, action === "accept" ? "Accept" : "Reject", `read by the same rule as ${TYPES[item.type]} (${item.rule_says})`);
}
function keepAll() {
  bulk(shown.filter((id) => state(id).state === "moved"), "keep", "Keep", "whose words moved");
}

function bulk(ids, action, verb, what) {
  if (!ids.length) { say("Nothing like this is open and shown."); trouble("Nothing like this is open and shown."); return; }
  const filter = [view.doc ? `in ${view.doc}` : "in all texts", VIEWS[view.state]].join(", ");
  const conflicts = ids.filter((id) => items.get(id).conflict).length;
  $("ask-title").textContent = `${verb} ${plural(ids.length, "proposal")}?`;
  $("ask-what").textContent = `All that are shown (${filter}) and ${what}.` + (conflicts ? ` ${conflicts} of them ${conflicts === 1 ? "is" : "are"} in conflict with another text.` : "");
  $("ask-yes").textContent = `${verb} ${ids.length.toLocaleString("en")}`;
  const rows = ids.slice(0, 200).map((id) => {
    const one = items.get(id);
    if (one.pair) return make("li", {}, make("span", { class: "src" }, words(one)), "kept apart");
    return make("li", {}, make("span", { class: "src" }, `“${one.written.slice(0, 120)}”`), `→ ${one.says.slice(0, 160)}`, OF_DEEDS.includes(one.type) && one.deed ? ` (${deedSays(one.deed)})` : "", one.conflict ? " (≠ in conflict)" : "", make("span", { class: "soft" }, ` ${one.doc} ${one.para}.${one.sent}`));
  });
  if (ids.length > 200) rows.push(make("li", {}, `and ${plural(ids.length - 200, "more", "more")}`));
  $("ask-list").replaceChildren(...rows);
  const dialog = $("ask");
  dialog.returnValue = "no";
  // The browser tells of a closing late: one told of an earlier dialog must not decide twice.
  dialog.onclose = () => {
    if (dialog.open) return;
    dialog.onclose = null;
    if (dialog.returnValue !== "yes") { say("Left as it was."); return; }
    inTurn(() => decide(ids.filter((id) => state(id).state !== "gone").map((id) => wish(id, action)), (from) => {
      go(onward(from), `${plural(ids.length, "proposal")} done. `);
    }));
  };
  dialog.showModal();
  $("ask-yes").focus();
}

// ---------------------------------------------------------------- editing
function splitLine(item, line) {
  const range = /^(.*?)(\S+)\/(\S+)(.*)$/.exec(line);
  if (line.includes(";") || !range) return `${line}; `;
  return item.type === "DATE" ? `${range[2]}; ${range[3]}` : `${range[1]}${range[2]}${range[4]}; ${range[1]}${range[3]}${range[4]}`;
}

function edit(split) {
  const item = current && items.get(current);
  if (!item || item.pair || ["orphan", "gone"].includes(state(current).state)) return;
  drawCard();
  const { decision } = state(current);
  const line = decision && decision.value ? decision.value : item.value;
  const form = make("form", { id: "edit", autocomplete: "off", "aria-label": split ? "Split" : "Edit" });
  const input = (id, label, value, hint, more = {}) => {
    form.append(make("label", { for: id }, label), make("input", { id, value, "aria-describedby": hint ? `${id}-hint` : null, spellcheck: "false", ...more }));
    if (hint) form.append(make("p", { class: "hint", id: `${id}-hint` }, hint));
  };
  const lists = ["PACT", "QUOTE"].includes(item.type);
  input("edit-value", split ? "Values, with a semicolon between them" : "Value", split ? splitLine(item, line) : line, HINTS[item.type], { list: lists ? "names" : null, maxlength: 300 });
  if (OF_DEEDS.includes(item.type)) {
    const chosen = (decision && decision.deed) || item.deed || "none";
    const known = { none: "none of these", ...review.deeds };
    if (!(chosen in known)) known[chosen] = chosen;
    form.append(make("label", { for: "edit-deed" }, "What happened"), make("select", { id: "edit-deed" },
      ...Object.entries(known).map(([deed, says]) => make("option", { value: deed, selected: deed === chosen }, says))));
  }
  form.append(make("output", { id: "edit-says", for: "edit-value edit-words", "aria-live": "polite" }));
  input("edit-words", "In your words (may be empty)", (decision && decision.words) || "", "What the claim will say; no sentence of the text. Left empty, it says in plain words what was read.", { maxlength: 1000, spellcheck: "true" });
  input("edit-note", "Note for people (may be empty)", (decision && decision.note) || "", "", { maxlength: 1000, spellcheck: "true" });
  form.append(make("div", { class: "row" }, make("button", { type: "submit" }, "Save ", make("kbd", {}, "Enter")), make("button", { type: "button", id: "edit-leave" }, "Leave ", make("kbd", {}, "Esc"))));
  if (lists && !$("names")) document.body.append(make("datalist", { id: "names" }, ...Object.entries(review.names).map(([id, name]) => make("option", { value: id }, name))));
  $("card").querySelector(".written").after(form);
  editing = { id: current, split, checked: null };
  for (const id of ["edit-value", "edit-words"]) $(id).addEventListener("input", check);
  form.addEventListener("submit", (event) => { event.preventDefault(); saveEdit(); });
  $("edit-leave").addEventListener("click", leaveEdit);
  const value = $("edit-value");
  value.focus();
  value.setSelectionRange(value.value.length, value.value.length);
  form.scrollIntoView({ block: "nearest" });
  check();
}

function leaveEdit() {
  if (!editing) return;
  editing = null;
  drawCard();
  $("card").focus();
  say("Left without a change.");
}

// Every keystroke asks the server what the value says; only the answer to the last one counts.
let asking = null;
function check() {
  if (!editing) return Promise.resolve(null);
  if (asking) asking.abort();
  asking = new AbortController();
  const form = editing, item = items.get(form.id);
  const typed = { type: item.type, value: $("edit-value").value, words: $("edit-words").value };
  form.checked = ask("/api/check", typed, { signal: asking.signal }).then((answer) => {
    if (editing !== form || $("edit-value").value !== typed.value || $("edit-words").value !== typed.words) return null;
    found();
    const says = $("edit-says");
    says.textContent = answer.ok ? `Says: ${answer.says}` : answer.why;
    says.classList.toggle("wrong", !answer.ok);
    $("edit-value").setAttribute("aria-invalid", String(!answer.ok));
    return answer;
  }).catch((error) => {
    if (error.name !== "AbortError") miss("", 0);
    return null;
  });
  return form.checked;
}

async function saveEdit() {
  if (!editing) return;
  const form = editing;
  const typed = { value: $("edit-value").value, deed: $("edit-deed") ? $("edit-deed").value : "", words: $("edit-words").value.trim(), note: $("edit-note").value.trim() };
  const answer = await check();
  if (editing !== form) return;
  if (answer && !answer.ok) { say(`Not saved. ${answer.why}`); $("edit-value").focus(); return; }
  // Without an answer the wish is still sent: the server checks again before it writes.
  inTurn(() => decide([wish(form.id, "edit", typed)], (from) => { $("card").focus(); go(onward(from), "Saved. "); }));
}

// ---------------------------------------------------------------- keys and clicks
const DO = {
  accept: () => single("accept", "Accepted"),
  reject: () => single("reject", "Rejected"),
  edit: () => inTurn(async () => edit(false)),
  split: () => inTurn(async () => edit(true)),
  keep: () => { if (current && state(current).state === "moved") single("keep", "Kept here"); else say("Nothing moved here."); },
  drop: () => { if (current && ["moved", "orphan"].includes(state(current).state)) single("undo", "Dropped"); else say("Only a decision that moved or lost its words is dropped; u takes back any other."); },
  undo: () => inTurn(undo),
  apart: () => inTurn(keepApart),
  together: () => inTurn(together),
  pick: () => inTurn(async () => pick()),
  next: () => inTurn(async () => step(1)),
  previous: () => inTurn(async () => step(-1)),
  conflict: () => inTurn(async () => nextConflict()),
  "accept-alike": () => inTurn(async () => alike("accept")),
  "reject-alike": () => inTurn(async () => alike("reject")),
  "keep-all": () => inTurn(async () => keepAll()),
  help: () => $("help").showModal(),
};
const KEYS = {
  j: "next", k: "previous", y: "accept", n: "reject", e: "edit", s: "split", u: "undo", f: "conflict",
  p: "apart", o: "pick",
  a: "accept-alike", x: "reject-alike", m: "keep", M: "keep-all", d: "drop", "?": "help",
};

function onKey(event) {
  if (!review || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && editing) { event.preventDefault(); leaveEdit(); return; }
  if (event.target.closest("input, textarea, select")) return;
  const name = KEYS[event.key];
  if (!name) return;
  event.preventDefault();
  if (event.repeat && !["next", "previous"].includes(name)) return; // a key held down decides once
  if (lost && busy) { say("The last decision is not saved yet."); return; }
  DO[name]();
}

function onClick(event) {
  const button = event.target.closest("[data-do]");
  // A click means the witness whose button it is; in its turn, for keys pressed before it.
  if (button && review && button.dataset.pair) { const pair = button.dataset.pair; inTurn(async () => { picked = pair; }); }
  if (button && review) { DO[button.dataset.do](); return; }
  const mark = event.target.closest("mark[data-item]");
  if (mark) { const id = mark.dataset.item; inTurn(async () => go(id)); }
}

function filters() {
  const fill = (id, choices, value) => {
    $(id).replaceChildren(...choices.map(([key, text]) => make("option", { value: key, selected: key === value }, text)));
    $(id).value = value;
  };
  fill("filter-doc", [["", "all"], ...[...documents.keys()].map((doc) => [doc, doc])], view.doc);
  fill("filter-type", [["", "all"], ...Object.entries(TYPES)], view.type);
  fill("filter-state", Object.entries(VIEWS), view.state);
  for (const [id, key] of [["filter-doc", "doc"], ["filter-type", "type"], ["filter-state", "state"]]) {
    $(id).onchange = () => {
      view[key] = $(id).value;
      editing = null;
      refresh(Boolean(current) && passes(current));
      say(`${plural(shown.length, "proposal")} shown.`);
    };
  }
}

// ---------------------------------------------------------------- beginning
async function begin() {
  let wait = RETRY_FIRST;
  while (!review) {
    try { review = await ask("/api/review"); found(); } catch (error) {
      miss(error instanceof Refusal ? error.message : "", 0);
      await new Promise((again) => { setTimeout(again, wait); });
      wait = Math.min(wait * 1.6, RETRY_LAST);
    }
  }
  documents = new Map(review.documents.map((one) => [one.id, one]));
  order = review.items.map((item) => item.id);
  rank = new Map(order.map((id, at) => [id, at]));
  for (const item of review.items) { items.set(item.id, item); place(item); }
  document.title = `${[...documents.keys()].join(", ")} · Review`;
  $("file").textContent = `File: ${review.file}`;
  $("legend").replaceChildren(...Object.entries(TYPES).flatMap(([type, name]) => [make("mark", { class: type }, name), " "]), "The words of the card are framed; what is rejected has no line.");
  const hash = new URLSearchParams(location.hash.slice(1));
  if (documents.has(hash.get("doc"))) view.doc = hash.get("doc");
  if (hash.get("type") in TYPES) view.type = hash.get("type");
  if (hash.get("state") in VIEWS) view.state = hash.get("state");
  if (items.has(hash.get("item"))) current = hash.get("item");
  filters();
  refresh(Boolean(current) && passes(current));
  if (review.elsewhere) say(`${plural(review.elsewhere, "decision")} about other texts are left alone.`);
  document.body.dataset.ready = "yes";
  await unsaved();
  setInterval(poll, POLL);
  document.addEventListener("visibilitychange", poll);
}

// What an earlier page could not save before it was closed.
async function unsaved() {
  let wishes = null;
  try { wishes = JSON.parse(localStorage.getItem(keeper()) || "null"); } catch { /* nothing kept */ }
  if (!Array.isArray(wishes) || !wishes.length) return;
  await inTurn(() => decide(wishes, () => {
    go(current && passes(current) ? current : shown[0] || null);
    trouble(`${plural(wishes.length, "decision")} of the page before ${wishes.length === 1 ? "was" : "were"} not saved yet; now saved.`);
  }));
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
window.addEventListener("beforeunload", (event) => { if (busy && lost) event.preventDefault(); });
begin();
