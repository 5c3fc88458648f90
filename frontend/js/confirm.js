// data-confirm="Question?" on a form or on one of its buttons: asks before it is sent.
import { say } from "./say.js";

const agreed = new WeakSet();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, event.submitter, () => {
      agreed.add(form);
      form.requestSubmit(event.submitter);
    });
  },
  true,
);

function ask(question, button, then) {
  const dialog = say("confirm");
  const yes = dialog.querySelector("[value=yes]");
  dialog.querySelector("[data-question]").textContent = question;
  const words = button?.textContent.trim();
  if (words) yes.textContent = words;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") then();
    else button?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
