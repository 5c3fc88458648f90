// Whether a link may stand in a text. As strict as the server, which refuses the whole change for one bad link.
const SCHEMES = ["http:", "https:", "mailto:", "tel:"];
const LONGEST = 2000;
const INVISIBLE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/;
const BRACKET_IN_HOST = /^[a-z]+:\/\/[^/?#]*[[\]]/i;

export function isSafe(href) {
  if (typeof href !== "string" || href.length > LONGEST || INVISIBLE.test(href)) return false;
  if (href.normalize("NFKC") !== href || BRACKET_IN_HOST.test(href)) return false;
  try {
    return SCHEMES.includes(new URL(href).protocol);
  } catch {
    return false;
  }
}

// What somebody typed as an address, as a link; "" if it is none.
export function hrefFrom(typed) {
  const address = typed.trim();
  if (isSafe(address)) return address;
  const guess = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address) ? `mailto:${address}` : `https://${address}`;
  return /^\w[^\s:/]*\.\w/.test(address) && isSafe(guess) ? guess : "";
}
