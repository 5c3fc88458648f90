// Text areas grow with their words, for browsers whose style cannot do it (field-sizing).
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  };
  document.querySelectorAll("textarea").forEach((area) => area.value && grow(area));
  document.addEventListener("input", ({ target }) => target.matches("textarea") && grow(target));
}
