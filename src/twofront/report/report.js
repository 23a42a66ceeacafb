/* Three comforts; the page reads without them: map tabs, charts as SVG files, open folds on paper. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const light = JSON.parse(document.getElementById("light-colours").textContent);
  const plain = (svg) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("font-family", "'Source Sans 3', sans-serif");
    copy.removeAttribute("class");
    return copy.outerHTML.replace(/var\(--([\w-]+)\)/g, (whole, key) => light[key] || whole);
  };
  document.querySelectorAll("button[data-svg]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const svg = document.getElementById(button.dataset.svg).querySelector("svg");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([plain(svg)], { type: "image/svg+xml" }));
      link.download = button.dataset.svg + ".svg";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
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
