/* What changes the form without being typed: undone by one button, and gone on from at a blank. */
import { announce, ask, draft, show, trouble } from "./exchange.js";
import { now } from "./live.js";
import { keep } from "./unsent.js";

const BLANK = /\[[^[\]\n]+\]/;
let undo = null; // the pairs that the form held before the last change

/* Offers to put the form back as these pairs say. */
export function offerUndo(notice, was) {
  undo = was;
  const button = document.createElement("button");
  button.className = "quiet";
  button.type = "button";
  button.textContent = "Undo";
  button.addEventListener("click", putBack);
  notice.querySelector("a")?.remove();
  notice.append(" ", button);
}

async function putBack() {
  const answer = await ask("/edit", undo).catch(trouble);
  if (!answer) return;
  show(answer.page, "write");
  keep();
  now();
  announce("Undone.");
  document.querySelector("#text, #objective").focus();
}

export const hasBlank = (field) => BLANK.test(field.value);

/* Goes to a field, with its first blank selected: to be typed over. */
export function selectBlank(field) {
  field.focus();
  const blank = field.value.match(BLANK);
  if (blank) field.setSelectionRange(blank.index, blank.index + blank[0].length);
}
