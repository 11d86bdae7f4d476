// A search is an address. It stands in the window while the Search tab is open, so that it can be shared and gone back to.
const search = {
  kept: "/?tab=search", // the address of the search last shown
  folded: {}, // facet id -> whether the reader has it open
  focus: null, // id of the check box last used

  here() {
    return new URLSearchParams(location.search).get("tab") === "search" ? location.search : this.kept;
  },

  words() {
    const asked = new URLSearchParams(this.kept.split("?")[1]);
    asked.set("q", document.querySelector("#words input, #words textarea").value);
    asked.delete("page");
    return `?${asked}`;
  },

  // After the server's answer: the address into the window, the facets open and focused as they were.
  arrived(moved) {
    const shown = document.querySelector("#results [data-address]");
    if (!shown) return;
    const before = this.kept;
    this.kept = shown.dataset.address;
    if (kb.tab() === "search" && this.kept !== location.pathname + location.search) {
      history[moved && before !== this.kept ? "pushState" : "replaceState"](null, "", this.kept);
      if (moved) document.getElementById("searchbox").scrollIntoView({block: "nearest"});
    }
    this.refocus();
  },

  refocus() {
    for (const [id, open] of Object.entries(this.folded)) document.getElementById(id)?.toggleAttribute("open", open);
    if (this.focus) document.getElementById(this.focus)?.focus({preventScroll: true});
    this.focus = null;
  },

  go(address) {
    const link = Object.assign(document.createElement("a"), {hidden: true});
    Object.assign(link.dataset, {do: "click", to: address});
    document.querySelector("#results [data-address]").append(link);
    link.click();
  },
};

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
