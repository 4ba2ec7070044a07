/* From marked words to the note about them, and back. */

const STAY = 2500;

export function marks() {
  document.addEventListener("click", follow);
  for (const type of ["mouseover", "focusin"]) document.addEventListener(type, light);
}

function follow(event) {
  const ref = event.target.closest("a.ref");
  const mark = event.target.closest("[data-marked] mark");
  const place = event.target.closest(".places a");
  if (!ref && !mark && !place) return;
  if (event.ctrlKey || event.metaKey || !getSelection().isCollapsed) return;
  event.preventDefault();
  if (place) {
    const target = document.querySelector(place.hash);
    ring(wordsAt(target), target);
  } else {
    const number = ref?.dataset.note ?? mark.dataset.notes.split(" ")[0];
    const note = document.getElementById(`note-${number}`);
    note.closest("details")?.setAttribute("open", "");
    ring([note], note);
  }
}

/* The marked words of a line that the note of this reference rests on; the reference where none. */
function wordsAt(ref) {
  const line = ref.closest(".line-text");
  const words = [...line.querySelectorAll("mark")].filter((mark) => about(mark, ref.dataset.note));
  return words.length ? words : [ref];
}

const about = (mark, number) => mark.dataset.notes.split(" ").includes(number);

function ring(shown, target) {
  for (const old of document.querySelectorAll(".ringed")) old.classList.remove("ringed");
  for (const one of shown) one.classList.add("ringed");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  setTimeout(() => shown.forEach((one) => one.classList.remove("ringed")), STAY);
}

/* Marks stand out while their note is read. */
function light(event) {
  const number = event.target.closest?.(".note")?.dataset.note;
  for (const mark of document.querySelectorAll("[data-marked] mark")) {
    mark.classList.toggle("lit", number !== undefined && about(mark, number));
  }
}
