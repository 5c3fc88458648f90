// One open editor: a Yjs document, a socket, and what it has sent, heard and been promised.
import { STEP1, STEP2, UPDATE, hocuspocus, ours } from "./framings.mjs";
import { WebSocket, Y } from "./packages.mjs";

const FRAMINGS = { ours, hocuspocus };

export class Client {
  // `facts`: framing, server, text, cookie. `keeps`: others' updates are applied at the end, and only read before.
  constructor(facts, keeps = false) {
    Object.assign(this, facts);
    this.wire = FRAMINGS[facts.framing];
    this.keeps = keeps;
    this.kept = [];
    this.doc = new Y.Doc();
    this.saved = this.sent = this.arrived = 0;
    this.sentAt = [];
    // When each of its clocks was typed; which clocks the acknowledged messages reach.
    this.typedAt = [];
    this.reaches = [];
    this.acks = [];
    this.latencies = [];
    this.seen = new Map();
    this.doc.on("update", (update, origin) => origin !== this && this.#send(UPDATE, update));
  }

  // `mates` are all clients of the same text, by client id, so that what arrives can be timed.
  open(mates = new Map()) {
    this.mates = mates;
    return new Promise((resolve, reject) => {
      const { wire } = this;
      this.synced = () => resolve(this);
      this.socket = new WebSocket(wire.url(this), { headers: wire.headers(this), perMessageDeflate: false });
      this.socket.binaryType = "arraybuffer";
      this.socket.onopen = () => {
        wire.hello(this).forEach((frame) => this.socket.send(frame));
        this.socket.send(wire.frame(this, STEP1, Y.encodeStateVector(this.doc)));
      };
      this.socket.onmessage = ({ data }) => this.#hear(new Uint8Array(data));
      this.socket.onerror = () => reject(new Error("the server does not answer"));
      this.socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
    });
  }

  get root() {
    return this.doc.getXmlFragment("default");
  }

  // A paragraph of its own, to type into.
  begin() {
    this.words = new Y.XmlText();
    const paragraph = new Y.XmlElement("paragraph");
    this.doc.transact(() => {
      paragraph.insert(0, [this.words]);
      this.root.insert(this.root.length, [paragraph]);
    });
    this.typed = 0;
  }

  type(letter, now) {
    this.typedAt[Y.getState(this.doc.store, this.doc.clientID)] = now;
    this.words.insert(this.words.length, letter);
    this.typed += 1;
  }

  push(update) {
    this.#send(UPDATE, update);
  }

  #send(kind, payload) {
    this.sentAt[this.sent] = performance.now();
    this.reaches[this.sent] = Y.getState(this.doc.store, this.doc.clientID);
    this.sent += 1;
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(this.wire.frame(this, kind, payload));
  }

  #hear(frame) {
    const message = this.wire.read(this, frame);
    if (message.saved !== undefined) this.#acknowledge(message.saved);
    else if (message.kind === STEP1) this.#send(STEP2, Y.encodeStateAsUpdate(this.doc, message.payload));
    else if (message.kind === STEP2) this.#synced(message.payload);
    else if (message.kind === UPDATE) this.#arrive(message.payload);
  }

  #synced(update) {
    Y.applyUpdate(this.doc, update, this);
    this.synced();
  }

  #acknowledge(count) {
    const now = performance.now();
    for (; this.saved < count; this.saved++) this.acks.push(now - this.sentAt[this.saved]);
  }

  #arrive(update) {
    const now = performance.now();
    for (const [id, end] of Y.parseUpdateMeta(update).to) {
      // Hocuspocus sends everybody's words back to themselves too.
      const { typedAt = [] } = (id !== this.doc.clientID && this.mates.get(id)) || {};
      for (let clock = this.seen.get(id) ?? 0; clock < end; clock++) {
        if (typedAt[clock] === undefined) continue;
        this.latencies.push(now - typedAt[clock]);
        this.arrived += 1;
      }
      if (end > (this.seen.get(id) ?? 0)) this.seen.set(id, end);
    }
    if (this.keeps) this.kept.push(update);
    else Y.applyUpdate(this.doc, update, this);
  }

  // How many of its own clocks are acknowledged.
  get promised() {
    return this.saved ? this.reaches[this.saved - 1] : 0;
  }

  catchUp() {
    this.doc.transact(() => this.kept.splice(0).forEach((update) => Y.applyUpdate(this.doc, update, this)), this);
  }

  forget() {
    this.acks = [];
    this.latencies = [];
    this.arrived = this.typed = 0;
    this.typedAt = [];
  }

  close() {
    if (this.socket.terminate) this.socket.terminate();
    else this.socket.close();
  }
}
