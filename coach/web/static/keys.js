/* Keys for whoever likes them: a list of them, to the draft, and from note to note. */

const dialog = document.querySelector("[data-keys-dialog]");

export function keys() {
  const button = document.querySelector("[data-keys-open]");
  const single = dialog.querySelector("[data-keys-single]");
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  single.checked = areOn();
  single.addEventListener("change", () => remember(single.checked));
  document.addEventListener("keydown", press);
}

/* A letter is a key only where it can't be meant as text, and only for those who want it. */
function press(event) {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const act = { "?": () => dialog.showModal(), e: toDraft, n: () => toNote(1), p: () => toNote(-1) };
  if (dialog.open || !areOn() || !act[event.key]) return;
  event.preventDefault();
  act[event.key]();
}

function toDraft() {
  const field = document.querySelector("#text, #objective");
  if (field) field.focus();
  else location.href = "/";
}

function toNote(step) {
  const notes = [...document.querySelectorAll(".note")];
  const at = notes.indexOf(document.activeElement.closest(".note"));
  const note = at < 0 ? notes.at(step > 0 ? 0 : -1) : notes[at + step];
  if (!note) return;
  note.closest("details")?.setAttribute("open", "");
  note.scrollIntoView({ block: "center" });
  note.focus({ preventScroll: true });
}

function areOn() {
  try {
    return localStorage.getItem("coach.keys") !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    if (on) localStorage.removeItem("coach.keys");
    else localStorage.setItem("coach.keys", "off");
  } catch {
    /* Storage is switched off: the choice can't be kept. */
  }
}
