/* What scripts add to pages that work without them. Each module minds one thing. */
import { themeToggle } from "./colours.js";
import { marks } from "./marks.js";
import { sharing } from "./sharing.js";
import { writing } from "./writing.js";

themeToggle();
marks();
sharing();
writing();
