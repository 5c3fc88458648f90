// data-live on a fragment with hx-trigger="look-again": it is fetched anew every so many seconds, not while the page is
// hidden. Whoever stands on a link in it with the keyboard stands on the same link afterwards.
import htmx from "htmx.org";

const SECOND = 1000;
let passed = 0;
let stood = null;

setInterval(() => {
  passed += 1;
  if (document.hidden) return;
  for (const fragment of document.querySelectorAll("[data-live]")) {
    if (passed % Number(fragment.dataset.live) !== 0) continue;
    const here = fragment.contains(document.activeElement) ? document.activeElement : null;
    stood = here && { id: here.id, href: here.getAttribute("href") };
    htmx.trigger(fragment, "look-again");
  }
}, SECOND);

document.addEventListener("htmx:afterSettle", () => {
  if (!stood || document.activeElement !== document.body) return;
  const again = document.getElementById(stood.id) ?? [...document.querySelectorAll("[data-live] a")].find((link) => link.getAttribute("href") === stood.href);
  again?.focus({ preventScroll: true });
  stood = null;
});
