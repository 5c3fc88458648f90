// A second tap on a form that is on its way does nothing. data-once keeps it shut until the page changes;
// any other form opens again after some seconds, as its answer may be a download.
const AGAIN = 4000;
const sent = new Map();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.closest("dialog")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  sent.set(form, button);
  button?.setAttribute("aria-busy", "true");
  if (!form.hasAttribute("data-once")) setTimeout(() => open(form), AGAIN);
});

function open(form) {
  sent.get(form)?.removeAttribute("aria-busy");
  sent.delete(form);
}

const openAll = () => [...sent.keys()].forEach(open);
document.addEventListener("htmx:afterRequest", openAll);
window.addEventListener("pageshow", openAll);
