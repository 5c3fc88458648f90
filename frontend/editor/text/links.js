// Links inside a text: an address pasted over chosen words makes them a link; Ctrl or Cmd with a click follows one.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { isSafe } from "./safe-href.js";

export const Links = Extension.create({
  name: "links",
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          handlePaste(view, event) {
            const address = event.clipboardData?.getData("text/plain").trim() ?? "";
            if (view.state.selection.empty || !isSafe(address)) return false;
            return editor.chain().setLink({ href: address }).run();
          },
          handleClick(_view, _position, event) {
            const link = event.target.closest?.("a[href]");
            if (!link || !(event.ctrlKey || event.metaKey)) return false;
            window.open(link.href, "_blank", "noopener,noreferrer");
            return true;
          },
        },
      }),
    ];
  },
});
