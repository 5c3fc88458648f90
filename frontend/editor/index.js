// Shared texts of a page become places to write when they are touched.
import "./editor.css";
import { leftovers, sendLeftovers } from "./kept/leftovers.js";
import { offerRefused } from "./page/refused.js";
import { openText, openTexts, unwatchText, watchText } from "./page/open-texts.js";

// A frozen text has no socket.
const isLive = (text) => Boolean(text?.dataset.socket);

document.addEventListener("click", (event) => {
  const { target } = event;
  const text = target.closest("[data-text]");
  if (!isLive(text) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.closest("[data-text-write]")) {
    event.preventDefault();
    openText(text, "end");
  } else if (text.dataset.mayWrite === "true" && isPlainTouch(target)) {
    openText(text, placeOf(event, target.closest("[data-text-words]")));
  }
});

// Not a link, and not the end of choosing words to copy.
function isPlainTouch(target) {
  return target.closest("[data-text-words]") && !target.closest("a, button, input, summary") && document.getSelection().isCollapsed;
}

function placeOf({ clientX, clientY }, words) {
  const box = words.getBoundingClientRect();
  return { x: clientX - box.left, y: clientY - box.top };
}

// data-live: others' words are shown as they come while the text can be seen.
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) (isIntersecting ? watchText : unwatchText)(target);
});

function watchAll() {
  document.querySelectorAll("[data-text][data-live]").forEach((text) => isLive(text) && watcher.observe(text));
}

document.addEventListener("htmx:load", watchAll);
document.addEventListener("htmx:beforeCleanupElement", ({ detail }) => {
  for (const [element, text] of openTexts) {
    if (!detail.elt.contains(element)) continue;
    openTexts.delete(element);
    text.provider.flush();
    text.keeper.keep().then(() => text.close());
  }
});

document.addEventListener("words:leaving", ({ detail }) => {
  for (const text of openTexts.values()) detail.wait(text.lastWords());
});
document.addEventListener("words:left", () => [...openTexts.values()].forEach((text) => text.close()));

document.addEventListener("visibilitychange", () => document.hidden && hurry());
window.addEventListener("pagehide", hurry);

function hurry() {
  for (const { provider, keeper } of openTexts.values()) {
    provider.flush();
    keeper.keep();
  }
}

window.addEventListener("beforeunload", (event) => {
  hurry();
  if ([...openTexts.values()].some(({ keeper }) => !keeper.isSafe)) event.preventDefault();
});

watchAll();
leftovers().then(sendLeftovers).then((refused) => refused.forEach(offerRefused));
