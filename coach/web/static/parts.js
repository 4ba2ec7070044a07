/* A key result part by part: its fields follow its sentence, and its sentence follows its fields.
   The server reads and writes; here its answer goes into the form. */

/* Puts what a live answer read into the fields, but for the one that somebody types in. */
export function fillParts(page) {
  for (const said of page.querySelectorAll("[data-rows] data")) {
    const field = document.getElementById(said.dataset.for);
    if (field && field !== document.activeElement) field.value = said.getAttribute("value");
  }
}
