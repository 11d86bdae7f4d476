// The Memo tab in the browser: acts on the list, the focus kept where it was, and files kept by the browser alone.
const memo = {
  focus: null, // what was used last in the list: a CSS selector

  listen(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      this.focus = `[data-act="${button.dataset.act}"][data-key="${button.dataset.key}"]`;
      trigger("click", {...button.dataset});
    });
    element.addEventListener("change", (event) => {
      const {line} = event.target.dataset;
      if (line) trigger("click", {act: "line", key: line, line: event.target.value});
    });
  },

  // The notes of the preview are gone to and back from without the page's address.
  stay(element) {
    element.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      const goal = element.querySelector(link.getAttribute("href"));
      goal?.setAttribute("tabindex", goal.tabIndex < 0 ? "-1" : "0");
      kb.show(goal);
    });
  },

  // After the list was drawn: the focus to where it was, or near it; the number of quotations beside the tab's name.
  arrived(kept) {
    document.querySelector('#tabs button[data-tab-id="memo"]')?.setAttribute("data-count", kept?.picks?.length || "");
    if (!this.focus) return;
    let last = document.querySelector(this.focus);
    if (last?.disabled) last = last.parentElement.querySelector("[data-act]:not([disabled])");
    (last || document.querySelector("#memo-list [data-act]:not([disabled])"))?.focus({preventScroll: true});
    this.focus = null;
  },

  sure() {
    return confirm(EMPTIED[document.documentElement.lang] || EMPTIED.en);
  },

  download(file) {
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.data), (letter) => letter.charCodeAt(0));
    const link = Object.assign(document.createElement("a"), {href: URL.createObjectURL(new Blob([bytes], {type: file.type})), download: file.name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  },
};
