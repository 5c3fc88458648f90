// Why a connection ended. The server's codes from 4400 on are final, but 4401: whoever signs in again goes on.
export const SIGNED_OUT = 4401;
export const MAY_NOT = 4403;
export const GONE = 4404;
export const TOO_LARGE = 4413;
export const OUTSIDE_SCHEMA = 4422;
export const OLD_EDITOR = 4426;

// These will be refused each time: sent again, they would shut the text to their writer for ever.
export const isPoison = (code) => code === TOO_LARGE || code === OUTSIDE_SCHEMA;

export const isFinal = (code) => code >= 4400 && code < 4500 && code !== SIGNED_OUT;

const OF_STATUS = { 401: SIGNED_OUT, 403: MAY_NOT, 404: GONE, 410: GONE, 413: TOO_LARGE, 422: OUTSIDE_SCHEMA, 426: OLD_EDITOR };

// The code that an HTTP answer stands for; 0: try again later. What is not JSON was not said by our server.
export function codeOf(response) {
  if (response.type === "opaqueredirect") return SIGNED_OUT;
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  return isOurs ? (OF_STATUS[response.status] ?? 0) : 0;
}
