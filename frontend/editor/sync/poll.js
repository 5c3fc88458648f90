// The way round for networks that let no WebSocket through: long polls for others' changes, posts for mine.
import { applyUpdate, encodeStateVector } from "yjs";
import { codeOf } from "./codes.js";
import { csrfToken } from "./csrf.js";
import { split } from "./split.js";
import { bundled } from "./wire.js";

const WAIT = 25;
// An answer that is longer in coming than this was lost on the way.
const PATIENCE = (WAIT + 15) * 1000;
const BREATH = 300;
// Longer, and proxies refuse the address or the header; without it the server answers everything.
const LONGEST_STATE = 6000;

export class Poll {
  name = "http";
  pace = 1000;
  #link;
  #ended = new AbortController();
  #isSynced = false;
  #isPosting = false;
  #isOver = false;
  #posts = 0;
  #seen = null;

  constructor(link) {
    this.#link = link;
  }

  async start() {
    try {
      await this.#pull(this.#link.updatesUrl);
      this.#isSynced = true;
      this.#link.synced();
      while (!this.#ended.signal.aborted) {
        await this.#pull(this.#nextUrl());
        await pause(BREATH);
      }
    } catch (error) {
      this.#end(error.code ?? 0);
    }
  }

  // Sends what waits; false while an earlier post is on its way.
  flush() {
    const { outbox } = this.#link;
    if (this.#isPosting) return !outbox.hasWaiting;
    if (this.#isSynced && outbox.hasWaiting) this.#push().catch((error) => this.#end(error.code ?? 0));
    return true;
  }

  awarenessChanged() {}

  stop() {
    this.#ended.abort();
  }

  #nextUrl() {
    const state = this.#state();
    return `${this.#link.updatesUrl}?wait=${WAIT}${state ? `&sv=${state}` : ""}`;
  }

  // The tag says which deletions have been seen: a state vector speaks of words only.
  async #pull(url) {
    const headers = this.#seen ? { "If-None-Match": this.#seen } : {};
    this.#take(await this.#ask(url, { headers }));
  }

  async #push() {
    const { outbox, updatesUrl } = this.#link;
    const number = (this.#posts += 1);
    const body = bundled(split(outbox.waiting()));
    outbox.markSent(number);
    this.#isPosting = true;
    const answer = await this.#ask(updatesUrl, { method: "POST", body, headers: this.#headers() });
    this.#isPosting = false;
    this.#take(answer);
    this.#link.saved(number);
  }

  #headers() {
    const state = this.#state();
    const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": csrfToken() };
    return state ? { ...headers, "X-State-Vector": state } : headers;
  }

  // Raises an error that carries the code of what the server said, or none where nothing of ours was said.
  async #ask(url, options) {
    const timer = setTimeout(() => this.stop(), PATIENCE);
    try {
      const response = await fetch(url, { ...options, redirect: "manual", cache: "no-store", signal: this.#ended.signal });
      if (response.status === 204) return null;
      if (response.status !== 200) throw Object.assign(new Error(response.statusText), { code: codeOf(response) });
      this.#seen = response.headers.get("ETag") ?? this.#seen;
      return new Uint8Array(await response.arrayBuffer());
    } finally {
      clearTimeout(timer);
    }
  }

  #take(update) {
    if (update?.length) applyUpdate(this.#link.doc, update, this.#link.origin);
  }

  #state() {
    const state = base64url(encodeStateVector(this.#link.doc));
    return state.length > LONGEST_STATE ? "" : state;
  }

  #end(code) {
    const wasOver = this.#isOver;
    this.#isOver = true;
    this.stop();
    if (!wasOver) this.#link.closed(code);
  }
}

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

function base64url(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
