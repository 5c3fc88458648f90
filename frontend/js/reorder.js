// A list that is put in order by dragging. Without script, and with the keyboard, its up and down buttons do the same.
//   <ol data-reorder="FORM-ID"><li data-item="7"><span data-handle class="only-script" aria-hidden="true">…
// On a drop the form is sent with one hidden `order` for each item, from first to last.
let dragged = null;
let before = "";

const orderOf = (list) => itemsOf(list).map((item) => item.dataset.item);
const itemsOf = (list) => [...list.children].filter((item) => item.dataset.item !== undefined);

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-reorder] [data-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  dragged = handle.closest("[data-item]");
  before = orderOf(dragged.parentElement).join();
  handle.setPointerCapture(event.pointerId);
  dragged.classList.add("is-dragged");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const over = itemsOf(dragged.parentElement).find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && event.clientY > box.top && event.clientY < box.bottom;
  });
  if (!over) return;
  const box = over.getBoundingClientRect();
  const goesDown = dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (goesDown && event.clientY > box.top + box.height / 2) over.after(dragged);
  if (!goesDown && event.clientY < box.top + box.height / 2) over.before(dragged);
});

function drop() {
  if (!dragged) return;
  const list = dragged.parentElement;
  dragged.classList.remove("is-dragged");
  dragged = null;
  if (orderOf(list).join() !== before) send(list);
}

function send(list) {
  const form = document.getElementById(list.dataset.reorder);
  form.querySelectorAll("input[name=order]").forEach((input) => input.remove());
  for (const id of orderOf(list)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = "order";
    input.value = id;
    form.append(input);
  }
  form.requestSubmit();
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
