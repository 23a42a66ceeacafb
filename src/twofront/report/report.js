/* Three comforts; the page reads without them: map tabs, open folds on paper, links into folds. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const tabs = [...document.querySelectorAll("button[data-frame]")];
  const show = (id) => tabs.forEach((tab) => {
    tab.setAttribute("aria-pressed", String(tab.dataset.frame === id));
    document.getElementById(tab.dataset.frame).hidden = tab.dataset.frame !== id;
  });
  tabs.forEach((tab) => tab.addEventListener("click", () => show(tab.dataset.frame)));
  const chosen = tabs.find((tab) => tab.getAttribute("aria-pressed") === "true") || tabs[0];
  if (chosen) show(chosen.dataset.frame);
  addEventListener("beforeprint", () =>
    document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
  // A link to a statement inside a fold opens the fold.
  const reveal = () => {
    const goal = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = goal && goal.closest("details");
    if (fold) { fold.open = true; goal.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
