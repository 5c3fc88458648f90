// data-filter="#list" on a search box: shows the list's items (li, tbody tr) that hold every word typed.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-filter]")) return;
  const list = document.querySelector(target.dataset.filter);
  const words = fold(target.value).split(/\s+/).filter(Boolean);
  const items = [...list.querySelectorAll(":scope > li, :scope > tbody > tr, :scope > tr, :scope > [data-item]")];
  for (const item of items) {
    const text = fold(item.textContent);
    item.hidden = !words.every((word) => text.includes(word));
  }
  const none = document.querySelector(`[data-filter-none="${target.dataset.filter}"]`);
  if (none) none.hidden = items.some((item) => !item.hidden);
});
