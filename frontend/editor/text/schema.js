// What a text may hold. The server has the same list (coedit/schema.py) and refuses anything else.
import { mergeAttributes } from "@tiptap/core";
import { TaskItem, TaskList } from "@tiptap/extension-list";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Heading } from "@tiptap/extension-heading";
import { Link } from "@tiptap/extension-link";
import StarterKit from "@tiptap/starter-kit";
import { isSafe } from "./safe-href.js";

// A text stands below a page's own h1 and h2, so its first heading is an h3; pasted headings begin at h1.
const TextHeading = Heading.extend({
  addAttributes() {
    return { level: { default: 1, rendered: false, parseHTML: levelOf } };
  },
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((number) => ({ tag: `h${number}` })),
  renderHTML({ node, HTMLAttributes }) {
    const { level } = node.attrs;
    return [`h${level + 2}`, mergeAttributes(HTMLAttributes, { "data-level": level }), 0];
  },
}).configure({ levels: [1, 2, 3] });

function levelOf(element) {
  const level = Number(element.dataset.level ?? element.tagName.slice(1));
  return Math.min(Math.max(level || 1, 1), 3);
}

const TextLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
}).configure({
  openOnClick: false,
  // Tiptap's own would take any address here; see links.js.
  linkOnPaste: false,
  defaultProtocol: "https",
  isAllowedUri: isSafe,
  HTMLAttributes: { target: "_blank", rel: "noopener noreferrer nofollow" },
});

// Copied, and shown when the editor is closed, a box looks as the server shows it.
const TextTaskItem = TaskItem.extend({
  renderHTML({ node, HTMLAttributes }) {
    const { checked } = node.attrs;
    const attributes = mergeAttributes(HTMLAttributes, { "data-type": "taskItem" });
    return ["li", attributes, ["span", { class: "box" }, checked ? "☑" : "☐"], ["div", 0]];
  },
});

// Tiptap's own table writes widths into style; ours take the room they need.
const TextTable = Table.extend({
  renderHTML: () => ["div", { class: "table-wrap" }, ["table", ["tbody", 0]]],
}).configure({ resizable: false });

export const schemaExtensions = ({ boxLabel }) => [
  StarterKit.configure({ undoRedo: false, trailingNode: false, heading: false, link: false }),
  TextHeading,
  TextLink,
  TaskList,
  TextTaskItem.configure({ nested: true, a11y: { checkboxLabel: (node) => `${boxLabel} ${node.textContent}`.trim() } }),
  TextTable,
  TableRow,
  TableHeader,
  TableCell,
];
