import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFrom, seal, unseal } from "../kept/seal.js";

const key = (letter) => keyFrom(btoa(letter.repeat(32)));
const words = new TextEncoder().encode("My own words");

test("the person reads what they kept", async () => {
  const sealed = await seal(await key("a"), "7:text", words);
  assert.deepEqual(await unseal(await key("a"), "7:text", sealed), words);
});

test("another person's key opens nothing", async () => {
  const sealed = await seal(await key("a"), "7:text", words);
  assert.equal(await unseal(await key("b"), "7:text", sealed), null);
});

test("words kept of one text cannot pass as another's", async () => {
  const sealed = await seal(await key("a"), "7:text", words);
  assert.equal(await unseal(await key("a"), "7:other", sealed), null);
});
