// data-checkin on a form: the tap is kept on this phone with its time and key until the server has it, so that a dead
// network costs nothing. What is kept is sent on the next page, and as soon as the connection is back.
import { say } from "./say.js";

const KEY = "checkins";
const WEEK = 7 * 24 * 3600 * 1000;
const person = document.body.dataset.user;
const read = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
const write = (kept) => (kept.length ? localStorage.setItem(KEY, JSON.stringify(kept)) : localStorage.removeItem(KEY));
const mine = (item) => item.person === person;

function tellKept() {
  const form = document.querySelector("form[data-checkin]");
  if (document.querySelector("[data-kept-checkin]") || !form) return;
  form.before(say("kept-checkin"));
}

async function send(item) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const answer = await fetch(item.url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams(item.fields),
    redirect: "error",
  });
  // What the server has read and refused will not become right by being sent again.
  if (answer.ok || answer.status === 422) return answer.json();
  throw new Error(answer.status);
}

const where = () =>
  new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude.toFixed(2), longitude: coords.longitude.toFixed(2) }),
      () => resolve({}),
      { timeout: 5000, maximumAge: 60000 },
    );
  });

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-checkin]")) return;
  event.preventDefault();
  const key = form.elements.key.value;
  if (!person || read().some((item) => item.fields.key === key)) return flushAndShow();
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  fields.claimed_at = new Date().toISOString();
  const place = form.querySelector("[data-where]")?.checked ? await where() : {};
  write([...read(), { url: form.action, fields: { ...fields, ...place }, person, at: Date.now() }]);
  await flushAndShow();
});

let isSending = false;
async function flushAndShow() {
  if (isSending) return;
  isSending = true;
  const refused = [];
  for (const item of read().filter(mine)) {
    try {
      const answer = await send(item);
      if (!answer.ok) refused.push(answer.words);
      write(read().filter((other) => other.fields.key !== item.fields.key));
    } catch {
      if (Date.now() - item.at > WEEK) write(read().filter((other) => other.fields.key !== item.fields.key));
    }
  }
  isSending = false;
  if (read().some(mine)) return tellKept();
  if (refused.length) return tellRefused(refused);
  window.location.reload();
}

function tellRefused(words) {
  const note = document.createElement("p");
  note.className = "callout callout--bad";
  note.setAttribute("role", "alert");
  note.textContent = words.join(" ");
  document.querySelector("form[data-checkin]")?.before(note);
}

if (person && read().some(mine)) flushAndShow();
window.addEventListener("online", () => read().some(mine) && flushAndShow());
setInterval(() => document.hidden || (read().some(mine) && flushAndShow()), 20000);
