// data-keep on a form: what was typed is kept in this tab until the form has arrived, and put back after a sign-in,
// a lost connection or a mistaken Back. Another person's words are dropped as soon as somebody else is signed in.
import { say, tell } from "./say.js";

const PREFIX = "kept:";
const person = document.body.dataset.user;
const forms = () => [...document.querySelectorAll("form[data-keep]")];
const keyOf = (form) => [PREFIX + person, location.pathname, form.getAttribute("action") ?? "", form.id, namesOf(form)].join(":");
const namesOf = (form) => [...new Set([...form.elements].filter(isKept).map((field) => field.name))].join();
const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
const read = (key) => JSON.parse(sessionStorage.getItem(key));
const write = (key, entry) => sessionStorage.setItem(key, JSON.stringify(entry));

// A hidden "version" is kept too: put-back words must meet the check for somebody else's later change.
function isKept(field) {
  if (!field.name) return false;
  return field.type === "hidden" ? field.name === "version" : !["password", "file", "submit", "button", "reset"].includes(field.type);
}

function valuesOf(form) {
  return [...form.elements].filter(isKept).map((field) => [field.name, isTick(field) ? field.value : null, isTick(field) ? field.checked : textOf(field)]);
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const textOf = (field) => (field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value);

function putBack(form, values) {
  for (const [name, option, value] of values) {
    const field = [...form.elements].find((one) => one.name === name && isKept(one) && (option === null || one.value === option));
    if (!field) continue;
    if (option !== null) field.checked = value;
    else if (field.multiple) [...field.options].forEach((one) => (one.selected = value.includes(one.value)));
    else field.value = value;
  }
}

function tidy() {
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  for (const key of keys()) {
    const entry = read(key);
    if (person && !key.startsWith(`${PREFIX}${person}:`)) sessionStorage.removeItem(key);
    else if (!entry.sent) continue;
    else if (!person || cameBack || wasRefused(key)) write(key, { ...entry, sent: false });
    else sessionStorage.removeItem(key);
  }
}

const wasRefused = (key) => forms().some((form) => keyOf(form) === key && hasErrors(form));
const hasErrors = (form) => form.querySelector(".is-invalid, .wrong, .errorlist, .invalid-feedback") !== null;

function restore(form) {
  const key = keyOf(form);
  const entry = read(key);
  if (!entry || hasErrors(form) || JSON.stringify(entry.values) === JSON.stringify(valuesOf(form))) return;
  const before = valuesOf(form);
  putBack(form, entry.values);
  const note = say("kept");
  note.querySelector("button").addEventListener("click", () => {
    putBack(form, before);
    sessionStorage.removeItem(key);
    note.remove();
  });
  form.prepend(note);
  // Words in a closed fold would look lost.
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

let waiting;
document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!person || !form?.matches("[data-keep]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => write(keyOf(form), { values: valuesOf(form), sent: false }), 250);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-signout]")) return keys().forEach((key) => sessionStorage.removeItem(key));
  if (!person || event.defaultPrevented || !form.matches("[data-keep]")) return;
  clearTimeout(waiting);
  write(keyOf(form), { values: valuesOf(form), sent: navigator.onLine });
  if (navigator.onLine) return;
  event.preventDefault();
  tell("unsent");
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-keep]");
  if (form && detail.successful) sessionStorage.removeItem(keyOf(form));
});

// A page that the browser had put aside whole: its last sending did not arrive, else this page would be another.
window.addEventListener("pageshow", ({ persisted }) => persisted && keys().forEach((key) => write(key, { ...read(key), sent: false })));

tidy();
if (person) forms().forEach(restore);
