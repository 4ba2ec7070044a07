/* While a language model reads: its notes and wordings join the result as they come. */
import { announce, refresh } from "./exchange.js";

const SAID = {
  judge: "The language model's notes are in.",
  rewrites: "The language model's wordings are in.",
};
let source = null;

export function stages() {
  follow();
  document.addEventListener("coach:shown", follow);
}

function follow() {
  const place = document.querySelector("[data-asking]");
  const address = place && new URL(place.dataset.asking, location.href).href;
  if (source?.url === address) return;
  source?.close();
  source = null;
  if (!address) return;
  const mine = (source = new EventSource(address));
  for (const stage of Object.keys(SAID)) {
    mine.addEventListener(stage, () => join(mine, SAID[stage]));
  }
  mine.addEventListener("done", () => {
    mine.close();
    join(mine);
  });
}

/* An answer that comes while another draft is on the page is that draft's business no more. */
async function join(mine, said) {
  const shown = await refresh(() => source === mine);
  if (shown && said) announce(said);
}
