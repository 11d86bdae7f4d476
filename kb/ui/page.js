// Where readers have names, each has a conversation and a memo of their own in this browser. Gradio keeps them under one name for all.
const OWN = ["kb-conversation", "kb-memo"];
for (const act of ["getItem", "setItem", "removeItem"]) {
  const plain = Storage.prototype[act];
  Storage.prototype[act] = function (key, ...rest) {
    const reader = window.gradio_config?.username;
    return plain.call(this, reader && OWN.includes(key) ? `${key} ${reader}` : key, ...rest);
  };
}

// A session that is over: to the log-in page, and back here afterwards.
const ask = window.fetch;
window.fetch = async (...request) => {
  const answer = await ask(...request);
  if (answer.status === 401 && window.gradio_config?.username) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  return answer;
};

// What the page does without asking the server: language, theme, and going from a mark to its card and back.
const kb = {
  language() {
    const kept = localStorage.getItem("kb-language");
    const wanted = [kept, ...navigator.languages].map((tag) => (tag || "").slice(0, 2));
    return wanted.find((tag) => tag in TITLES) || "en";
  },

  speak(language) {
    if (!(language in TITLES)) return;
    localStorage.setItem("kb-language", language);
    document.documentElement.lang = language;
    document.title = TITLES[language];
  },

  tab() {
    const chosen = document.querySelector('#tabs button[role="tab"][aria-selected="true"]');
    return chosen ? chosen.dataset.tabId : "ask";
  },

  openTab(name) {
    const button = document.querySelector(`#tabs button[role="tab"][data-tab-id="${CSS.escape(name)}"]`);
    if (button && name !== this.tab()) button.click();
  },

  show(element, block = "nearest") {
    if (!element) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({block, behavior: calm ? "auto" : "smooth"});
    element.focus({preventScroll: true});
  },

  see(id) {
    document.getElementById(id).scrollIntoView({block: "nearest"});
  },

  unfold(id) {
    document.getElementById(id).toggleAttribute("data-open");
  },

  focusQuestion() {
    const box = document.querySelector("#question textarea");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  },

  // The newest question goes to the top of the window, its answer under it.
  reveal() {
    const turns = document.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    if (last && turns.length > 1) last.scrollIntoView({block: "start"});
  },
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-goto], [data-back]");
  if (!link) return;
  event.preventDefault(); // the page's base address would turn the fragment into a reload
  const card = link.dataset.goto;
  kb.show(card ? document.getElementById(card) : document.querySelector(`[data-goto="${link.dataset.back}"]`));
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const name = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = name), 1600);
});

// A tab's name stands in the address, so that a page can be sent to a colleague.
document.addEventListener("click", (event) => {
  const button = event.target.closest('#tabs button[role="tab"]');
  if (!button) return;
  const name = button.dataset.tabId;
  const address = name === "search" ? search.kept : name === "ask" ? "/" : `/?tab=${name}`;
  if (name !== (new URLSearchParams(location.search).get("tab") || "ask")) history.pushState(null, "", address);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fold]");
  if (button) document.getElementById(button.dataset.fold).removeAttribute("data-open");
});

// A question is edited by putting it back into the box.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-refill]");
  if (!button) return;
  const box = document.querySelector("#question textarea");
  box.value = button.dataset.refill;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  box.focus();
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.getElementById("drawer")?.removeAttribute("data-open");
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-picked]");
  if (button) button.textContent = button.dataset.picked;
  const link = event.target.closest("[data-search]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  kb.openTab("search");
  search.go(link.dataset.search);
});
