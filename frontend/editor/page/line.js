// The line below a text that is being written: is it saved, who else is here, how to end.
import { say } from "../../js/say.js";
import { word } from "./words.js";

// Screen readers hear what lasts, not each change between two keystrokes.
const STEADY = 1500;
const ENDINGS = { 4403: "may-not", 4404: "gone", 4413: "too-large", 4422: "refused", 4426: "old" };

export class Line {
  #said = "";
  #timer;

  constructor(onDone) {
    this.element = say("writing-line");
    this.parts = Object.fromEntries([...this.element.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.parts.done.addEventListener("click", onDone);
    this.parts.reload.addEventListener("click", () => location.reload());
    const { signIn } = document.body.dataset;
    if (signIn) this.parts["sign-in"].href = `${signIn}?next=${encodeURIComponent(location.pathname)}`;
  }

  show(text) {
    const name = nameOf(text);
    const sentence = word(name);
    if (this.parts.state.textContent !== sentence) this.parts.state.textContent = sentence;
    this.element.dataset.tone = toneOf(text);
    this.parts["sign-in"].hidden = !["signed-out", "somebody-else"].includes(text.provider.state);
    this.parts.reload.hidden = !["old", "refused", "too-large"].includes(name);
    this.parts.done.hidden = text.provider.isOver;
    this.#announce(sentence);
  }

  #announce(sentence) {
    clearTimeout(this.#timer);
    if (sentence === this.#said) return;
    this.#timer = setTimeout(() => (this.parts.status.textContent = this.#said = sentence), STEADY);
  }

  // The others, by name, in the colour of their caret.
  showPeople(awareness) {
    const others = new Map();
    for (const [client, { user }] of awareness.getStates()) {
      if (client !== awareness.clientID && user?.name) others.set(user.name, user.color);
    }
    this.parts.here.hidden = others.size === 0;
    this.parts.people.replaceChildren(...[...others].map(([name, color]) => chip(name, color)));
  }

  remove() {
    clearTimeout(this.#timer);
    this.element.remove();
  }
}

function chip(name, color) {
  const item = document.createElement("li");
  item.className = "text__person";
  item.style.setProperty("--who", color);
  item.textContent = name;
  return item;
}

function nameOf({ provider, keeper, mayWrite }) {
  const { state, isSaved, routeName } = provider;
  if (state === "ended") return ENDINGS[provider.code] ?? "refused";
  if (state === "live" && !mayWrite) return "reading";
  if (state === "live" && !isSaved) return "saving";
  if (state === "live") return routeName === "http" ? "saved-slowly" : "saved";
  if (state === "lost") return mayWrite ? (keeper.works ? "lost" : "lost-not-kept") : "lost-reading";
  if (state === "signed-out" && !isSaved && keeper.works) return "signed-out-kept";
  return state;
}

function toneOf({ provider, mayWrite }) {
  if (provider.state === "live") return provider.isSaved && mayWrite ? "ok" : "quiet";
  if (provider.state === "opening") return "quiet";
  return provider.state === "ended" ? "bad" : "warn";
}
