// data-copy="words" (or data-copy-from="#id") on a button; data-copied is what it says for a moment afterwards.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy ?? document.querySelector(button.dataset.copyFrom).textContent.trim());
  const words = button.textContent;
  button.textContent = button.dataset.copied ?? words;
  setTimeout(() => (button.textContent = words), 2000);
});
