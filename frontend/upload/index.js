// [data-uploads]: files go up in pieces (tus) and go on where they stopped: after a dead network by themselves, after a
// closed tab when the same file is chosen again. Several at once, each with its progress; photos are made smaller first.
import { Upload } from "tus-js-client";
import { say } from "../js/say.js";
import { smaller } from "../js/smaller.js";

const WAITS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

function line(file) {
  const node = say("upload");
  node.querySelector("[data-name]").textContent = file.name;
  return node;
}

function tell(node, word) {
  for (const said of node.querySelectorAll("[data-word]")) said.hidden = said.dataset.word !== word;
  node.dataset.state = word;
}

async function start(form, list, chosen) {
  const node = line(chosen);
  list.append(node);
  const bar = node.querySelector("progress");
  tell(node, "coming");
  const file = await smaller(chosen);
  return new Promise((resolve) => {
    const upload = new Upload(file, {
      endpoint: form.dataset.uploads,
      chunkSize: Number(form.dataset.piece),
      retryDelays: WAITS,
      headers: { "X-CSRFToken": token() },
      metadata: { filename: chosen.name, filetype: file.type },
      // The file that was chosen, not the one that it became: the same choice finds the same upload.
      fingerprint: async () => ["evidence", form.dataset.uploads, chosen.name, chosen.size, chosen.lastModified].join("-"),
      removeFingerprintOnSuccess: true,
      // A refusal is no accident of the network, and a dead network is waited for.
      onShouldRetry: (error) => ![400, 403, 404, 413, 415].includes(error.originalResponse?.getStatus()),
      onProgress: (sent, all) => {
        bar.setAttribute("value", all ? Math.round((100 * sent) / all) : 0);
        tell(node, "coming");
      },
      onError: (error) => {
        const words = error.originalResponse?.getBody();
        if (words && error.originalResponse.getStatus() === 413) node.querySelector("[data-word=refused]").textContent = words;
        tell(node, words && error.originalResponse.getStatus() === 413 ? "refused" : navigator.onLine ? "failed" : "waits");
        node.querySelector("[data-again]").hidden = node.dataset.state === "refused";
        resolve(false);
      },
      onSuccess: () => {
        bar.setAttribute("value", 100);
        tell(node, "here");
        resolve(true);
      },
    });
    const go = async () => {
      node.querySelector("[data-again]").hidden = true;
      const earlier = await upload.findPreviousUploads();
      if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
      upload.start();
    };
    node.querySelector("[data-again] button").addEventListener("click", go);
    window.addEventListener("online", () => node.dataset.state === "waits" && go());
    go();
  });
}

document.addEventListener("change", async (event) => {
  const form = event.target.closest("[data-uploads]");
  if (!form || event.target.type !== "file") return;
  const list = document.querySelector("[data-upload-list]");
  const files = [...event.target.files];
  event.target.value = "";
  const came = await Promise.all(files.map((file) => start(form, list, file)));
  // What is here is shown by the server; while something has failed, its line stays to be seen.
  if (came.every(Boolean)) window.location.reload();
});

// Leaving the page stops what is under way; it goes on when the same file is chosen again.
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-upload-list] [data-state=coming]")) event.preventDefault();
});
