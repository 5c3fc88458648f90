// input[type=file][data-photos="most bytes"]: photos are made smaller here before they go out, so that a phone on bad
// mobile data sends a tenth. What a browser cannot read goes out as it is; what is too large even so is left out with a
// sentence, and the others stay.
import { say } from "./say.js";

const SIDE = 2000;
const SMALL_ENOUGH = 700 * 1024;

async function smaller(file) {
  if (file.size <= SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    // JPEG knows no transparency, and would show black.
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

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
