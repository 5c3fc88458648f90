// data-shows="id" on a tick box: what is typed in that password field can be read while it is ticked.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-shows]")) return;
  document.getElementById(target.dataset.shows).type = target.checked ? "text" : "password";
});
