// Sentences that the editor shows come translated from the page: <template id="say-writing-words">, one data-word each.
const words = () => document.getElementById("say-writing-words").content;

export const word = (name) => words().querySelector(`[data-word="${name}"]`)?.textContent ?? "";
