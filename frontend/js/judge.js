// data-judge="/…/save/" on a form: each tap and word is kept on this device, sealed with data-kept-key under data-kept-as,
// until the server has it. The form is handed in once all of it has arrived, however long the network is away. Without
// data-judge (it is handed in already, and is corrected) what was typed is kept and put back, and goes out with the form.
import { canSeal, keyFrom, seal, unseal } from "../editor/kept/seal.js";
import { say } from "./say.js";

const SOON = 700;
const AGAIN = 5000;
const OLD = 60 * 24 * 3600 * 1000;
const ENDED = [401, 403, 404, 410];
const text = new TextEncoder();
const toBase64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const fromBase64 = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

class Judging {
  // By topic, what has not arrived: { level?, words?, at, base, number }. Only what was touched here is sent.
  pending = new Map();
  device = crypto.randomUUID?.() ?? String(Math.random());
  number = 0;
  handsIn = false;
  isSending = false;
  isStopped = false;

  constructor(form) {
    this.form = form;
    this.label = form.dataset.keptAs;
    this.saves = form.hasAttribute("data-judge");
    form.elements.device.value = this.device;
  }

  async begin() {
    this.form.addEventListener("input", ({ target }) => this.said(target));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.key = canSeal ? await keyFrom(this.form.dataset.keptKey).catch(() => null) : null;
    await this.restore();
    if (this.saves) {
      document.addEventListener("visibilitychange", () => document.hidden && this.send(true));
      window.addEventListener("online", () => this.send());
      setInterval(() => (this.pending.size || this.handsIn) && this.send(), AGAIN);
    }
    window.addEventListener("beforeunload", (event) => this.saves && this.pending.size && !this.key && event.preventDefault());
    this.form.dataset.judging = "ready";
    if (this.pending.size) this.saves ? this.send() : this.tell("put-back");
  }

  said(field) {
    const [, topic, part] = /^(.+)-(level|words)$/.exec(field.name) ?? [];
    if (!topic) return;
    const base = this.form.elements[`${topic}-base`].value;
    this.pending.set(topic, { base, ...this.pending.get(topic), [part]: field.value, at: Date.now(), number: ++this.number });
    this.keep();
    if (!this.saves || this.isStopped) return;
    this.tell("sending");
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.send(), SOON);
  }

  // What has arrived leaves the device; what has not is sealed anew.
  async keep() {
    const name = `${this.label}:${this.device}`;
    try {
      if (!this.key || !this.pending.size) return localStorage.removeItem(name);
      const { iv, data } = await seal(this.key, this.label, text.encode(JSON.stringify([...this.pending])));
      if (this.pending.size) localStorage.setItem(name, JSON.stringify({ iv: toBase64(iv), data: toBase64(data), at: Date.now() }));
    } catch {
      // No room, or a browser that keeps nothing: the page itself still has it, and asks before it is left.
      this.key = null;
    }
  }

  // What earlier pages of this seat could not send comes back into the form.
  async restore() {
    const names = Object.keys(globalThis.localStorage ?? {}).filter((one) => one.startsWith("judge:"));
    for (const name of names) {
      try {
        await this.takeBack(name);
      } catch {
        // One that cannot be read must not keep the others, nor this page, from being kept.
      }
    }
  }

  async takeBack(name) {
    const kept = JSON.parse(localStorage.getItem(name));
    if (!kept || Date.now() - kept.at > OLD) return localStorage.removeItem(name);
    if (!this.key || !name.startsWith(`${this.label}:`)) return;
    const body = await unseal(this.key, this.label, { iv: fromBase64(kept.iv), data: fromBase64(kept.data) });
    if (!body) return;
    for (const [topic, saying] of JSON.parse(new TextDecoder().decode(body))) this.putBack(topic, saying);
    await this.keep();
    localStorage.removeItem(name);
  }

  putBack(topic, saying) {
    if ((this.pending.get(topic)?.at ?? 0) > saying.at || !this.form.elements[`${topic}-words`]) return;
    this.pending.set(topic, { ...saying, number: ++this.number });
    for (const part of ["level", "words"]) if (saying[part] !== undefined) this.form.elements[`${topic}-${part}`].value = saying[part];
  }

  async send(isLeaving = false) {
    if (!this.saves || (this.isSending && !isLeaving) || this.isStopped) return;
    this.isSending = true;
    const sent = [...this.pending];
    try {
      if (sent.length) await this.post(sent, isLeaving);
      for (const [topic, { at }] of sent) if (this.pending.get(topic)?.at === at) this.pending.delete(topic);
      await this.keep();
      if (!this.pending.size && this.handsIn) await this.handIn();
      else this.tell(this.pending.size ? "sending" : "saved");
    } catch (error) {
      if (error.words) this.stop(error.words);
      else if (error.isEnded) this.stop(say("judge-ended").textContent);
      else this.tell(this.handsIn ? "handing-in" : this.key ? "kept" : "unkept");
    } finally {
      this.isSending = false;
    }
  }

  async post(sent, keepalive) {
    const sayings = sent.map(([topic, { level, words, at, base, number }]) => ({ topic, level, words, base, number, age: Date.now() - at }));
    const body = JSON.stringify({ device: this.device, sayings });
    // Browsers let no more than 64 KiB outlive a page.
    const answer = await this.fetch(this.form.dataset.judge, { headers: { "Content-Type": "application/json" }, body, keepalive: keepalive && body.length < 60000 });
    if (answer.status === 422 || answer.status === 400) throw Object.assign(new Error(), await answer.json());
    if (!answer.ok) throw new Error(answer.status);
  }

  async fetch(url, { headers = {}, ...options }) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(url, { method: "POST", headers: { ...headers, "X-CSRFToken": token }, redirect: "manual", ...options });
    // A redirect from here leads to the sign-in page, or to the one that says "open your link again".
    if (ENDED.includes(answer.status) || (answer.type === "opaqueredirect" && options.keepalive !== undefined)) throw Object.assign(new Error(), { isEnded: true });
    return answer;
  }

  submit(event) {
    if (this.isStopped) return this.leaveOut();
    event.preventDefault();
    const open = [...this.form.querySelectorAll(".levels")].find((levels) => !levels.querySelector("input:checked"));
    if (open) {
      this.tell("lacking");
      return open.querySelector("input").focus();
    }
    if (!this.saves) return this.correct();
    this.handsIn = true;
    this.send();
  }

  // Everything has arrived: only the handing-in itself is sent, so that nothing said elsewhere meanwhile is overwritten.
  async handIn() {
    const answer = await this.fetch(this.form.action, { body: new URLSearchParams({ device: this.device }) });
    if (answer.type === "opaqueredirect") return this.done();
    if (answer.status !== 422) throw new Error(answer.status);
    // Sent as the page itself would, so that the page says why not.
    this.leaveOut();
    HTMLFormElement.prototype.submit.call(this.form);
  }

  // What was not touched here may have been said otherwise elsewhere, and is not sent.
  leaveOut() {
    for (const field of this.form.elements) {
      const [, topic, part] = /^(.+)-(level|words|base)$/.exec(field.name) ?? [];
      const said = this.pending.get(topic);
      if (topic && !(said && (part === "base" || part in said))) field.disabled = true;
    }
  }

  async correct() {
    this.leaveOut();
    try {
      const answer = await this.fetch(this.form.action, { body: new URLSearchParams(new FormData(this.form)) });
      if (answer.type !== "opaqueredirect") return HTMLFormElement.prototype.submit.call(this.form);
      this.pending.clear();
      await this.keep();
      this.done();
    } catch (error) {
      [...this.form.elements].forEach((field) => (field.disabled = false));
      this.tell(error.isEnded ? "ended" : this.key ? "kept" : "unkept");
    }
  }

  done() {
    window.location.assign(this.form.dataset.then);
  }

  stop(words) {
    this.isStopped = true;
    const note = document.createElement("p");
    note.className = "callout callout--bad";
    note.setAttribute("role", "alert");
    note.textContent = words;
    this.form.prepend(note);
    note.scrollIntoView({ block: "center" });
  }

  tell(name) {
    const place = this.form.querySelector("[data-judge-state]");
    if (place.dataset.judgeState !== name) place.replaceChildren(say(`judge-${name}`));
    place.dataset.judgeState = name;
  }
}

document.querySelectorAll("form[data-kept-as]").forEach((form) => new Judging(form).begin());
