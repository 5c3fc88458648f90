// The load generator: one command a line on standard input, one answer a line. bench/live/generator.py speaks to it.
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client.mjs";
import { Y } from "./packages.mjs";

const OPENING = 16, LETTERS = "etaoin shrdlu";
let texts = new Map();
let clients = [];
let typists = [];
let typing = null;
let updates = null;

const commands = {
  // `typists`: lists of clients (facts); a typist types into its texts by turns, a second in each.
  async open({ typists: wanted, keeps }) {
    texts = new Map();
    typists = wanted.map((all) => all.map((facts) => new Client(facts, keeps)));
    clients = typists.flat();
    for (const client of clients) {
      if (!texts.has(client.text)) texts.set(client.text, new Map());
      texts.get(client.text).set(client.doc.clientID, client);
    }
    await pooled(clients, OPENING, (client) => client.open(texts.get(client.text)));
    clients.forEach((client) => client.begin());
    await until(() => clients.every((client) => client.saved === client.sent && knowsMates(client)), 30);
    clients.forEach((client) => client.forget());
    return { clients: clients.length };
  },

  // Types for so many seconds, and waits until everything has arrived and is acknowledged.
  async type({ seconds, rate, patience }) {
    await typeFor(seconds, rate);
    const expected = sum(clients, (client) => client.typed * (texts.get(client.text).size - 1));
    const arrived = () => sum(clients, (client) => client.arrived);
    await until(() => arrived() >= expected && clients.every((client) => client.saved === client.sent), patience);
    return {
      typed: sum(clients, (client) => client.typed),
      expected,
      arrived: arrived(),
      unsaved: sum(clients, (client) => client.sent - client.saved),
      latencies: clients.flatMap((client) => client.latencies.map(shortened)),
      acks: clients.flatMap((client) => client.acks.map(shortened)),
    };
  },

  // Whether all who have a text open, and somebody who opens it now, have the same words.
  async compare() {
    let different = 0;
    for (const [text, mates] of texts) {
      const [first] = mates.values();
      const fresh = await join(first);
      const all = [...mates.values(), fresh];
      all.forEach((client) => client.catchUp());
      const words = first.root.toString();
      if (!all.every((client) => client.root.toString() === words)) different += 1;
      fresh.close();
    }
    return { texts: texts.size, different };
  },

  close() {
    clients.forEach((client) => client.close());
    clients = typists = [];
    return {};
  },

  // Types in the background, until `halt`.
  begin({ rate }) {
    typing = typeFor(60, rate);
    return {};
  },

  async halt() {
    clients.forEach((client) => client.close());
    typists.forEach((typist) => (typist.stopped = true));
    await typing;
    return {};
  },

  // What of the words that were acknowledged or seen by another somebody who opens the texts now does not get.
  async lost({ servers }) {
    const totals = { typed: 0, seen: 0, acknowledged: 0, lost_of_seen: 0, lost_of_acknowledged: 0 };
    for (const mates of texts.values()) {
      const [first] = mates.values();
      const fresh = await join({ ...first, server: servers[0] });
      for (const [id, author] of mates) {
        const kept = Y.getState(fresh.doc.store, id);
        const seen = Math.max(0, ...[...mates.values()].map((mate) => mate.seen.get(id) ?? 0));
        const letters = (from, to) => author.typedAt.slice(from, to).filter((at) => at !== undefined).length;
        totals.typed += author.typed;
        totals.seen += letters(0, seen);
        totals.acknowledged += letters(0, author.promised);
        totals.lost_of_seen += letters(kept, seen);
        totals.lost_of_acknowledged += letters(kept, author.promised);
      }
      fresh.close();
    }
    return totals;
  },

  // `edits` keystrokes of `writers` people, as fast as they can be sent by one client, until all are acknowledged.
  async ingest({ client: facts, edits, writers }) {
    updates ??= history(edits, writers);
    const client = new Client(facts);
    await client.open();
    await until(() => client.saved === client.sent, 30);
    const start = performance.now();
    for (const update of updates) {
      client.push(update);
      if (client.socket.bufferedAmount > 1 << 20) await sleep(1);
    }
    await until(() => client.saved === client.sent, 120);
    const seconds = (performance.now() - start) / 1000;
    const unsaved = client.sent - client.saved;
    client.close();
    return { seconds, unsaved };
  },

  // How long until somebody who opens the text has words, and how many.
  async first({ client: facts }) {
    const start = performance.now();
    const client = await join(facts);
    const milliseconds = performance.now() - start;
    const letters = client.root.toString().length;
    client.close();
    return { milliseconds, letters };
  },

  async joins({ client: facts, count, at_once }) {
    const start = performance.now();
    await pooled(Array(count).fill(facts), at_once, async (each) => (await join(each)).close());
    return { seconds: (performance.now() - start) / 1000 };
  },
};

// Somebody who has nothing of a text yet opens it, beside those who have it open.
function join({ framing, server, text, cookie }) {
  return new Client({ framing, server, text, cookie }).open();
}

async function typeFor(seconds, rate) {
  const pause = 1000 / rate, start = performance.now(), end = start + seconds * 1000;
  const due = typists.map((_, index) => start + (pause * index) / typists.length);
  for (let now = start; now < end && !typists.some((typist) => typist.stopped); now = performance.now()) {
    typists.forEach((typist, index) => {
      if (due[index] > now) return;
      const client = typist[Math.floor(index / 2 + (now - start) / 1000) % typist.length];
      client.type(LETTERS[client.typed % LETTERS.length], performance.now());
      due[index] += pause;
    });
    await sleep(1);
  }
}

// The updates of people who write one text together: mostly at their own place, now and then deleting.
function history(edits, writers) {
  const docs = Array.from({ length: writers }, () => new Y.Doc());
  const updates = [];
  docs.forEach((doc) =>
    doc.on("update", (update, origin) => {
      if (origin === "other") return;
      updates.push(update);
      docs.forEach((other) => other !== doc && Y.applyUpdate(other, update, "other"));
    }),
  );
  const random = numbers(7);
  const words = docs.map((doc) => {
    const text = new Y.XmlText(), paragraph = new Y.XmlElement("paragraph");
    doc.transact(() => {
      paragraph.insert(0, [text]);
      doc.getXmlFragment("default").push([paragraph]);
    });
    return text;
  });
  while (updates.length < edits) {
    const at = random() % writers, text = words[at];
    // A run of keystrokes, where somebody last left off or somewhere before.
    let place = random() % 3 ? text.length : random() % (text.length + 1);
    for (let run = 5 + (random() % 40); run && updates.length < edits; run--) {
      if (place > 0 && random() % 7 === 0) text.delete(--place, 1);
      else text.insert(place++, LETTERS[random() % LETTERS.length]);
    }
  }
  return updates;
}

// The same numbers in every run.
function numbers(seed) {
  return () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8;
}

function knowsMates(client) {
  const mates = texts.get(client.text);
  return [...mates.keys()].every((id) => id === client.doc.clientID || client.seen.has(id));
}

async function pooled(items, size, work) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: size }, async () => {
      while (queue.length) await work(queue.shift());
    }),
  );
}

async function until(holds, seconds) {
  const end = performance.now() + seconds * 1000;
  while (!holds() && performance.now() < end) await sleep(5);
}

const shortened = (milliseconds) => Math.round(milliseconds * 100) / 100;

function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { run, ...options } = JSON.parse(line);
  try {
    process.stdout.write(`${JSON.stringify(await commands[run](options))}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error?.stack ?? error) })}\n`);
  }
}
