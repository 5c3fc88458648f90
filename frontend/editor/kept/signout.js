// form[data-signout]: sends unsent words first, asks where that fails, and leaves nothing behind on a shared device.
// Part of every page's script, so it holds nothing of the editor; open texts answer the event "words:leaving".
import { say } from "../../js/say.js";
import { leftovers, sendLeftovers } from "./leftovers.js";
import { person } from "./person.js";
import { clear } from "./store.js";

const LONGEST = 6000;
const agreed = new WeakSet();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-signout]") || agreed.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(form);
  },
  true,
);

async function leave(form) {
  const isAllSent = await Promise.race([sendAll(), new Promise((resolve) => setTimeout(resolve, LONGEST))]);
  if (!isAllSent && !(await ask())) return;
  document.dispatchEvent(new CustomEvent("words:left"));
  await clear(person()).catch(() => {});
  agreed.add(form);
  form.requestSubmit();
}

async function sendAll() {
  const waits = [];
  document.dispatchEvent(new CustomEvent("words:leaving", { detail: { wait: (sent) => waits.push(sent) } }));
  const sent = await Promise.all(waits);
  await sendLeftovers(await leftovers());
  return sent.every(Boolean) && (await leftovers()).length === 0;
}

function ask() {
  const dialog = say("unsent-words");
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "leave");
    });
  });
}
