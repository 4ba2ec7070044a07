/* Other wordings of a draft: their blanks filled where they stand, taken whole or line by line. */
import { announce, ask, draft, pairsOf, show } from "./exchange.js";
import { offerUndo, selectBlank } from "./editing.js";

const BLANK = /\[[^[\]\n]+\]/g;

export function wordings() {
  document.addEventListener("input", alike);
  document.addEventListener("click", keepMine);
}

/* The same blank in another wording of the same line is filled too. */
function alike(event) {
  const blank = event.target;
  if (!blank.matches("input.blank")) return;
  for (const other of document.querySelectorAll("input.blank")) {
    if (other.ariaLabel === blank.ariaLabel) other.value = blank.value;
  }
}

/* Puts one line of a wording into the draft as it is now, whatever was typed since. */
export async function takeLine(button) {
  const { lineStood: stood, lineName: name, lineText: text } = button.dataset;
  const offer = button.form.id.replace("use-", "");
  let number = 0;
  const filled = text.replace(BLANK, (blank) => {
    const typed = document.getElementById(`fill-${offer}-${name}-${number++}`)?.value.trim();
    return typed || blank;
  });
  const was = pairsOf(draft());
  if (document.querySelector("#text")) {
    const answer = await ask("/edit", [...was, ["do", "fields"]]);
    if (!answer) return;
    show(answer.page, "write");
  }
  const field = document.getElementById(stood.replace(/^kr/, "key-result-"));
  field.value = filled;
  selectBlank(field);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.dataset.notice = "";
  notice.textContent = `${document.querySelector(`label[for="${field.id}"]`).textContent} has the new wording.`;
  document.querySelector("[data-notice]")?.remove();
  draft().before(notice);
  announce(notice.textContent);
  offerUndo(notice, was);
}

function keepMine(event) {
  const button = event.target.closest("[data-keep]");
  if (!button) return;
  event.preventDefault();
  const folded = button.closest("details");
  folded.open = false;
  folded.querySelector("summary").focus();
  announce("Kept as it is.");
}
