// data-live on a fragment with hx-trigger="look-again": it is fetched anew every so many seconds, not while the page
// is hidden nor while somebody's focus is in it.
import htmx from "htmx.org";

const SECOND = 1000;
let passed = 0;

setInterval(() => {
  passed += 1;
  if (document.hidden) return;
  for (const fragment of document.querySelectorAll("[data-live]")) {
    if (passed % Number(fragment.dataset.live) === 0 && !fragment.contains(document.activeElement)) htmx.trigger(fragment, "look-again");
  }
}, SECOND);
