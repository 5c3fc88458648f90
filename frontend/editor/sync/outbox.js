// My own changes that the database does not have yet. Messages carry numbers that only grow while one connection lasts;
// an acknowledgement of n frees all that was sent in messages up to n.
import { mergeUpdates } from "yjs";

const MOST_LOOSE = 100;

export class Outbox {
  version = 0;
  #waiting = [];
  #sent = [];

  get isEmpty() {
    return !this.#waiting.length && !this.#sent.length;
  }

  get hasWaiting() {
    return this.#waiting.length > 0;
  }

  add(update) {
    this.version += 1;
    this.#waiting.push(update);
    if (this.#waiting.length > MOST_LOOSE) this.#waiting = [mergeUpdates(this.#waiting)];
  }

  // What waits, as one update, still waiting until `markSent` says in which message it went.
  waiting() {
    return this.#waiting.length === 1 ? this.#waiting[0] : mergeUpdates(this.#waiting);
  }

  markSent(number) {
    this.#sent.push(...this.#waiting.map((update) => ({ number, update })));
    this.#waiting = [];
  }

  acknowledge(count) {
    this.#sent = this.#sent.filter(({ number }) => number > count);
  }

  // The connection is lost: whatever it did not acknowledge must be sent again. Arriving twice does no harm.
  takeBack() {
    this.#waiting = [...this.#sent.map(({ update }) => update), ...this.#waiting];
    this.#sent = [];
  }

  // Everything unsaved as one update, or null.
  contents() {
    const updates = [...this.#sent.map(({ update }) => update), ...this.#waiting];
    return updates.length ? mergeUpdates(updates) : null;
  }
}
