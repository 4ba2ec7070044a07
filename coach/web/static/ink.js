/* Marks in the fields themselves, on the words that notes rest on. A field can't hold marks, so they
   lie behind it: the same text in the same type, unseen but for what is marked. */

export function ink() {
  if (!document.querySelector("[data-inked]")) return;
  all();
  document.addEventListener("coach:shown", all);
  document.addEventListener("input", (event) => {
    const place = event.target.closest?.("[data-inked]");
    if (place) draw(place, []); // until they are found anew: marks never stand on other words
  });
  document.addEventListener("scroll", (event) => follow(event.target), true);
  document.addEventListener("selectionchange", lightNote);
}

const lines = () => [...document.querySelectorAll("#result .line-text[data-line]")];

function all() {
  for (const place of document.querySelectorAll("[data-inked]")) {
    draw(place, place.dataset.inked === "all" ? inBox(place) : inField(place));
  }
}

/* The runs of a line as they are marked in the result: [text, class, notes]. */
function runs(line) {
  const found = [];
  for (const node of line.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) found.push([node.data]);
    else if (node.matches("mark")) found.push([node.textContent, node.className, node.dataset.notes]);
  }
  return found;
}

function inField(place) {
  const line = lines().find((one) => one.dataset.line === place.dataset.inked);
  const marked = line ? runs(line) : [];
  const value = place.querySelector("textarea").value;
  const text = marked.map(([said]) => said).join("");
  const start = value.indexOf(text);
  if (!text || start < 0) return [];
  return [[value.slice(0, start)], ...marked];
}

/* Lines stand in the box in their order, each in one piece; what isn't found is left unmarked. */
function inBox(place) {
  const value = place.querySelector("textarea").value;
  const found = [];
  let end = 0;
  for (const line of lines()) {
    const marked = runs(line);
    const text = marked.map(([said]) => said).join("");
    const start = text ? value.indexOf(text, end) : -1;
    if (start < 0) continue;
    found.push([value.slice(end, start)], ...marked);
    end = start + text.length;
  }
  return found;
}

function draw(place, marked) {
  const layer = place.querySelector(".ink");
  layer.replaceChildren(
    ...marked.map(([text, className, notes]) => {
      if (!className) return text;
      const mark = document.createElement("mark");
      mark.className = className;
      mark.dataset.notes = notes;
      mark.textContent = text;
      return mark;
    }),
    "\n",
  );
  follow(place.querySelector("textarea"));
}

function follow(field) {
  const layer = field.previousElementSibling;
  if (!layer?.matches(".ink")) return;
  layer.style.width = `${field.clientWidth + 2 * field.clientLeft}px`;
  layer.style.height = `${field.clientHeight + 2 * field.clientTop}px`;
  layer.scrollTop = field.scrollTop;
}

/* The note on the words where the cursor stands is lit, so that it is easy to find. */
function lightNote() {
  const field = document.activeElement;
  const place = field?.closest?.("[data-inked]");
  for (const note of document.querySelectorAll(".note.lit")) note.classList.remove("lit");
  if (!place || field.selectionStart !== field.selectionEnd) return;
  let end = 0;
  for (const node of place.querySelector(".ink").childNodes) {
    const start = end;
    end += node.textContent.length;
    if (node.nodeType === Node.TEXT_NODE || field.selectionStart < start) continue;
    if (field.selectionStart > end) continue;
    for (const number of node.dataset.notes.split(" ")) {
      document.getElementById(`note-${number}`)?.classList.add("lit");
    }
    return;
  }
}
