// Asks for the address of a link, in words that say what is wrong with it.
import { say } from "../../js/say.js";
import { hrefFrom } from "../text/safe-href.js";

export function askForLink(editor) {
  const dialog = say("writing-link");
  const [address, wrong] = [dialog.querySelector("input"), dialog.querySelector("[data-wrong]")];
  const before = editor.getAttributes("link").href ?? "";
  address.value = before;
  dialog.querySelector("[value=remove]").hidden = !before;
  dialog.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "put") return;
    if (hrefFrom(address.value)) return;
    event.preventDefault();
    wrong.hidden = false;
    address.setAttribute("aria-invalid", "true");
    address.focus();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "put") put(editor, hrefFrom(address.value));
    else if (dialog.returnValue === "remove") editor.chain().focus().extendMarkRange("link").unsetLink().run();
    else editor.commands.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function put(editor, href) {
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!editor.state.selection.empty || editor.isActive("link")) return chain.setLink({ href }).run();
  const link = { type: "text", text: href, marks: [{ type: "link", attrs: { href } }] };
  return chain.insertContent([link, { type: "text", text: " " }]).run();
}
