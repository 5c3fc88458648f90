import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Awareness } from "y-protocols/awareness";
import { Doc, encodeStateAsUpdate, encodeStateVector } from "yjs";
import { Provider } from "../sync/provider.js";
import { read, step1, step2 } from "../sync/wire.js";
import { FakeSocket } from "./fake-socket.js";

const SAVED_1 = new Uint8Array([8, 1]);
const SAVED_2 = new Uint8Array([8, 2]);

beforeEach(() => {
  FakeSocket.all = [];
  globalThis.WebSocket = FakeSocket;
  globalThis.document = { cookie: "csrftoken=abc" };
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function provider({ mayWrite = true, who = () => "me", network = { isBlocked: false } } = {}) {
  const doc = new Doc();
  const awareness = new Awareness(doc);
  const text = { socketUrl: "ws://school/ws/texts/1/", updatesUrl: "/texts/1/updates", mayWrite };
  const made = new Provider({ text, doc, awareness, network, ask: async () => who(), onChange() {} });
  await made.connect();
  return made;
}

function answers(socket, server = new Doc(), { asWriter = true } = {}) {
  socket.opens();
  if (asWriter) socket.says(step1(encodeStateVector(server)));
  socket.says(step2(encodeStateAsUpdate(server)));
}

const type = (doc, words) => doc.getText("default").insert(doc.getText("default").length, words);
const kinds = (socket) => socket.sent.map((bytes) => read(bytes).kind);

test("it is in step once the server has answered", async () => {
  const one = await provider();
  const server = new Doc();
  type(server, "Hello");
  answers(FakeSocket.last, server);
  assert.equal(one.state, "live");
  assert.equal(one.doc.getText("default").toString(), "Hello");
});

test("it calls words saved only when the server says so", async () => {
  const one = await provider();
  answers(FakeSocket.last);
  type(one.doc, "mine");
  mock.timers.tick(50);
  assert.equal(one.isSaved, false);
  FakeSocket.last.says(SAVED_1);
  assert.equal(one.isSaved, false, "that was the greeting");
  FakeSocket.last.says(SAVED_2);
  assert.equal(one.isSaved, true);
});

test("it sends the keystrokes of a moment as one message", async () => {
  const one = await provider();
  answers(FakeSocket.last);
  const before = kinds(FakeSocket.last).length;
  for (const letter of "word") type(one.doc, letter);
  mock.timers.tick(50);
  assert.deepEqual(kinds(FakeSocket.last).slice(before).filter((kind) => kind !== "awareness"), ["update"]);
});

test("it sends again what a lost connection did not acknowledge", async () => {
  const one = await provider();
  answers(FakeSocket.last);
  type(one.doc, "mine");
  mock.timers.tick(50);
  FakeSocket.last.closes(1006);
  assert.equal(one.state, "lost");
  mock.timers.tick(1000);
  await settled();
  answers(FakeSocket.last);
  FakeSocket.last.says(SAVED_1);
  assert.equal(FakeSocket.all.length, 2);
  assert.equal(one.isSaved, true);
});

test("a reader sends neither changes nor a greeting", async () => {
  const one = await provider({ mayWrite: false });
  answers(FakeSocket.last, new Doc(), { asWriter: false });
  type(one.doc, "not mine to write");
  mock.timers.tick(50);
  assert.deepEqual(new Set(kinds(FakeSocket.last)), new Set(["step1", "awareness"]));
});

test("a writer whom the server lets in as a reader is told so", async () => {
  const one = await provider();
  type(one.doc, "too late");
  answers(FakeSocket.last, new Doc(), { asWriter: false });
  assert.deepEqual([one.state, one.code, one.isSaved], ["ended", 4403, false]);
});

test("a final code ends it for good", async () => {
  const one = await provider();
  answers(FakeSocket.last);
  FakeSocket.last.closes(4404);
  mock.timers.tick(600_000);
  await settled();
  assert.deepEqual([one.state, one.code, FakeSocket.all.length], ["ended", 4404, 1]);
});

test("it waits for the person to sign in again, and sends nothing for somebody else", async () => {
  let who = "me";
  const one = await provider({ who: () => who });
  answers(FakeSocket.last);
  who = "somebody-else";
  FakeSocket.last.closes(4401);
  assert.equal(one.state, "signed-out");
  mock.timers.tick(10_000);
  await settled();
  assert.deepEqual([one.state, FakeSocket.all.length], ["somebody-else", 1]);
  who = "me";
  mock.timers.tick(10_000);
  await settled();
  assert.equal(FakeSocket.all.length, 2);
});

test("it goes over HTTP where no socket gets through", async () => {
  const asked = [];
  globalThis.fetch = async (url, options) => {
    asked.push([options.method ?? "GET", url]);
    if (url.includes("wait")) return new Promise(() => {});
    return new Response(encodeStateAsUpdate(new Doc()), { headers: { ETag: '"7"' } });
  };
  const network = { isBlocked: false };
  const one = await provider({ network });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    FakeSocket.last.closes(1006);
    mock.timers.tick(4000);
    await settled();
  }
  await settled();
  assert.deepEqual([one.state, one.routeName, network.isBlocked], ["live", "http", true]);
  type(one.doc, "mine");
  mock.timers.tick(1000);
  await settled();
  await settled();
  assert.ok(asked.some(([method]) => method === "POST"));
  assert.equal(one.isSaved, true);
  one.destroy();
});

test("it takes an HTTP refusal for what it is", async () => {
  const headers = { "Content-Type": "application/json" };
  globalThis.fetch = async () => new Response("{}", { status: 404, headers });
  const one = await provider({ network: { isBlocked: true } });
  await settled();
  assert.deepEqual([one.state, one.code], ["ended", 4404]);
});

test("without a network it says so, attempt after attempt", async () => {
  const one = await provider({ who: () => "unreachable" });
  const said = [];
  one.onChange = () => said.push(one.state);
  for (let attempt = 0; attempt < 3; attempt += 1) await one.connect();
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  said.length = 0;
  await one.connect();
  assert.deepEqual(said, ["lost"]);
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  await one.connect();
  assert.deepEqual(said.slice(1), ["retrying", "lost"]);
  one.destroy();
});
