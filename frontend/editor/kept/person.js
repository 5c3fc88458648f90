// Who is signed in, and their key. The page says whom it was made for; only the server knows who is there now.
import { canSeal, keyFrom } from "./seal.js";

export const person = () => document.body.dataset.user ?? "";

let asked;

// Answers { who: "me", key }, or { who } with "nobody", "somebody-else" or "unreachable". Texts that ask at once share an answer.
export function askWho(keyUrl) {
  asked ??= ask(keyUrl).finally(() => (asked = undefined));
  return asked;
}

async function ask(keyUrl) {
  try {
    const response = await fetch(keyUrl, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return { who: "nobody" };
    if (!response.ok) return { who: "unreachable" };
    const answer = await response.json();
    if (String(answer.person) !== person()) return { who: "somebody-else" };
    return { who: "me", key: canSeal ? await keyFrom(answer.key) : null };
  } catch {
    return { who: "unreachable" };
  }
}
