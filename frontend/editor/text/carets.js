// Where the others are: a line in their colour with their name, and the words they have chosen.
import CollaborationCaret from "@tiptap/extension-collaboration-caret";

export const carets = (awareness, user) =>
  CollaborationCaret.configure({ provider: { awareness }, user, render: caret, selectionRender: selection });

// Always through el.style: the page's policy refuses style attributes.
function caret({ name, color }) {
  const line = document.createElement("span");
  line.className = "caret";
  line.style.setProperty("--who", color);
  const label = document.createElement("span");
  label.className = "caret__name";
  label.textContent = name ?? "";
  line.append(label);
  return line;
}

const selection = ({ color }) => ({ class: "caret-selection", style: `--who: ${color}` });
