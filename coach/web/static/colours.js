/* Light or dark: the system's choice until the reader makes another, which is remembered. */

const dark = matchMedia("(prefers-color-scheme: dark)");

export function themeToggle() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const words = button.querySelector("[data-theme-words]");
  const root = document.documentElement;
  const current = () => root.dataset.theme ?? (dark.matches ? "dark" : "light");
  const say = () => {
    words.textContent = current() === "dark" ? "Use light colours" : "Use dark colours";
  };
  button.hidden = false;
  say();
  dark.addEventListener("change", say);
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    remember(next);
    say();
  });
}

function remember(theme) {
  const same = theme === (dark.matches ? "dark" : "light");
  try {
    if (same) localStorage.removeItem("coach.theme");
    else localStorage.setItem("coach.theme", theme);
  } catch {
    /* Storage is switched off: the choice holds for this page. */
  }
}
