import assert from "node:assert/strict";
import { test } from "node:test";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";
import { split } from "../sync/split.js";

function joined(updates) {
  const doc = new Doc();
  updates.forEach((update) => applyUpdate(doc, update));
  assert.equal(doc.store.pendingStructs, null);
  return doc.getText("t").toString();
}

test("a small update stays whole", () => {
  const doc = new Doc();
  doc.getText("t").insert(0, "word");
  assert.equal(split(encodeStateAsUpdate(doc)).length, 1);
});

test("many changes of several people are cut between changes", () => {
  const doc = new Doc();
  for (const client of [1, 2, 3]) {
    doc.clientID = client;
    for (let at = 0; at < 300; at += 1) doc.getText("t").insert(0, `${client}:${at} `);
  }
  const updates = split(encodeStateAsUpdate(doc), 2000);
  assert.ok(updates.length > 3 && updates.every((update) => update.length <= 2000));
  assert.equal(joined(updates), doc.getText("t").toString());
});

test("one long paste is cut inside, and never inside a letter", () => {
  const doc = new Doc();
  doc.getText("t").insert(0, "before after");
  doc.getText("t").insert(7, "😀ñ".repeat(4000));
  const updates = split(encodeStateAsUpdate(doc), 1001);
  assert.ok(updates.every((update) => update.length <= 1001));
  assert.equal(joined(updates), doc.getText("t").toString());
});

test("what was deleted stays deleted", () => {
  const doc = new Doc();
  doc.getText("t").insert(0, "0123456789".repeat(500));
  for (let at = 0; at < 400; at += 1) doc.getText("t").delete(at * 5, 2);
  const updates = split(encodeStateAsUpdate(doc), 1000);
  assert.ok(updates.length > 2 && updates.every((update) => update.length <= 1000));
  assert.equal(joined(updates), doc.getText("t").toString());
});
