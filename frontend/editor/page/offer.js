// Words that a text will not take any more are offered as a copy.
import { say } from "../../js/say.js";

// `from` tells one page's words from another's: the same are offered once.
export function offer(element, from, words, onGivenUp) {
  element.querySelector(`[data-offer="${from}"]`)?.remove();
  if (!words) return onGivenUp();
  const callout = say("writing-offer");
  callout.dataset.offer = from;
  callout.querySelector("textarea").value = words;
  callout.querySelector("[data-copy]").dataset.copy = words;
  callout.querySelector("[data-give-up]").addEventListener("click", () => {
    callout.remove();
    onGivenUp();
  });
  element.append(callout);
}
