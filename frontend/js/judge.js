// data-judge="/…/save/" on a form: each tap and word is kept on this device, sealed with data-kept-key under data-kept-as,
// until the server has it. The form is handed in once all of it has arrived, however long the network is away.
import { canSeal, keyFrom, seal, unseal } from "../editor/kept/seal.js";
import { say } from "./say.js";

const SOON = 700;
const AGAIN = 5000;
const OLD = 60 * 24 * 3600 * 1000;
const ENDINGS = /-(level|words)$/;
const text = new TextEncoder();
const toBase64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const fromBase64 = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

class Judging {
  pending = new Map();
  device = crypto.randomUUID?.() ?? String(Math.random());
  handsIn = false;
  isSending = false;
  stopped = "";

  constructor(form) {
    this.form = form;
    this.label = form.dataset.keptAs;
    form.elements.device.value = this.device;
  }

  async begin() {
    this.key = canSeal ? await keyFrom(this.form.dataset.keptKey).catch(() => null) : null;
    await this.restore();
    this.form.addEventListener("input", ({ target }) => this.said(target));
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.send(true));
    window.addEventListener("online", () => this.send());
    window.addEventListener("beforeunload", (event) => this.pending.size && !this.key && event.preventDefault());
    setInterval(() => (this.pending.size || this.handsIn) && this.send(), AGAIN);
    this.form.dataset.judging = "ready";
    if (this.pending.size) this.send();
  }

  said(field) {
    if (!ENDINGS.test(field.name)) return;
    const topic = field.name.replace(ENDINGS, "");
    const { level, words } = this.form.elements[`${topic}-level`] ? { level: this.form.elements[`${topic}-level`].value, words: this.words(topic) } : { words: this.words(topic) };
    this.pending.set(topic, { level, words, at: Date.now(), base: this.form.elements[`${topic}-base`].value });
    this.keep();
    this.tell("sending");
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.send(), SOON);
  }

  words(topic) {
    return this.form.elements[`${topic}-words`].value;
  }

  // What has arrived leaves the device; what has not is sealed anew.
  async keep() {
    const name = `${this.label}:${this.device}`;
    if (!this.key || !this.pending.size) return localStorage.removeItem(name);
    const { iv, data } = await seal(this.key, this.label, text.encode(JSON.stringify([...this.pending])));
    if (this.pending.size) localStorage.setItem(name, JSON.stringify({ iv: toBase64(iv), data: toBase64(data), at: Date.now() }));
  }

  // What earlier pages of this seat could not send comes back into the form.
  async restore() {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith("judge:"))) {
      const kept = JSON.parse(localStorage.getItem(name));
      if (Date.now() - kept.at > OLD) localStorage.removeItem(name);
      if (!this.key || !name.startsWith(`${this.label}:`)) continue;
      const body = await unseal(this.key, this.label, { iv: fromBase64(kept.iv), data: fromBase64(kept.data) });
      if (!body) continue;
      for (const [topic, saying] of JSON.parse(new TextDecoder().decode(body))) this.putBack(topic, saying);
      await this.keep();
      localStorage.removeItem(name);
    }
  }

  putBack(topic, saying) {
    if ((this.pending.get(topic)?.at ?? 0) > saying.at || !this.form.elements[`${topic}-words`]) return;
    this.pending.set(topic, saying);
    this.form.elements[`${topic}-words`].value = saying.words;
    if (saying.level) this.form.elements[`${topic}-level`].value = saying.level;
  }

  async send(isLeaving = false) {
    if ((this.isSending && !isLeaving) || this.stopped) return;
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
      else this.tell(this.handsIn ? "handing-in" : this.key ? "kept" : "unkept");
    } finally {
      this.isSending = false;
    }
  }

  async post(sent, keepalive) {
    const sayings = sent.map(([topic, { level, words, at, base }]) => ({ topic, level, words, base, age: Date.now() - at }));
    const answer = await fetch(this.form.dataset.judge, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ device: this.device, sayings }),
      redirect: "manual",
      keepalive,
    });
    if (answer.status === 422 || answer.status === 400) throw Object.assign(new Error(), await answer.json());
    if (!answer.ok) throw new Error(answer.status);
  }

  submit(event) {
    event.preventDefault();
    const open = [...this.form.querySelectorAll(".levels")].find((levels) => !levels.querySelector("input:checked"));
    if (open) return open.querySelector("input").focus();
    this.handsIn = true;
    this.send();
  }

  // Everything has arrived: only the handing-in itself is sent, so that nothing said elsewhere meanwhile is overwritten.
  async handIn() {
    const answer = await fetch(this.form.action, {
      method: "POST",
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      body: new URLSearchParams({ device: this.device }),
    });
    if (answer.ok && answer.redirected) window.location.assign(answer.url);
    else if (answer.status === 422) window.location.reload();
    else throw new Error(answer.status);
  }

  stop(words) {
    this.stopped = words;
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

document.querySelectorAll("form[data-judge]").forEach((form) => new Judging(form).begin());
