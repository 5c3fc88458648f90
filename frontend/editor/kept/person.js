// Who is signed in, and their key. The page says whom it was made for; only the server knows who is there now.
import { canSeal, keyFrom } from "./seal.js";

export const person = () => document.body.dataset.user ?? "";

// A network that swallows the question must not hold up the next attempt.
const PATIENCE = 10_000;

let asked;

// Answers { who: "me", key }, or { who } with "nobody", "somebody-else" or "unreachable". Texts that ask at once share an answer.
export function askWho(keyUrl) {
  asked ??= ask(keyUrl).finally(() => (asked = undefined));
  return asked;
}

async function ask(keyUrl) {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), PATIENCE);
  try {
    const response = await fetch(keyUrl, { redirect: "manual", cache: "no-store", signal: ended.signal });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return { who: "nobody" };
    if (!response.ok) return { who: "unreachable" };
    const answer = await response.json();
    if (String(answer.person) !== person()) return { who: "somebody-else" };
    return { who: "me", key: canSeal ? await keyFrom(answer.key) : null };
  } catch {
    return { who: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}
