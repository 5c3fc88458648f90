// Menus are <details class="menu">: a click elsewhere or Escape closes them.
const opened = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", ({ target }) => {
  opened().forEach((menu) => menu.contains(target) || menu.removeAttribute("open"));
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  opened().forEach((menu) => {
    const wasInside = menu.contains(document.activeElement);
    menu.removeAttribute("open");
    if (wasInside) menu.querySelector("summary").focus();
  });
});
