// Keeps one text's unsent words in this browser until the database has them.
import { bundled, unbundled } from "../sync/wire.js";
import { split } from "../sync/split.js";
import { seal, unseal } from "./seal.js";
import { canStore, labelOf, put, recordsOf, remove } from "./store.js";

const SOON = 150;
// A long offline day is written anew each time: less often, then.
const LATER = 2000;
const MANY_BYTES = 50_000;

export class Keeper {
  key = null;
  #storedVersion = 0;
  #size = 0;
  #timer;
  #record = null;
  #restored = [];
  #isRefused = false;
  #busy = Promise.resolve();

  // `about` goes into each record: person, text, updates, keyUrl. `outbox` holds what is unsent.
  constructor(about, outbox, onKept) {
    this.about = { ...about, page: crypto.randomUUID?.() ?? String(Math.random()) };
    this.outbox = outbox;
    this.onKept = onKept;
  }

  get works() {
    return canStore && this.key !== null && !this.#isRefused;
  }

  // Whether leaving now would lose nothing.
  get isSafe() {
    return this.outbox.isEmpty || this.#storedVersion === this.outbox.version;
  }

  changed() {
    if (this.outbox.isEmpty) return this.#forget();
    this.#timer ??= setTimeout(() => this.keep(), this.#size > MANY_BYTES ? LATER : SOON);
  }

  keep() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#busy = this.#busy.then(() => this.#keep()).catch(() => {});
    return this.#busy;
  }

  // The updates that earlier pages could not send; gone from here once everything is saved.
  async restore() {
    if (!this.works) return [];
    const found = [];
    for (const record of await recordsOf(this.about.person, this.about.text).catch(() => [])) {
      const body = record.refused ? null : await unseal(this.key, labelOf(record), record);
      if (body) found.push({ record, body });
    }
    // Only now: until the words are in the document, an empty outbox says nothing about them.
    this.#restored = found.map(({ record }) => record);
    return found.flatMap(({ body }) => [...unbundled(body)]);
  }

  // What is kept is only to be copied from now on: no page sends it again.
  async refuse(code) {
    this.about.refused = code;
    const older = this.#restored;
    this.#restored = [];
    await this.keep();
    await Promise.all(older.map(remove));
  }

  // Whatever is kept of this text is given up.
  async discard() {
    await this.#busy;
    this.#forget();
  }

  stop() {
    clearTimeout(this.#timer);
    this.key = null;
  }

  async #keep() {
    const { outbox, about } = this;
    const [version, contents] = [outbox.version, outbox.contents()];
    if (!canStore || !this.key || !contents) return;
    this.#size = contents.length;
    const record = { ...about, at: Date.now(), ...(await seal(this.key, labelOf(about), bundled(split(contents)))) };
    // A browser may have a store and refuse to use it: in a private window, or when the device is full.
    this.#isRefused = !(await put(record).then(() => true, () => false));
    if (this.#isRefused) return this.onKept();
    this.#record = record;
    this.#storedVersion = version;
    if (outbox.isEmpty) this.#forget();
    this.onKept();
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const records = [...this.#restored, ...(this.#record ? [this.#record] : [])];
    this.#restored = [];
    this.#record = null;
    if (records.length) this.#busy = this.#busy.then(() => Promise.all(records.map(remove))).catch(() => {});
  }
}
