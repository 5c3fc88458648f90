// data-print on a button opens the print dialog.
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) window.print();
});
