// Word says "mso-list:l0 level2 lfo1" in a paragraph's style and writes the bullet as words: these become real lists.
import { styleOf } from "./pasted-style.js";

const LEVEL = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBERED = /^\(?(?:\d+|[a-z]{1,4})[.)]/i;

const levelOf = (element) => Number((element && styleOf(element).match(LEVEL)?.[1]) ?? 0);

export function makeLists(body) {
  for (const paragraph of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!levelOf(paragraph) || !paragraph.isConnected) continue;
    const run = runFrom(paragraph);
    const place = body.ownerDocument.createElement("div");
    paragraph.before(place);
    place.replaceWith(...nested(run.map(read)));
  }
}

function runFrom(first) {
  const run = [first];
  while (levelOf(run.at(-1).nextElementSibling)) run.push(run.at(-1).nextElementSibling);
  return run;
}

function read(paragraph) {
  const markers = [...paragraph.querySelectorAll("span")].filter((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
  const marker = markers.map((span) => span.textContent).join("").trim();
  markers.forEach((span) => span.remove());
  return { level: levelOf(paragraph), kind: NUMBERED.test(marker) ? "ol" : "ul", paragraph };
}

// Lists inside lists; a list begins anew where the kind changes at the same level.
function nested(items) {
  const lists = [];
  const open = [];
  for (const item of items) {
    while (open.length && (open.at(-1).level > item.level || (open.at(-1).level === item.level && open.at(-1).kind !== item.kind))) open.pop();
    if (open.at(-1)?.level !== item.level) open.push({ ...item, list: begin(item, open.at(-1)?.list, lists) });
    open.at(-1).list.append(inItem(item.paragraph));
  }
  return lists;
}

function begin({ kind, paragraph }, above, lists) {
  const list = paragraph.ownerDocument.createElement(kind);
  if (above) above.lastElementChild.append(list);
  else lists.push(list);
  return list;
}

function inItem(paragraph) {
  const [item, words] = ["li", "p"].map((name) => paragraph.ownerDocument.createElement(name));
  words.append(...paragraph.childNodes);
  item.append(words);
  paragraph.remove();
  return item;
}
