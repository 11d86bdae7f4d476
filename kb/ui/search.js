// A search is an address. It stands in the window while the Search tab is open, so that it can be shared and gone back to.
const search = {
  kept: "/?tab=search", // the address of the search last asked for
  folded: {}, // facet id -> whether the reader has it open
  focus: null, // id of the check box last used

  here() {
    if (new URLSearchParams(location.search).get("tab") === "search") this.kept = location.pathname + location.search;
    return this.kept;
  },

  // A search is asked for: its address goes into the window at once, so that whatever refreshes the page refreshes this search.
  ask(address) {
    this.kept = address;
    if (kb.tab() === "search" && address !== location.pathname + location.search) history.pushState(null, "", address);
    return address;
  },

  words() {
    const asked = new URLSearchParams(this.here().split("?")[1]);
    asked.set("q", document.querySelector("#words input, #words textarea").value);
    asked.delete("p");
    return this.ask(`/?${asked}`);
  },

  // After the server's answer: asked again where it is not the answer to what was asked last.
  arrived() {
    const shown = document.querySelector("#results [data-asked]");
    if (!shown) return;
    if (shown.dataset.asked !== this.kept) return this.go(this.kept);
    this.kept = shown.dataset.address;
    if (kb.tab() === "search") history.replaceState(null, "", this.kept);
    shown.dataset.asked = this.kept;
    this.refocus();
  },

  refocus() {
    for (const [id, open] of Object.entries(this.folded)) document.getElementById(id)?.toggleAttribute("open", open);
    if (this.focus) document.getElementById(this.focus)?.focus({preventScroll: true});
    this.focus = null;
  },

  go(address) {
    this.ask(address);
    const results = document.querySelector("#results [data-asked]");
    if (!results) return setTimeout(() => this.kept === address && this.go(address), 60); // the tab is only being drawn
    const link = Object.assign(document.createElement("a"), {hidden: true});
    Object.assign(link.dataset, {do: "click", to: address});
    results.append(link);
    link.click();
  },
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("#search [data-to]");
  if (!link || event.ctrlKey || event.metaKey) return;
  search.ask(link.dataset.to);
  if (!link.matches("input, [hidden]")) document.getElementById("searchbox").scrollIntoView({block: "nearest"});
}, true);

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".facet")) search.folded[event.target.id] = event.target.open;
}, true);

document.addEventListener("change", (event) => {
  if (event.target.matches(".facet input")) search.focus = event.target.id;
});

addEventListener("popstate", () => {
  const tab = new URLSearchParams(location.search).get("tab") || "ask";
  kb.openTab(tab);
  if (tab === "search") search.go(location.search);
});
