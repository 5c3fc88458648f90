// Where the others are: a line in their colour with their name, and the words they have chosen.
import CollaborationCaret from "@tiptap/extension-collaboration-caret";

export const carets = (awareness, user) =>
  CollaborationCaret.configure({ provider: { awareness }, user, render: caret, selectionRender: selection });

// The colour always through el.style: the page's policy refuses style attributes. The name is no text, or it would be
// read out and copied as a part of the sentence.
function caret({ name, color }) {
  const line = document.createElement("span");
  line.className = "caret";
  line.dataset.name = name ?? "";
  line.setAttribute("aria-hidden", "true");
  line.style.setProperty("--who", color);
  return line;
}

const selection = ({ color }) => ({ class: "caret-selection", style: `--who: ${color}` });
