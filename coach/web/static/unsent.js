/* Text that was typed and not scored yet: kept in this browser, by the page's address. */
import { announce, ask, draft, pairsOf, show } from "./exchange.js";
import { now } from "./live.js";

const PAUSE = 400;
let safe; // what this address shows without us, as text
let timer;

const key = () => `coach.unsent:${location.pathname}${location.search}`;
const typed = () => JSON.stringify(pairsOf(draft()));

export function unsent() {
  safe = typed();
  restore();
  document.addEventListener("input", (event) => {
    if (!event.target.form?.matches("[data-draft]")) return;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  addEventListener("pagehide", keep);
}

export function keep() {
  clearTimeout(timer);
  const now = typed();
  storage((kept) => (now === safe ? kept.removeItem(key()) : kept.setItem(key(), now)));
}

/* What is typed here is kept by the server from here on, as this form shows it. */
export function settle(form) {
  clearTimeout(timer);
  storage((kept) => kept.removeItem(key()));
  safe = JSON.stringify(pairsOf(form));
}

async function restore() {
  const kept = storage((kept) => kept.getItem(key()));
  if (!kept || kept === safe) return;
  const answer = await ask("/edit", JSON.parse(kept)).catch(() => null);
  if (!answer) return; // It stays kept, and is tried again when the page is opened again.
  show(answer.page, "write");
  fillAnswers(JSON.parse(kept));
  now();
  const words = "What you typed here and had not scored yet is back. ";
  const note = document.createElement("p");
  const discard = document.createElement("button");
  note.className = "notice";
  discard.className = "quiet";
  discard.type = "button";
  discard.textContent = "Discard it";
  discard.addEventListener("click", () => {
    removeEventListener("pagehide", keep);
    storage((kept) => kept.removeItem(key()));
    location.reload();
  });
  note.append(words, discard);
  draft().before(note);
  announce(words);
}

/* The boxes below the questions stand outside of what an answer of the server puts in place. */
function fillAnswers(pairs) {
  for (const [name, said] of pairs) {
    const box = name.startsWith("answer.") && document.getElementById(name);
    if (box) box.value = said;
  }
}

/* Storage may be full, or switched off: then the text is in the form alone. */
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
