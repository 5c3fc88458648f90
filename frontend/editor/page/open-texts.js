// Which texts of the page are open: at most a few, so that a long page does not hold a connection for each of its texts.
import { OpenText } from "./open-text.js";

const MOST = 4;

export const openTexts = new Map();

export function openText(element, place) {
  const already = openTexts.get(element);
  if (already) {
    // The last in the map was touched last.
    openTexts.delete(element);
    openTexts.set(element, already);
    return already.focus(place);
  }
  makeRoom();
  openTexts.set(element, new OpenText(element, place, () => openTexts.delete(element)));
}

// A text that is only watched takes a free place, and gives it up to one that is touched.
const watched = new Set();

export function watchText(element) {
  watched.add(element);
  if (!openTexts.has(element) && openTexts.size < MOST) openText(element, null);
}

export function unwatchText(element) {
  watched.delete(element);
  const text = openTexts.get(element);
  if (text && !text.place && !text.isBusy) text.close();
  watched.forEach(watchText);
}

function makeRoom() {
  if (openTexts.size < MOST) return;
  const idle = [...openTexts.values()].filter((text) => !text.isBusy);
  (idle.find((text) => !text.place) ?? idle[0])?.close();
}
