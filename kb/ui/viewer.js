// The viewer: a dialog whose inside is fetched by address. Previous, next and zoom stay inside it.
const viewer = {
  box() {
    let box = document.getElementById("viewer");
    if (box) return box;
    box = Object.assign(document.createElement("dialog"), {id: "viewer"});
    box.setAttribute("aria-labelledby", "viewer-title");
    document.querySelector(".gradio-container .contain").append(box);
    box.addEventListener("click", (event) => event.target === box && box.close());
    return box;
  },

  async open(address) {
    const box = this.box(), pressed = box.contains(document.activeElement) && document.activeElement.ariaLabel;
    let inside;
    try {
      const found = await fetch(`${address}&language=${document.documentElement.lang}`);
      inside = found.ok ? await found.text() : this.problem(await found.text());
    } catch {
      inside = this.problem(FAILED[document.documentElement.lang]);
    }
    box.innerHTML = inside;
    if (!box.open) box.showModal();
    this.zoom(0);
    const mark = box.querySelector(".box, mark");
    if (mark) mark.scrollIntoView({block: "center"});
    const again = pressed && box.querySelector(`[aria-label="${CSS.escape(pressed)}"]:not([disabled])`);
    (again || box.querySelector("[data-close]")).focus();
  },

  problem(words) {
    const line = Object.assign(document.createElement("p"), {className: "problem", textContent: words});
    return `<header><h2 id="viewer-title"></h2><button type="button" data-close>×</button></header>${line.outerHTML}`;
  },

  size: 0,
  zoom(step) {
    const leaf = this.box().querySelector(".leaf");
    if (!leaf) return;
    this.size = Math.max(0, Math.min(4, this.size + step));
    leaf.style.width = `${100 + 50 * this.size}%`;
    const image = leaf.querySelector("img");
    if (this.size && image.dataset.large) [image.src, image.dataset.large] = [image.dataset.large, ""];
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-see], [data-zoom], #viewer [data-close]");
  if (!button) return;
  if (button.dataset.see) viewer.open(button.dataset.see);
  else if (button.dataset.zoom) viewer.zoom(Number(button.dataset.zoom));
  else viewer.box().close();
});
