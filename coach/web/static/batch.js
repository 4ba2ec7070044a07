/* A batch that runs: how far it is, and its rows, follow on the page as they are scored. */
import { announce, pageOf } from "./exchange.js";

const EVERY = 1500;
let due = 0;
let waiting = 0;

export function batch() {
  const place = document.querySelector("[data-follow]");
  if (!place) return;
  const source = new EventSource(place.dataset.follow);
  source.addEventListener("progress", () => soon());
  source.addEventListener("done", async () => {
    source.close();
    clearTimeout(waiting);
    await renew();
    announce(document.querySelector(".progress-words").textContent);
  });
}

/* However fast rows are scored, the page is fetched so often and no oftener. */
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(renew, Math.max(0, due - performance.now()));
}

async function renew() {
  due = performance.now() + EVERY;
  const response = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!response?.ok) return;
  const page = await pageOf(response);
  for (const name of ["progress", "rows"]) put(page, name);
  document.dispatchEvent(new CustomEvent("coach:batch"));
}

/* What holds the focus stays as it is until the focus has moved on. */
function put(page, name) {
  const there = document.querySelector(`[data-region="${name}"]`);
  const fresh = page.querySelector(`[data-region="${name}"]`);
  if (!there || !fresh || there.contains(document.activeElement)) return;
  const left = there.querySelector(".wide")?.scrollLeft ?? 0;
  there.replaceChildren(...fresh.childNodes);
  const wide = there.querySelector(".wide");
  if (wide) wide.scrollLeft = left;
}
