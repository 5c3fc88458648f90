// input[type=file][data-photos="most bytes"]: photos are made smaller here before they go out, so that a phone on bad
// mobile data sends a tenth. What a browser cannot read goes out as it is; what is too large even so is left out with a
// sentence, and the others stay.
import { say } from "./say.js";
import { smaller } from "./smaller.js";

function line(input, name, text) {
  const node = say(name);
  for (const [key, value] of Object.entries(text)) node.textContent = node.textContent.replace(key, value);
  input.after(node);
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.dataset.photos === undefined) return;
  const most = Number(input.dataset.photos);
  const button = input.form.querySelector("[type=submit]");
  button.disabled = true;
  input.parentElement.querySelectorAll("[data-too-large], [data-chosen]").forEach((node) => node.remove());
  try {
    const kept = new DataTransfer();
    for (const file of [...input.files]) {
      const ready = await smaller(file);
      if (ready.size > most) line(input, "photo-too-large", { NAME: file.name, MOST: Math.floor(most / 1024 / 1024) });
      else kept.items.add(ready);
    }
    input.files = kept.files;
    if (kept.files.length) {
      const node = say("photos");
      node.textContent = [...kept.files].map((file) => file.name).join(", ");
      input.after(node);
    }
  } finally {
    button.disabled = false;
  }
});
