/* Runs before the first paint: the colours that the reader chose, if they chose any. */
try {
  const chosen = localStorage.getItem("coach.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  /* Storage is switched off: the system's preference stands. */
}
