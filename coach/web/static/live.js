/* Scores while somebody types: after a pause, never in the way, and only ever for the newest text. */
import { announce, draft, pageOf, pairsOf, refresh, showLive } from "./exchange.js";
import { fillParts } from "./parts.js";

const PAUSE = 300;
const FEWEST_WORDS = 3;
const LOST =
  "The coach can't be reached just now, so this is not scored yet. Your text is kept in this browser, and read again as soon as the coach answers.";
let timer;
let running = null;
let band = null; // the last that was said aloud

export function live() {
  if (!draft()) return;
  document.addEventListener("input", later);
  document.addEventListener("compositionstart", noLongerLive);
  document.addEventListener("compositionend", later);
  addEventListener("online", () => isLost() && score());
}

/* What is asked of the server by a button leaves nothing to ask here. */
export function noLongerLive() {
  clearTimeout(timer);
  running?.abort();
}

function later(event) {
  if (!event.target.form?.matches("[data-draft]") || event.isComposing) return;
  noLongerLive();
  timer = setTimeout(score, PAUSE);
}

/* The same once more: what is shown of this draft has changed. */
export async function again() {
  await (isTyped() ? score() : refresh(() => true));
}

/* What is typed is scored without waiting for the pause. */
export async function now() {
  noLongerLive();
  await score();
}

/* Says whether the form holds something else than the result that is shown under its address. */
const isTyped = () => document.querySelector("#result .share a, #result .share button") === null;

async function score() {
  const pairs = pairsOf(draft());
  const words = pairs.filter(([name]) => name !== "shape" && name !== "came_from");
  if (words.flatMap(([, said]) => said.match(/\S+/g) ?? []).length < FEWEST_WORDS) return;
  const mine = (running = new AbortController());
  try {
    const response = await fetch("/live", {
      method: "POST",
      body: new URLSearchParams(pairs),
      headers: { accept: "text/html" },
      signal: mine.signal,
    });
    sayLost(response.status >= 500);
    // What can't be read yet is no news while it is typed: the button says what is off.
    if (!response.ok) return;
    const page = await pageOf(response);
    if (mine.signal.aborted) return;
    fillParts(page);
    showLive(page);
    sayBand();
  } catch {
    // Overtaken or lost: what is shown stays, and the next pause asks again.
    if (!mine.signal.aborted) sayLost(true);
  }
}

const status = () => document.querySelector("[data-status]");
const isLost = () => status().textContent === LOST;

/* Said once, and taken back by the first answer. */
function sayLost(lost) {
  if (lost !== isLost()) status().textContent = lost ? LOST : "";
}

/* A score for every pause would drown who listens: only another band is said. */
function sayBand() {
  const heading = document.querySelector("#result-heading");
  const now = heading.querySelector(".band").textContent;
  if (band !== null && band !== now) announce(`Now ${heading.textContent}`);
  band = now;
}
