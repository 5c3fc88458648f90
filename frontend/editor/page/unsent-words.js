// The words of an update, to be read by a person: those that the text did not take.
import { ContentString, ContentType, decodeUpdate, XmlElement } from "yjs";

export function unsentWords(doc, update) {
  const { structs } = decodeUpdate(update);
  return tidy(inOrder(doc, spansOf(structs))) || tidy(asTyped(structs));
}

const tidy = (lines) => lines.map((line) => line.trim()).filter(Boolean).join("\n");

function spansOf(structs) {
  const spans = new Map();
  for (const { id, length } of structs) spans.set(id.client, [...(spans.get(id.client) ?? []), [id.clock, id.clock + length]]);
  return spans;
}

// As they stand in the text.
function inOrder(doc, spans) {
  const lines = [""];
  const walk = (type) => {
    for (let item = type._start; item; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof ContentString) lines[lines.length - 1] += within(item, spans);
      if (!(item.content instanceof ContentType)) continue;
      if (item.content.type instanceof XmlElement) lines.push("");
      walk(item.content.type);
    }
  };
  walk(doc.getXmlFragment("default"));
  return lines;
}

function within({ id, content }, spans) {
  return (spans.get(id.client) ?? [])
    .map(([from, to]) => content.str.slice(Math.max(0, from - id.clock), Math.max(0, to - id.clock)))
    .join("");
}

// In the order of typing, where the text itself is no longer to be had.
function asTyped(structs) {
  const lines = [""];
  for (const { content } of structs) {
    if (content instanceof ContentString) lines[lines.length - 1] += content.str;
    else if (content instanceof ContentType) lines.push("");
  }
  return lines;
}
