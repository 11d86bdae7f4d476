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

  show(element, block = "nearest") {
    if (!element) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({block, behavior: calm ? "auto" : "smooth"});
    element.focus({preventScroll: true});
  },

  unfold(id) {
    document.getElementById(id).toggleAttribute("data-open");
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
