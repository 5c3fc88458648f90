// Words locked away in this browser: only who has the person's key reads them, and only as what they were stored as.
const NAME = "AES-GCM";

// WebCrypto exists only on https and on localhost; elsewhere nothing can be kept safely, and so nothing is.
export const canSeal = Boolean(globalThis.crypto?.subtle);

export function keyFrom(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, NAME, false, ["encrypt", "decrypt"]);
}

export async function seal(key, label, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt(settings(iv, label), key, bytes) };
}

// Answers null for words of another person, of another text, or that were tampered with.
export async function unseal(key, label, { iv, data }) {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(settings(iv, label), key, data));
  } catch {
    return null;
  }
}

const settings = (iv, label) => ({ name: NAME, iv, additionalData: new TextEncoder().encode(label) });
