/* Answers to the questions of notes: they go into the wordings as they are typed, and are shown
   there when the author says so. Without scripts the same button scores the draft with them. */
import { announce } from "./exchange.js";
import { now } from "./live.js";

export function answering() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-answer]");
    if (!button) return;
    event.preventDefault();
    put(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches(".answer input")) return;
    event.preventDefault();
    put(event.target);
  });
}

async function put(from) {
  const boxes = [...from.closest(".answer").querySelectorAll("input")].map((input) => input.id);
  await now();
  const told = boxes.map((id) => document.getElementById(`${id}-used`)?.textContent).filter(Boolean);
  announce(told.join(" "));
  if (!told.some((words) => words.startsWith("In the"))) return;
  document.querySelector("[data-offers] details")?.setAttribute("open", "");
  const heading = document.querySelector("#offers-heading");
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}
