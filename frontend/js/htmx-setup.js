import htmx from "htmx.org";
import { tell } from "./say.js";

window.htmx = htmx;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) event.detail.headers["X-CSRFToken"] = token[1];
});

// A session that has ended answers a fragment with the sign-in page: go there whole, and come back to this page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const entrance = document.body.dataset.signIn;
  const answered = event.detail.xhr.responseURL;
  if (!entrance || !answered || new URL(answered).pathname !== entrance) return;
  event.preventDefault();
  window.location.assign(`${entrance}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
});

document.addEventListener("htmx:sendError", () => tell("unsent"));
document.addEventListener("htmx:responseError", () => tell("unsent"));
