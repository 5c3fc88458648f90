// What comes from Word, a web page or a mail, as clean HTML: words, headings, lists, tables, bold, italic, links.
import { styleOf, withoutStyle } from "./pasted-style.js";
import { makeLists } from "./word-lists.js";

const DROPPED = "style, script, meta, link, title, xml, img, svg, picture, video, audio, iframe, object, button, input, select, template, noscript";
const KEPT = ["href", "colspan", "rowspan", "start", "data-type", "data-checked", "data-level", "data-pm-slice"];
// Each at the beginning of a declaration: Word also writes "mso-bidi-font-weight: normal" about words that are bold.
const MARKS = [
  ["strong", /(?:^|[;\s])font-weight:\s*(bold|[6-9]00)/i],
  ["em", /(?:^|[;\s])font-style:\s*(italic|oblique)/i],
  ["u", /(?:^|[;\s])text-decoration[^;]*underline/i],
  ["s", /(?:^|[;\s])text-decoration[^;]*line-through/i],
];
const NOT_BOLD = /(?:^|[;\s])font-weight:\s*(normal|[1-4]00)/i;
const HIDDEN = /mso-hide:\s*all|(?:^|[;\s])display:\s*none/i;
const TITLES = { MsoTitle: "h1", MsoSubtitle: "h2" };

export function cleaned(html) {
  const { body } = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  dropHidden(body);
  makeLists(body);
  nameTitles(body);
  for (const element of [...body.querySelectorAll("*")]) unstyle(element);
  // In what comes from a text of ours an empty paragraph is meant.
  if (!body.querySelector("[data-pm-slice]")) dropEmpty(body);
  return body.innerHTML;
}

function dropHidden(body) {
  body.querySelectorAll(DROPPED).forEach((element) => element.remove());
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
  for (const element of body.querySelectorAll("[data-style]")) if (HIDDEN.test(styleOf(element))) element.remove();
}

function nameTitles(body) {
  for (const [name, tag] of Object.entries(TITLES)) {
    body.querySelectorAll(`p.${name}`).forEach((paragraph) => rename(paragraph, tag));
  }
}

// Office's own tags (o:p, w:sdt) give way to what is in them; what style says about a span becomes a mark.
function unstyle(element) {
  const style = styleOf(element);
  if (element.localName.includes(":") || element.localName === "font") return element.replaceWith(...element.childNodes);
  if (element.localName === "b" && NOT_BOLD.test(style)) return element.replaceWith(...element.childNodes);
  if (element.localName === "span") {
    for (const [tag, pattern] of MARKS) if (pattern.test(style)) wrapInside(element, tag);
  }
  for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name);
}

function wrapInside(element, tag) {
  const mark = element.ownerDocument.createElement(tag);
  mark.append(...element.childNodes);
  element.append(mark);
}

function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

// Word sets distance with empty paragraphs and rows of hard spaces.
function dropEmpty(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/\u00a0/g, " ");
  for (const block of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!block.textContent.trim() && !block.closest("td, th, li")) block.remove();
  }
}
