/* A result's address, or its text, onto the clipboard. */
import { announce } from "./exchange.js";

const STAY = 2000;

export function sharing() {
  dress();
  document.addEventListener("coach:shown", dress);
}

/* Without scripts these are links to follow; with them, buttons that copy. */
function dress() {
  for (const link of document.querySelectorAll("a[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.textContent = link.dataset.copy;
    button.addEventListener("click", async () => {
      const text = link.hasAttribute("data-text") ? textAt(link.href) : link.href;
      button.textContent = (await copy(await text)) ? "Copied" : "Not copied";
      announce(button.textContent);
      setTimeout(() => (button.textContent = link.dataset.copy), STAY);
    });
    link.replaceWith(button);
  }
}

const textAt = async (address) => (await fetch(address)).text();

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/* Pages that came without encryption have no clipboard but this one. */
function copyOldWay(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "unseen";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
