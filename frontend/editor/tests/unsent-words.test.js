import assert from "node:assert/strict";
import { test } from "node:test";
import { Doc, encodeStateAsUpdate, encodeStateVector, XmlElement, XmlText } from "yjs";
import { unsentWords } from "../page/unsent-words.js";

function paragraph(doc, words) {
  const element = new XmlElement("paragraph");
  const text = new XmlText(words);
  element.insert(0, [text]);
  doc.getXmlFragment("default").push([element]);
  return text;
}

test("only what was not sent is offered, as it stands in the text", () => {
  const doc = new Doc();
  const text = paragraph(doc, "Sent before. ");
  const state = encodeStateVector(doc);
  text.insert(text.length, "last");
  text.insert(text.length - 4, "My ");
  paragraph(doc, "And another");
  assert.equal(unsentWords(doc, encodeStateAsUpdate(doc, state)), "My last\nAnd another");
});

test("without the text they are offered as they were typed", () => {
  const doc = new Doc();
  paragraph(doc, "One");
  paragraph(doc, "Two");
  assert.equal(unsentWords(new Doc(), encodeStateAsUpdate(doc)), "One\nTwo");
});
