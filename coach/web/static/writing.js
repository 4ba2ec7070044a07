/* Scoring and editing without leaving the page; nothing typed is ever lost. */
import { answering } from "./answering.js";
import { hasBlank, offerUndo, selectBlank } from "./editing.js";
import { announce, ask, draft, pairsOf, show, trouble } from "./exchange.js";
import { again, noLongerLive, now } from "./live.js";
import { keep, settle, unsent } from "./unsent.js";
import { takeLine, wordings } from "./wordings.js";

let shown = location.pathname;

export function writing() {
  if (!draft()) return;
  dress();
  unsent();
  answering();
  wordings();
  document.addEventListener("coach:shown", dress);
  document.addEventListener("submit", submit);
  document.addEventListener("keydown", scoreByKeys);
  document.addEventListener("paste", pasteAnywhere);
  addEventListener("popstate", () => location.pathname !== shown && location.reload());
}

function dress() {
  const keys = document.querySelector("[data-keys]");
  if (/Mac|iP/.test(navigator.platform)) keys.querySelector("kbd").textContent = "⌘";
  keys.hidden = false;
  // What these buttons do happens by itself here.
  for (const button of document.querySelectorAll("[data-plain]")) button.hidden = true;
}

async function submit(event) {
  const { target: form, submitter: button } = event;
  if (form.matches("[data-aside]")) return putAside(event);
  if (!form.matches("[data-draft], [data-use]")) return;
  event.preventDefault();
  noLongerLive();
  const address = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const sent = pairsOf(form, button);
  const score = document.querySelector("[data-score]");
  score.setAttribute("aria-busy", "true");
  try {
    if (button?.dataset.lineText) await takeLine(button);
    else await (address.startsWith("/edit") ? edit(sent, button.value) : assess(sent));
  } catch (error) {
    keep();
    trouble(error);
  } finally {
    score.removeAttribute("aria-busy");
  }
}

/* ── scoring ── */

async function assess(sent) {
  const typed = JSON.stringify(pairsOf(draft()));
  const answer = await ask("/", sent);
  if (!answer) return;
  const { page, path } = answer;
  const place = cursor();
  if (path !== "/") {
    settle(page.querySelector("[data-draft]"));
    history.pushState(null, "", path);
    shown = path;
  }
  document.title = page.title;
  // Where more was typed while the answer was on its way, the form stays as it is.
  if (typed === JSON.stringify(pairsOf(draft()))) show(page, "write");
  keep();
  if (!page.querySelector("#result-heading")) {
    document.querySelector("[data-summary], .chooser button").focus();
    return;
  }
  show(page, "result");
  announce(`Scored. ${document.querySelector(".verdict-words").textContent}`);
  if (!putBack(place)) lookAtResult();
}

function lookAtResult() {
  document.querySelector("#result-heading").focus({ preventScroll: true });
  const result = document.querySelector("#result");
  const { top } = result.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 3) result.scrollIntoView();
}

function cursor() {
  const field = document.activeElement;
  if (!field?.matches("[data-draft] textarea, [data-draft] input")) return null;
  return { id: field.id, from: field.selectionStart, to: field.selectionEnd };
}

/* Goes on where the author was writing, unless the result would then be out of sight. */
function putBack(place) {
  const field = place && document.getElementById(place.id);
  const result = document.querySelector("#result").getBoundingClientRect();
  if (!field || result.top > innerHeight / 3) return false;
  field.focus({ preventScroll: true });
  field.setSelectionRange(place.from, place.to);
  return true;
}

/* ── editing ── */

async function edit(sent, button) {
  const was = pairsOf(draft());
  const answer = await ask("/edit", sent);
  if (!answer) return;
  show(answer.page, "write");
  keep();
  const notice = document.querySelector("[data-notice]");
  if (notice) {
    announce(notice.firstChild.textContent);
    offerUndo(notice, was);
    now();
  }
  goTo(button);
}

/* Moves to what the button was about: the new field, the next one, the first blank to fill. */
function goTo(button) {
  const [verb, number] = button.split("-");
  const fields = [...draft().querySelectorAll("textarea")];
  const rows = fields.filter((field) => field.name === "key_result");
  const first = document.querySelector("[data-summary], .chooser button, #text, #objective");
  if (verb === "add") rows.at(-1).focus();
  else if (verb === "remove") (rows[Math.min(number, rows.length) - 1] ?? first).focus();
  else if (verb === "use") selectBlank(fields.find(hasBlank) ?? first);
  else first.focus();
}

/* A note goes aside or comes back at once; what is typed meanwhile is scored as it stands. */
async function putAside(event) {
  event.preventDefault();
  const pairs = pairsOf(event.target, event.submitter);
  const note = event.target.closest(".note");
  try {
    const answer = await fetch("/aside", { method: "POST", body: new URLSearchParams(pairs) });
    if (!answer.ok) throw new Error("That could not be kept just now.");
    if (note) event.target.closest("details").open = false; // or the next note's would unfold
    await again();
  } catch (error) {
    trouble(error);
    return;
  }
  announce(event.submitter.value === "take-up" ? "Taken up again." : "Put aside.");
  // The note that follows has the number of the one that went.
  (document.getElementById(note?.id) ?? document.querySelector("#notes-heading")).focus();
}

/* ── keys ── */

function scoreByKeys(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  draft().requestSubmit(document.querySelector("[data-score]"));
}

/* A paste that no field takes goes into the empty box. */
function pasteAnywhere(event) {
  const box = document.querySelector("#text");
  if (!box || box.value || event.target.closest?.("input, textarea")) return;
  event.preventDefault();
  box.focus();
  box.setRangeText(event.clipboardData.getData("text/plain"), 0, 0, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
