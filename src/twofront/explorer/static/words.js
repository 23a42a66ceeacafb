/* Days and numbers in words, and fetching with patience. */
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];

export const escape = (text) =>
  String(text).replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);

export function day(iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return `${d} ${MONTHS[m - 1]} ${y}`;
}

export const at = (iso, weeks) =>
  new Date(Date.parse(iso) + weeks * 7 * 864e5).toISOString().slice(0, 10);

export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(+value.toPrecision(2));
}

const rest = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

/* JSON of an address. While it is being made (202) `told` hears how far it is. */
export async function fetched(address, told) {
  for (;;) {
    let answer;
    try { answer = await fetch(address); } catch { await rest(1); continue; }
    const found = await answer.json().catch(() => ({}));
    if (answer.status === 200) return found;
    if (answer.status !== 202 && answer.status !== 429) throw new Error(JSON.stringify(found.detail));
    if (told && answer.status === 202) told(found);
    await rest(0.4);
  }
}
