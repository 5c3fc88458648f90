// Tabs that do not fit beside each other begin with the one that you are on in view.
document.querySelectorAll(".tabs [aria-current]").forEach((current) => {
  const tabs = current.closest(".tabs");
  const tab = current.getBoundingClientRect();
  const shown = tabs.getBoundingClientRect();
  tabs.scrollLeft += tab.left + tab.width / 2 - (shown.left + shown.width / 2);
});
