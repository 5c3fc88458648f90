// data-fill='{"login": "…"}' on a button fills fields of its form by name (the demo's one-tap sign-ins). With data-fill-send it also sends.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-fill]");
  if (!button) return;
  const form = document.getElementById(button.getAttribute("data-form"));
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) form.elements[name].value = value;
  if (button.hasAttribute("data-fill-send")) form.requestSubmit();
});
