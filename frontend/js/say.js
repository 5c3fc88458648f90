// Words that the script shows come translated from the page: <template id="say-NAME">.
export function say(name) {
  const template = document.getElementById(`say-${name}`);
  return template.content.firstElementChild.cloneNode(true);
}

// Adds a message where the page shows its messages; screen readers hear it, since that region is a status.
export function tell(name) {
  const region = document.getElementById("messages");
  const message = say(name);
  region.querySelector(`[data-said="${name}"]`)?.remove();
  message.dataset.said = name;
  region.append(message);
}
