// A text of the page while it is open: its document, its connection, its editor and the line below it.
import { Selection } from "@tiptap/pm/state";
import { Awareness } from "y-protocols/awareness";
import { applyUpdate, Doc } from "yjs";
import { Keeper } from "../kept/keeper.js";
import { askWho, person } from "../kept/person.js";
import { GONE, isPoison, OLD_EDITOR } from "../sync/codes.js";
import { network } from "../sync/network.js";
import { Provider } from "../sync/provider.js";
import { makeEditor } from "../text/editor.js";
import { Line } from "./line.js";
import { offer } from "./offer.js";
import { Tools } from "./tools.js";
import { unsentWords } from "./unsent-words.js";
import { word } from "./words.js";

// How long somebody who signs out or ends waits for the last words to be saved.
const LAST_WORDS = 3000;

export class OpenText {
  editor = null;
  #begun = false;

  // `place` says where the caret goes: { x, y } from the words' own corner, "end", or nothing for a text that is only watched.
  constructor(element, place, onClosed) {
    const { text, socket, updates, schema, mayWrite, keyUrl, userName, userColor } = element.dataset;
    Object.assign(this, { element, place, onClosed, keyUrl });
    this.mayWrite = mayWrite === "true";
    this.user = { name: userName, color: userColor };
    this.title = element.getAttribute("aria-label") ?? "";
    this.words = element.querySelector("[data-text-words]");
    this.doc = new Doc();
    this.awareness = new Awareness(this.doc);
    this.awareness.setLocalStateField("user", this.user);
    this.provider = new Provider({
      text: { socketUrl: socketAddress(socket, schema), updatesUrl: updates, mayWrite: this.mayWrite },
      doc: this.doc,
      awareness: this.awareness,
      network,
      ask: () => this.#ask(),
      onChange: () => this.#changed(),
    });
    this.keeper = new Keeper({ person: person(), text, updates, keyUrl }, this.provider.outbox, () => this.#kept());
    this.line = new Line(() => this.end());
    this.#open();
  }

  get isBusy() {
    return !this.provider.isSaved || this.element.contains(document.activeElement);
  }

  // Sends what is left and shows the page as it was read before; stays open while words are unsaved.
  async end() {
    if (!(await this.lastWords())) return;
    if (this.element.dataset.live === undefined) return this.close();
    this.place = null;
    this.element.classList.add("is-watched");
    this.element.querySelector("[data-text-write]")?.focus();
  }

  // Whether all is saved, after a moment in which it could be.
  async lastWords() {
    this.provider.flush();
    const until = Date.now() + LAST_WORDS;
    while (!this.provider.isSaved && !this.provider.isOver && Date.now() < until) await moment();
    await this.keeper.keep();
    return this.provider.isSaved;
  }

  focus(place) {
    this.place = place;
    this.element.classList.remove("is-watched");
    if (this.editor) this.#goTo();
  }

  // Leaves the words as they are now, to be read.
  close() {
    const wasInside = this.element.contains(document.activeElement);
    this.provider.destroy();
    this.keeper.stop();
    this.#leaveWords();
    this.editor?.destroy();
    this.doc.destroy();
    [this.line, this.tools?.element, this.mount].forEach((part) => part?.remove());
    this.words.hidden = false;
    this.element.classList.remove("is-open", "is-watched");
    this.#mark({ saved: null, synced: null, route: null, state: null, kept: null });
    if (wasInside) this.element.querySelector("[data-text-write]")?.focus();
    this.onClosed();
  }

  #open() {
    this.element.classList.add("is-open");
    this.element.classList.toggle("is-watched", !this.place);
    this.words.after(this.line.element);
    this.awareness.on("change", () => this.line.showPeople(this.awareness));
    this.#changed();
    this.provider.connect();
  }

  // Where nothing is written still, the page's own remark about that stays.
  #leaveWords() {
    const hasRemark = this.words.querySelector(":scope > .meta");
    if (this.editor && !(this.editor.isEmpty && hasRemark)) this.words.innerHTML = this.editor.getHTML();
  }

  async #ask() {
    const { who, key } = await askWho(this.keyUrl);
    if (key) this.keeper.key = key;
    return who;
  }

  #changed() {
    const { state, isSaved, isSynced, routeName } = this.provider;
    this.keeper.changed();
    this.#mark({ saved: isSaved, synced: isSynced, route: routeName, state });
    this.#markKept();
    this.line.show(this);
    if (state === "live" && !this.#begun) this.#begin();
    if (state === "ended") this.#ended();
  }

  #kept() {
    this.#markKept();
    this.line.show(this);
  }

  #markKept() {
    this.#mark({ kept: this.keeper.isSafe });
  }

  #mark(facts) {
    for (const [name, value] of Object.entries(facts)) {
      if (value === null) delete this.element.dataset[name];
      else this.element.dataset[name] = value;
    }
  }

  async #begin() {
    this.#begun = true;
    if (this.mayWrite) await this.#restore();
    if (this.provider.isOver) return;
    this.mount = document.createElement("div");
    this.mount.className = "text__page";
    this.words.after(this.mount);
    this.editor = makeEditor(this.#settings());
    this.words.hidden = true;
    if (this.mayWrite) this.#addTools();
    if (this.place) this.#goTo();
  }

  #settings() {
    const { mount, doc, awareness, user, title, mayWrite } = this;
    const words = { box: word("box"), placeholder: word("placeholder") };
    const lang = this.element.getAttribute("lang");
    const handlers = { onTransaction: () => this.tools?.show() };
    return { element: mount, doc, awareness, user, title, lang, mayWrite, words, ...handlers };
  }

  #addTools() {
    this.tools = new Tools(this.editor);
    this.mount.before(this.tools.element);
    this.mount.addEventListener("focusin", () => this.element.classList.remove("is-watched"));
    this.mount.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "F10" && event.altKey) this.tools.focus();
      else if (event.key === "Escape") this.line.parts.done.focus();
      else return;
      event.preventDefault();
    });
  }

  async #restore() {
    for (const update of await this.keeper.restore()) {
      applyUpdate(this.doc, update, "kept");
      // What waits for words that the server has lost says nothing of itself.
      if (this.doc.store.pendingStructs) this.provider.outbox.add(update);
    }
    this.keeper.changed();
  }

  // At once: Tiptap's own focus comes a frame later, and would take back where one has gone meanwhile.
  #goTo() {
    const { view } = this.editor;
    const { x, y } = this.place;
    const box = this.mount.getBoundingClientRect();
    const found = x === undefined ? null : view.posAtCoords({ left: box.left + x, top: box.top + y });
    const { doc } = view.state;
    const selection = found ? Selection.near(doc.resolve(found.pos)) : Selection.atEnd(doc);
    view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
    view.focus();
  }

  #ended() {
    const { code, outbox } = this.provider;
    this.editor?.setEditable(false);
    this.tools?.element.remove();
    // Its words were erased, perhaps because the law asks for it: they must not stay on a screen either.
    if (code === GONE) [this.mount, this.words].forEach((part) => part?.replaceChildren());
    const unsent = outbox.contents();
    if (!unsent || code === OLD_EDITOR) return;
    if (isPoison(code)) this.keeper.refuse(code);
    offer(this.element, this.keeper.about.page, unsentWords(this.doc, unsent), () => this.keeper.discard());
  }
}

function socketAddress(path, schema) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.searchParams.set("schema", schema);
  return address.href;
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 50));
