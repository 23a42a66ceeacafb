/* Starts the page once the framework has put its elements there. */
import * as map from "/static/map.js";
import * as fan from "/static/fan.js";
import "/static/origins.js";

window.twofront = { go: map.go, showWorld: map.showWorld };

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).textContent;
  try { await navigator.clipboard.writeText(text); } catch { select(button.dataset.copy); return; }
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = before), 1500);
}

function select(id) {
  const range = document.createRange();
  range.selectNodeContents(document.getElementById(id));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
});

(function wait() {
  const box = document.getElementById("tf-look");
  if (!box || !document.getElementById("tf-when")) { requestAnimationFrame(wait); return; }
  map.begin(box.dataset.first).catch((error) => console.error(error));
  (window.requestIdleCallback || setTimeout)(() => fan.begin().catch((error) => console.error(error)));
})();
