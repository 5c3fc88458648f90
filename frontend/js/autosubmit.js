// data-autosubmit on a field, or on a form for all its fields: a change sends the form.
document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-autosubmit]")) target.form?.requestSubmit();
});
