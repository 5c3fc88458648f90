// data-passkey="get" or "create" on a form: asks the device for a passkey, puts its answer into `credential`, sends the form.
// The server's options stand in a JSON block (data-passkey-options, its id) or behind an address (data-passkey-url).
import { tell } from "./say.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (known) => known?.map((one) => ({ ...one, id: bytes(one.id) }));

async function optionsOf({ dataset }) {
  if (dataset.passkeyOptions) return JSON.parse(document.getElementById(dataset.passkeyOptions).textContent);
  const answer = await fetch(dataset.passkeyUrl, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error("no options for a passkey");
  return answer.json();
}

async function get({ request_options: { publicKey } }) {
  const found = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  return answerOf(found, { authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature), userHandle: userHandle ? text(userHandle) : null });
}

async function create({ creation_options: { publicKey } }, form) {
  const alone = form.elements.passwordless?.checked;
  const selection = { ...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: Boolean(alone) };
  if (alone) selection.userVerification = "required";
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: selection,
    },
  });
  const { attestationObject, clientDataJSON } = made.response;
  return answerOf(made, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON), transports: made.response.getTransports?.() ?? [] });
}

const answerOf = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: text(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
  response,
});

const ask = { get, create };

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const kind = form.dataset.passkey;
  if (!kind || form.elements.credential.value) return;
  event.preventDefault();
  try {
    form.elements.credential.value = JSON.stringify(await ask[kind](await optionsOf(form), form));
    form.requestSubmit();
  } catch {
    tell("no-passkey");
  }
});
