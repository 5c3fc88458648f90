// Words that a text will not take any more are offered as a copy.
import { say } from "../../js/say.js";

export function offer(element, words, onGivenUp) {
  element.querySelector("[data-offer]")?.remove();
  if (!words) return onGivenUp();
  const callout = say("writing-offer");
  callout.querySelector("textarea").value = words;
  callout.querySelector("[data-copy]").dataset.copy = words;
  callout.querySelector("[data-give-up]").addEventListener("click", () => {
    callout.remove();
    onGivenUp();
  });
  element.append(callout);
}
