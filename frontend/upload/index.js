// [data-uploads]: files go up in pieces (tus) and go on where they stopped: after a dead network by themselves, after a
// closed tab when the same file is chosen again. Several at once, each with its progress; photos are made smaller first.
import { Upload } from "tus-js-client";
import { say } from "../js/say.js";
import { smaller } from "../js/smaller.js";

const WAITS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

function line(file) {
  const node = say("upload");
  node.querySelector("[data-name]").textContent = file.name;
  return node;
}

function tell(node, word) {
  for (const said of node.querySelectorAll("[data-word]")) said.hidden = said.dataset.word !== word;
  node.dataset.state = word;
}

// What is here is shown by the server; while something is under way or has failed, its line stays to be seen.
function whenAllAreHere(list) {
  if ([...list.children].every((node) => node.dataset.state === "here")) window.location.reload();
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
      // Read anew for each piece: whoever signs in again in another tab has another one.
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token()),
      metadata: { filename: chosen.name, filetype: file.type },
      // The person, since a computer may be shared; the file that was chosen, and the size of what it became.
      fingerprint: async () =>
        ["evidence", document.body.dataset.user, form.dataset.uploads, chosen.name, chosen.size, chosen.lastModified, file.size].join("-"),
      removeFingerprintOnSuccess: true,
      // A refusal is no accident of the network, and a dead network is waited for.
      onShouldRetry: (error) => ![400, 401, 403, 404, 413, 415].includes(error.originalResponse?.getStatus()),
      onProgress: (sent, all) => {
        bar.setAttribute("value", all ? Math.round((100 * sent) / all) : 0);
        tell(node, "coming");
      },
      onError: (error) => {
        const words = error.originalResponse?.getBody();
        if (words && error.originalResponse.getStatus() === 413) node.querySelector("[data-word=refused]").textContent = words;
        const status = error.originalResponse?.getStatus();
        const word = { 413: "refused", 401: "signed-out", 403: "signed-out" }[status] ?? (navigator.onLine ? "failed" : "waits");
        tell(node, word);
        node.querySelector("[data-again]").hidden = node.dataset.state === "refused";
        resolve(false);
      },
      onSuccess: () => {
        bar.setAttribute("value", 100);
        tell(node, "here");
        resolve(true);
        whenAllAreHere(list);
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
  await Promise.all(files.map((file) => start(form, list, file)));
});

// Leaving the page stops what is under way; it goes on when the same file is chosen again.
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-upload-list] [data-state=coming]")) event.preventDefault();
});
