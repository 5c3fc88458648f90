// The place to write: Tiptap over one shared document.
import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { Placeholder } from "@tiptap/extensions";
import { carets } from "./carets.js";
import { Links } from "./links.js";
import { cleaned } from "./paste.js";
import { schemaExtensions } from "./schema.js";

// Only for a document that has been in step with the server once: an editor on an empty one would write into it.
export function makeEditor({ element, doc, awareness, user, title, lang, mayWrite, words, ...handlers }) {
  return new Editor({
    element,
    injectCSS: false,
    editable: mayWrite,
    extensions: [
      ...schemaExtensions({ boxLabel: words.box }),
      Collaboration.configure({ document: doc }),
      carets(awareness, user),
      Links,
      Placeholder.configure({ placeholder: words.placeholder, showOnlyWhenEditable: true }),
    ],
    editorProps: {
      attributes: { class: "prose", ...(lang && { lang }), ...(mayWrite ? textbox(title) : READ_ONLY) },
      transformPastedHTML: cleaned,
      ...CLEAR_OF_BARS,
      handleDrop: (_view, event) => event.dataTransfer?.files.length > 0,
    },
    ...handlers,
  });
}

// Tiptap calls every editor a textbox, also one that nobody here can type into.
const READ_ONLY = { role: "document" };

// The tools above, the line below and a phone's own bar lie over the text: where one writes stays between them.
const CLEAR_OF_BARS = {
  scrollThreshold: { top: 55, right: 0, bottom: 160, left: 0 },
  scrollMargin: { top: 60, right: 5, bottom: 165, left: 5 },
};

const textbox = (title) => ({
  role: "textbox",
  "aria-multiline": "true",
  "aria-label": title,
  spellcheck: "true",
  tabindex: "0",
});
