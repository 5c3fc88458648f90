// Names of files whose upload goes on when they are chosen again wait in this browser (tus, upload/index.js). They go
// with a sign-out, when somebody else is signed in, and when the server has given the upload up (Upload.LASTS).
const PREFIX = "tus::";
const LASTS = 7 * 24 * 60 * 60 * 1000;
const person = document.body.dataset.user;
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
const forget = (key) => localStorage.removeItem(key);

function isOver(key) {
  if (person && !key.startsWith(`${PREFIX}evidence-${person}-`)) return true;
  try {
    return !(Date.now() - Date.parse(JSON.parse(localStorage.getItem(key)).creationTime) < LASTS);
  } catch {
    return true;
  }
}

document.addEventListener("submit", ({ target }) => target.matches("[data-signout]") && keys().forEach(forget));

keys().filter(isOver).forEach(forget);
