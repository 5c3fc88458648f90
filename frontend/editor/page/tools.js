// The bar above a text: what can be done with the chosen words. Arrow keys move along it.
import { say } from "../../js/say.js";
import { askForLink } from "./link.js";

const TOOLS = {
  bold: { run: (chain) => chain.toggleBold(), isOn: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), isOn: (editor) => editor.isActive("italic") },
  heading: { run: (chain) => chain.toggleHeading({ level: 1 }), isOn: (editor) => editor.isActive("heading") },
  list: { run: (chain) => chain.toggleBulletList(), isOn: (editor) => editor.isActive("bulletList") },
  numbers: { run: (chain) => chain.toggleOrderedList(), isOn: (editor) => editor.isActive("orderedList") },
  boxes: { run: (chain) => chain.toggleTaskList(), isOn: (editor) => editor.isActive("taskList") },
  link: { act: askForLink, isOn: (editor) => editor.isActive("link") },
  undo: { run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },
};
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Tools {
  constructor(editor) {
    this.editor = editor;
    this.element = say("writing-tools");
    this.buttons = [...this.element.querySelectorAll("[data-tool]")];
    this.buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0));
    // Without this the words would no longer be chosen when the button is reached.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("click", ({ target }) => this.#use(target.closest("[data-tool]")));
    this.element.addEventListener("keydown", (event) => this.#move(event));
    this.show();
  }

  show() {
    for (const button of this.buttons) {
      const { isOn, can } = TOOLS[button.dataset.tool];
      if (isOn) button.setAttribute("aria-pressed", isOn(this.editor));
      if (can) button.setAttribute("aria-disabled", !can(this.editor));
    }
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0).focus();
  }

  #use(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { run, act } = TOOLS[button.dataset.tool];
    if (act) act(this.editor);
    else run(this.editor.chain().focus()).run();
  }

  #move(event) {
    if (event.key === "Escape") return this.editor.commands.focus();
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? at + (STEPS[event.key] ?? 0);
    if (to === at) return;
    event.preventDefault();
    const next = this.buttons[Math.min(Math.max(to, 0), last)];
    this.buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  }
}
