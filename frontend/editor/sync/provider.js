// Keeps one document in step with the server: by WebSocket, over HTTP where none gets through, and again after every loss.
import { removeAwarenessStates } from "y-protocols/awareness";
import { isFinal, SIGNED_OUT } from "./codes.js";
import { Outbox } from "./outbox.js";
import { Poll } from "./poll.js";
import { getsThrough, Socket } from "./socket.js";

const FAILURES_UNTIL_HTTP = 2;
// Where sockets have worked, a server that starts again is likelier than a network that began to block them.
const FAILURES_AFTER_SUCCESS = 5;
const FIRST_PROBE = 15_000;
const LAST_PROBE = 300_000;
const LONGEST_PAUSE = 30_000;
const SIGNED_OUT_PAUSE = 8000;

/* `states`, for the person:
   opening: never in step yet · live: in step · retrying: trying again · lost: waiting to try again ·
   signed-out, somebody-else: waits for the person to sign in again · ended: over for good, see `code` */
export class Provider {
  state = "opening";
  code = 0;
  isOver = false;
  outbox = new Outbox();
  #route = null;
  #patience = FAILURES_UNTIL_HTTP;
  #failures = 0;
  #tries = 0;
  #timer;
  #probe;
  #flushing;

  // `text` has socketUrl, updatesUrl, mayWrite. `ask` says who is signed in: "me", "nobody", "somebody-else", "unreachable".
  constructor({ text, doc, awareness, network, ask, onChange }) {
    Object.assign(this, { text, doc, awareness, network, ask, onChange });
    doc.on("update", this.#changed);
    awareness.on("update", this.#awarenessChanged);
    globalThis.addEventListener?.("online", this.#online);
    globalThis.addEventListener?.("offline", this.#offline);
    globalThis.addEventListener?.("focus", this.#looked);
  }

  get isSaved() {
    return this.outbox.isEmpty;
  }

  get isSynced() {
    return this.state === "live";
  }

  get routeName() {
    return this.#route?.name ?? "";
  }

  async connect() {
    clearTimeout(this.#timer);
    if (this.#route || this.isOver) return;
    const route = (this.#route = this.#nextRoute());
    // Without a network there is nothing to tell of the attempt.
    if (this.state === "lost" && globalThis.navigator?.onLine !== false) this.#say("retrying");
    // Somebody else may have signed in since, in another tab: they must not send my words in their name.
    const answer = await this.ask();
    if (this.#route !== route) return;
    if (answer === "me") return route.start();
    this.#route = null;
    if (answer === "unreachable") this.#lost();
    else this.#waitForPerson(answer === "nobody" ? "signed-out" : "somebody-else");
  }

  // Sends now what would go in a moment, for a page that is about to close.
  flush() {
    clearTimeout(this.#flushing);
    this.#flushing = null;
    if (this.#route?.flush() === false) this.#flushSoon();
  }

  destroy() {
    this.isOver = true;
    [this.#timer, this.#probe, this.#flushing].forEach(clearTimeout);
    this.#drop();
    this.doc.off("update", this.#changed);
    this.awareness.off("update", this.#awarenessChanged);
    globalThis.removeEventListener?.("online", this.#online);
    globalThis.removeEventListener?.("offline", this.#offline);
    globalThis.removeEventListener?.("focus", this.#looked);
  }

  #nextRoute() {
    const { doc, awareness, outbox, text } = this;
    const link = { doc, awareness, outbox, origin: this, ...text };
    const mine = (handle) => (...args) => this.#route === route && handle(...args);
    link.synced = mine(() => this.#synced());
    link.saved = mine((count) => this.#saved(count));
    link.closed = mine((code) => this.#closed(code));
    const isBlocked = this.network.isBlocked || this.#failures >= this.#patience;
    const route = isBlocked ? new Poll(link) : new Socket(link);
    return route;
  }

  #synced() {
    this.#tries = 0;
    this.#failures = 0;
    this.network.isBlocked = this.#route.name === "http";
    if (this.network.isBlocked) this.#probeIn(FIRST_PROBE);
    else this.#patience = FAILURES_AFTER_SUCCESS;
    this.#say("live");
    this.#flushSoon();
  }

  #saved(count) {
    this.outbox.acknowledge(count);
    this.onChange();
  }

  #closed(code) {
    this.#failures = this.#route.name === "http" || this.isSynced ? 0 : this.#failures + 1;
    if (!code) this.network.isBlocked = false;
    this.#drop();
    if (code === SIGNED_OUT) this.#waitForPerson("signed-out");
    else if (isFinal(code)) this.#over(code);
    else this.#lost();
  }

  #over(code) {
    this.code = code;
    this.isOver = true;
    this.#say("ended");
  }

  #lost() {
    const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** this.#tries) * (0.5 + Math.random() / 2);
    this.#tries += 1;
    this.#connectIn(pause);
    this.#say(this.state === "opening" && this.#tries < 3 ? "opening" : "lost");
  }

  #waitForPerson(state) {
    this.#connectIn(SIGNED_OUT_PAUSE);
    this.#say(state);
  }

  #connectIn(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.connect(), pause);
  }

  // Over HTTP all works but slowly: now and then see whether a socket gets through again.
  #probeIn(pause) {
    clearTimeout(this.#probe);
    this.#probe = setTimeout(async () => {
      if (this.#route?.name !== "http" || this.isOver) return;
      if (!(await getsThrough(this.text.socketUrl))) return this.#probeIn(Math.min(pause * 2, LAST_PROBE));
      this.network.isBlocked = false;
      this.#drop();
      this.connect();
    }, pause);
  }

  #drop() {
    const route = this.#route;
    this.#route = null;
    route?.stop();
    this.outbox.takeBack();
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
  }

  #say(state) {
    this.state = state;
    this.onChange();
  }

  #changed = (update, origin) => {
    if (origin === this || !this.text.mayWrite) return;
    this.outbox.add(update);
    this.#flushSoon();
    this.onChange();
  };

  #awarenessChanged = (_changes, origin) => {
    if (origin !== "local") return;
    this.#route?.awarenessChanged();
    this.#flushSoon();
  };

  #flushSoon() {
    this.#flushing ??= setTimeout(() => this.flush(), this.#route?.pace ?? 0);
  }

  #online = () => {
    this.#tries = 0;
    this.connect();
  };

  #offline = () => {
    if (this.isOver) return;
    this.#drop();
    this.#lost();
  };

  #looked = () => {
    if (["signed-out", "somebody-else", "lost"].includes(this.state)) this.connect();
  };
}
