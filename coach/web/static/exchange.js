/* The form's way to the server and back: the page that answers is cut into the page that asks. */

let running = null;

export const draft = () => document.querySelector("[data-draft]");

export const pairsOf = (form, button) =>
  [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);

export const pageOf = async (response) =>
  new DOMParser().parseFromString(await response.text(), "text/html");

/* Sends pairs of names and values and returns the page that answers, or null where a newer
   question has overtaken this one. Throws an Error whose message is for people. */
export async function ask(address, pairs) {
  running?.abort();
  const mine = (running = new AbortController());
  try {
    const response = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(pairs),
      headers: { accept: "text/html" },
      signal: mine.signal,
    });
    const page = await pageOf(response);
    if (page.querySelector("[data-draft]")) return { page, path: new URL(response.url).pathname };
    throw new Error(`${page.querySelector("h1")?.textContent ?? "That did not work"}.`);
  } catch (error) {
    if (error.name === "AbortError") return null;
    if (error instanceof TypeError) throw new Error("The coach can't be reached just now.");
    throw error;
  } finally {
    if (running === mine) running = null;
  }
}

/* Gets this result anew and shows it where `wanted` still holds, as far unfolded as it was. */
export async function refresh(wanted) {
  const path = location.pathname;
  const response = await fetch(path, { headers: { accept: "text/html" } }).catch(() => null);
  if (!response?.ok || path !== location.pathname || !wanted()) return false;
  const page = await pageOf(response);
  if (!page.querySelector("#result")) return false;
  showLive(page);
  return true;
}

/* Puts another result in place of the one that is shown, which stays as far unfolded as it is. */
export function showLive(page) {
  const back = asItWas(document.querySelector('[data-region="result"]'));
  show(page, "result");
  document.title = page.title;
  back(document.querySelector("#result"));
}

/* Notes what is unfolded, what is typed and where the focus is, and returns how to set up the same
   elsewhere. */
function asItWas(region) {
  const name = (details) => details.dataset.fold ?? details.querySelector("summary").textContent;
  const open = [...region.querySelectorAll("details[open]")].map(name);
  const typed = [...region.querySelectorAll("input[id]")].filter(
    (input) => input.value !== input.defaultValue,
  );
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  const words = focused?.textContent;
  return (fresh) => {
    for (const details of fresh.querySelectorAll("details")) {
      if (open.includes(name(details))) details.open = true;
    }
    for (const input of typed) {
      const twin = document.getElementById(input.id);
      if (twin) twin.value = input.value;
    }
    if (!focused) return;
    const alike = (one) => one.tagName === focused.tagName && one.textContent === words;
    const same = focused.id && document.getElementById(focused.id);
    const twin = same || [...fresh.querySelectorAll("a, button, summary, [tabindex]")].find(alike);
    (twin ?? fresh).focus({ preventScroll: true });
    if (twin?.matches("input")) twin.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  };
}

/* Puts a region of the page that came in place of the one that is shown. */
export function show(page, region) {
  const chosen = `[data-region="${region}"]`;
  document.querySelector(chosen).replaceWith(page.querySelector(chosen));
  const main = document.querySelector("main");
  main.className = page.querySelector("main")?.className ?? "desk desk--result";
  document.dispatchEvent(new Event("coach:shown"));
}

/* Says something once to those who listen instead of look. */
export function announce(words) {
  const place = document.querySelector("[data-announce]");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = words.replace(/\s+/g, " ").trim()));
}

/* Says beside the button why nothing happened. */
export function trouble(error) {
  document.querySelector("[data-status]").textContent =
    `${error.message} Your text is still here, and kept in this browser.`;
}
