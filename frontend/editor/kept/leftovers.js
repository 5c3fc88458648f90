// Unsent words of this person that no open text holds: sent whenever a page gives the chance.
import { codeOf, isFinal, isPoison } from "../sync/codes.js";
import { csrfToken } from "../sync/csrf.js";
import { askWho, person } from "./person.js";
import { unseal } from "./seal.js";
import { canStore, labelOf, put, recordsOf, remove } from "./store.js";

const MONTH = 30 * 24 * 60 * 60 * 1000;

export const leftovers = async () => (canStore && person() ? recordsOf(person()).catch(() => []) : []);

// Sends every record; answers those that the server refused for good. What is only delayed stays where it is.
export async function sendLeftovers(records) {
  const refused = [];
  for (const record of records) {
    const body = await opened(record);
    const code = record.refused ?? (body ? await post(record, body) : null);
    const isLost = body === false || isFinal(code);
    if (code === "saved" || (isLost && Date.now() - record.at > MONTH)) await remove(record);
    else if (body && isFinal(code)) refused.push(await asRefused(record, body, code));
  }
  return refused;
}

async function asRefused(record, body, code) {
  if (isPoison(code)) await put({ ...record, refused: code });
  return { record, body };
}

// The words; false where the key has changed since (a new password); null where nobody says who is here.
async function opened(record) {
  const { who, key } = await askWho(record.keyUrl);
  if (who !== "me" || !key) return null;
  return (await unseal(key, labelOf(record), record)) ?? false;
}

async function post(record, body) {
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": csrfToken() };
  try {
    const response = await fetch(record.updates, { method: "POST", body, headers, redirect: "manual" });
    return response.ok ? "saved" : codeOf(response);
  } catch {
    return 0;
  }
}
