"""From nodes to Markdown."""

import re

from coedit.markdown.words import words_to_markdown
from coedit.render import heading_level, is_checked, whole
from coedit.tree import Node

_START = re.compile(r"(#{1,6}(?:\s|$)|[-+](?:\s|$)|>|\||(?:-\s*){3,}$|:?-+:?\s*(?:\||$))")
_LOOKS_LIKE_RULE = re.compile(r"^-(?: *-){2,}$", re.MULTILINE)
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(\s|$)")


def to_markdown(blocks: list[Node]) -> str:
    return _joined(blocks)


def _joined(nodes):
    return "\n\n".join(part for part in each_to_markdown(nodes) if part)


def each_to_markdown(nodes: list[Node]) -> list[str]:
    """The Markdown of each block as it stands among its neighbours.

    Two lists side by side get different signs, or they would be read as one.
    """
    parts, last = [], None
    for node in nodes:
        family = {"bulletList": "ul", "taskList": "ul", "orderedList": "ol"}.get(node.tag)
        other = family is not None and last == (family, False)
        part = _block(node, other)
        parts.append(part)
        if part:
            last = (family, other)
    return parts


def _block(node, other_sign=False) -> str:
    if node.tag in ("bulletList", "taskList"):
        sign = "*" if other_sign else "-"
        written = _list(node, lambda _number: sign)
        # Three empty lists in each other, "- - -", would be read as a rule.
        return _list(node, lambda _number: "+") if _LOOKS_LIKE_RULE.search(written) else written
    if node.tag == "orderedList":
        start = whole(node.attrs.get("start"), 0, 10**6)
        first = 1 if start is None else start
        return _list(node, lambda number: f"{first + number}{')' if other_sign else '.'}")
    return _WRITERS.get(node.tag, _inner)(node)


def _inner(node):
    return _joined(node.children)


def _list(node, sign):
    items = []
    for number, item in enumerate(node.children):
        head = f"{sign(number)} "
        body = _inner(item)
        if item.tag == "taskItem":
            body = _boxed(item, body)
        # A rule of the list's own signs would be read as one with them.
        body = re.sub(r"^---(?=\n|$)", "___", body).replace("\n", "\n" + " " * len(head))
        items.append((head + body).rstrip())
    return re.sub(r"\n +(?=\n)", "\n", "\n".join(items))


def _boxed(item, body):
    box = f"[{'x' if is_checked(item) else ' '}]"
    first = next((child for child in item.children if _block(child)), None)
    gap = " " if first is None or first.tag == "paragraph" else "\n\n"
    return f"{box}{gap}{body}"


def _quote(node):
    return "\n".join(f"> {line}".rstrip() for line in (_inner(node) or " ").split("\n"))


def _fence(node):
    words, fence = re.sub(r"\r\n?", "\n", node.plain), "```"
    while fence in words:
        fence += "`"
    return f"{fence}\n{words}\n{fence}"


def _table(node):
    rows = [[_cell(cell) for cell in row.children] for row in node.children if row.tag == "tableRow"]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    rows = [row + [""] * (width - len(row)) for row in rows]
    lines = [rows[0], ["---"] * width, *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell):
    parts = [
        words_to_markdown(child.children) for child in cell.children if isinstance(child, Node) and child.holds_words
    ]
    return " ".join(parts).replace("\n", " ").replace("|", "\\|").strip()


def _heading(node):
    words = words_to_markdown(node.children).replace("\n", " ").strip()
    # A closing run of signs would be taken for the end of the heading.
    words = re.sub(r"(#+)$", r"\\\1", words)
    return f"{'#' * heading_level(node)} {words}" if words else ""


def _paragraph(node):
    lines = (line.strip() for line in words_to_markdown(node.children).split("\n"))
    return "\n".join(_guard_start(line) for line in lines if line)


def _guard_start(line):
    """Keep a line that only looks like a list, a heading or a quotation from becoming one."""
    if _START.match(line):
        return "\\" + line
    return _NUMBER_START.sub(r"\1\\\2\3", line)


_WRITERS = {
    "paragraph": _paragraph, "heading": _heading, "blockquote": _quote, "codeBlock": _fence, "table": _table,
    "horizontalRule": lambda node: "---", "hardBreak": lambda node: "",
}  # fmt: skip
