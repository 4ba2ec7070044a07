/* What scripts add to pages that work without them. Each module minds one thing. */
import { batch } from "./batch.js";
import { themeToggle } from "./colours.js";
import { ink } from "./ink.js";
import { keys } from "./keys.js";
import { live } from "./live.js";
import { marks } from "./marks.js";
import { sharing } from "./sharing.js";
import { stages } from "./stages.js";
import { writing } from "./writing.js";

themeToggle();
batch();
ink();
keys();
live();
marks();
sharing();
stages();
writing();

/* A link to something folded away unfolds it; not every browser does that by itself. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  target?.closest("details:not([open])")?.setAttribute("open", "");
});
