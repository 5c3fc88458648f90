import assert from "node:assert/strict";
import { test } from "node:test";
import { applyUpdate, Doc } from "yjs";
import { Outbox } from "../sync/outbox.js";

function typed(...words) {
  const doc = new Doc();
  const updates = [];
  doc.on("update", (update) => updates.push(update));
  words.forEach((word) => doc.getText("t").insert(doc.getText("t").length, word));
  return updates;
}

function textOf(update) {
  const doc = new Doc();
  applyUpdate(doc, update);
  return doc.getText("t").toString();
}

test("an acknowledgement frees what was sent up to it, and no more", () => {
  const outbox = new Outbox();
  const [first, second] = typed("one ", "two");
  outbox.add(first);
  outbox.markSent(1);
  outbox.add(second);
  outbox.markSent(2);
  outbox.acknowledge(1);
  assert.equal(outbox.isEmpty, false);
  outbox.acknowledge(2);
  assert.equal(outbox.isEmpty, true);
});

test("what was sent and not acknowledged waits again after a loss", () => {
  const outbox = new Outbox();
  const [first, second] = typed("one ", "two");
  outbox.add(first);
  outbox.markSent(1);
  outbox.add(second);
  outbox.takeBack();
  assert.equal(textOf(outbox.waiting()), "one two");
});

test("a long time offline is one update to keep", () => {
  const outbox = new Outbox();
  const words = Array.from({ length: 250 }, (_, number) => `${number} `);
  typed(...words).forEach((update) => outbox.add(update));
  assert.equal(textOf(outbox.contents()), words.join(""));
});
