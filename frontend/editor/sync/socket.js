// One WebSocket of one text, from its opening to its end.
import { applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { applyUpdate, encodeStateAsUpdate, encodeStateVector } from "yjs";
import { MAY_NOT } from "./codes.js";
import { LARGEST_UPDATE, split } from "./split.js";
import { awarenessMessage, change, read, step1, step2 } from "./wire.js";

const LARGEST_STEP2 = 8 * 1024 * 1024;
const PATIENCE = 10_000;
// The server says something every 20 seconds; proxies have been known to swallow a connection without a word.
const SILENCE = 50_000;
const MOST_BUFFERED = 64 * 1024;
const ASK_AGAIN = 1000;

export class Socket {
  name = "socket";
  pace = 40;
  #link;
  #socket;
  #sent = 0;
  #isGreeted = false;
  #isSynced = false;
  #isAwarenessNew = false;
  #askedAt = 0;

  constructor(link) {
    this.#link = link;
  }

  start() {
    this.#socket = new WebSocket(this.#link.socketUrl);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.#open();
    this.#socket.onmessage = ({ data }) => this.#hear(new Uint8Array(data));
    this.#socket.onclose = ({ code }) => this.#end(code);
    this.#wait(PATIENCE);
  }

  // Sends what waits; false while the network is too slow to take more. Before the greeting, the greeting will hold it.
  flush() {
    if (this.#socket?.readyState !== 1) return true;
    if (this.#socket.bufferedAmount > MOST_BUFFERED) return false;
    this.#sendChanges();
    if (this.#isAwarenessNew) this.#sendAwareness();
    return true;
  }

  awarenessChanged() {
    this.#isAwarenessNew = true;
  }

  stop() {
    const socket = this.#socket;
    if (!socket) return;
    if (socket.readyState === 1) socket.send(awarenessMessage(this.#leaving()));
    this.#forget();
    socket.close(1000);
  }

  #open() {
    const { doc, awareness } = this.#link;
    this.#socket.send(step1(encodeStateVector(doc)));
    // Others forgot me at the last clock plus one when the connection broke; only a newer one counts.
    const meta = awareness.meta.get(doc.clientID);
    if (meta) meta.clock += 2;
    this.#sendAwareness();
  }

  #hear(bytes) {
    this.#wait(this.#isSynced ? SILENCE : PATIENCE);
    const message = read(bytes);
    if (message) this.#on[message.kind]?.(message);
  }

  #on = {
    step1: ({ bytes }) => this.#answer(bytes),
    step2: ({ bytes }) => {
      this.#take(bytes);
      // The server asks first what a writer has; whom it did not ask may only read by now.
      if (this.#link.mayWrite && !this.#isGreeted) this.#leave(MAY_NOT);
      else this.#synced();
    },
    update: ({ bytes }) => this.#take(bytes),
    saved: ({ count }) => this.#link.saved(count),
    awareness: ({ bytes }) => applyAwarenessUpdate(this.#link.awareness, bytes, this),
    who: () => this.#sendAwareness(),
  };

  #take(update) {
    const { doc } = this.#link;
    applyUpdate(doc, update, this.#link.origin);
    const isIncomplete = doc.store.pendingStructs || doc.store.pendingDs;
    if (isIncomplete && Date.now() - this.#askedAt > ASK_AGAIN) {
      this.#askedAt = Date.now();
      this.#socket.send(step1(encodeStateVector(doc)));
    }
  }

  // The server says what it has; the answer holds everything else, and so all that waits.
  #answer(state) {
    const { doc, outbox, mayWrite } = this.#link;
    if (!mayWrite) return;
    for (const update of split(encodeStateAsUpdate(doc, state), LARGEST_STEP2)) {
      this.#socket.send(step2(update));
      this.#sent += 1;
    }
    outbox.markSent(this.#sent);
    this.#isGreeted = true;
  }

  #synced() {
    if (this.#isSynced) return;
    this.#isSynced = true;
    this.#wait(SILENCE);
    this.#link.synced();
  }

  #sendChanges() {
    const { outbox } = this.#link;
    if (!this.#isGreeted || !outbox.hasWaiting) return;
    for (const update of split(outbox.waiting(), LARGEST_UPDATE)) {
      this.#socket.send(change(update));
      this.#sent += 1;
    }
    outbox.markSent(this.#sent);
  }

  #sendAwareness() {
    const { awareness } = this.#link;
    this.#isAwarenessNew = false;
    if (awareness.getLocalState() === null) return;
    this.#socket.send(awarenessMessage(encodeAwarenessUpdate(awareness, [awareness.clientID])));
  }

  #leaving() {
    const { awareness } = this.#link;
    const meta = awareness.meta.get(awareness.clientID);
    if (meta) meta.clock += 1;
    return encodeAwarenessUpdate(awareness, [awareness.clientID], new Map());
  }

  #wait(limit) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#leave(0), limit);
  }

  #leave(code) {
    this.#socket.close();
    this.#end(code);
  }

  #end(code) {
    if (!this.#socket) return;
    this.#forget();
    this.#link.closed(code);
  }

  #forget() {
    clearTimeout(this.timer);
    Object.assign(this.#socket, { onopen: null, onmessage: null, onclose: null });
    this.#socket = null;
  }
}

// Whether a socket gets through on this network: opens one, asks, and closes it at the first answer.
export function getsThrough(url) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const done = (answer) => {
      clearTimeout(timer);
      resolve(answer);
      socket.close();
    };
    const timer = setTimeout(() => done(false), PATIENCE);
    socket.onopen = () => socket.send(step1(new Uint8Array([0])));
    socket.onmessage = () => done(true);
    socket.onclose = () => done(false);
  });
}
