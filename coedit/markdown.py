"""The small Markdown of the plain form. What people write there becomes nodes, and nodes become what they see there.

A line break stays a line break. HTML, pictures and indented code are just words. `to_markdown` is stable: reading
its answer and writing it again gives the same, which is how the form knows the blocks that nobody touched.
"""

import re
from itertools import groupby

from markdown_it import MarkdownIt

from coedit.render import heading_level, is_checked, whole
from coedit.schema import safe_href
from coedit.tree import Node, Words

_parser = (
    MarkdownIt("commonmark", {"html": False})
    .enable(["table", "strikethrough"])
    .disable(["code", "lheading", "reference", "html_block", "html_inline", "image", "entity", "autolink"])
)
_OPENING = {"strong": "bold", "em": "italic", "s": "strike", "link": "link"}
_CONTAINERS = {
    "bullet_list": "bulletList", "ordered_list": "orderedList", "list_item": "listItem", "blockquote": "blockquote",
    "table": "table", "tr": "tableRow", "th": "tableHeader", "td": "tableCell", "paragraph": "paragraph",
    "heading": "heading",
}  # fmt: skip
_IS_BOX = "box"
_BOX = re.compile(r"\[([ xX])\](?: |$)")


def from_markdown(text: str) -> list[Node]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    root = Node("doc")
    stack = [root]
    for token in _parser.parse(text):
        _take(token, stack)
    return root.children


def _is_first_in_item(stack) -> bool:
    return len(stack) > 2 and stack[-2].tag == "listItem" and stack[-2].children[0] is stack[-1]


def _take(token, stack):
    kind = token.type.removesuffix("_open").removesuffix("_close")
    if token.type == "inline":
        stack[-1].children += _inline(token.children)
        # Seen in the source, where a bracket that is only meant as a bracket has a sign before it.
        if (box := _BOX.match(token.content)) and _is_first_in_item(stack):
            stack[-1].attrs[_IS_BOX] = box
    elif token.type in ("fence", "code_block"):
        words = token.content.removesuffix("\n")
        stack[-1].children.append(Node("codeBlock", {}, [Words([(words, {})])] if words else []))
    elif token.type == "hr":
        stack[-1].children.append(Node("horizontalRule"))
    elif kind in _CONTAINERS and token.nesting == 1:
        node = Node(_CONTAINERS[kind], _attributes(token, kind))
        stack[-1].children.append(node)
        stack.append(node)
    elif kind in _CONTAINERS and token.nesting == -1:
        _finish(stack.pop())


def _attributes(token, kind):
    if kind == "heading":
        return {"level": min(int(token.tag[1]), 3)}
    if kind == "ordered_list" and (start := token.attrGet("start")):
        return {"start": start}
    return {}


def _finish(node):
    if node.tag in ("tableHeader", "tableCell"):
        node.children = [Node("paragraph", {}, node.children)]
    elif node.tag == "listItem" and not node.children:
        node.children = [Node("paragraph")]
    elif node.tag in ("bulletList", "orderedList"):
        boxes = [item.children[0].attrs.pop(_IS_BOX, None) for item in node.children]
        if node.tag == "bulletList" and all(boxes):
            node.tag = "taskList"
            for item, box in zip(node.children, boxes, strict=True):
                _make_task(item, box)


def _make_task(item, box):
    words = item.children[0].children[0]
    text, marks = words.runs.pop(0)
    if left := text[box.end() :]:
        words.runs.insert(0, (left, marks))
    if not words.runs:
        item.children[0].children.pop(0)
    item.tag, item.attrs = "taskItem", {"checked": box[1] != " "}


def _inline(tokens) -> list:
    found: list = []
    marks: dict = {}
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in _OPENING:
            _mark(marks, _OPENING[kind], token)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(Node("hardBreak"))
        elif token.content:
            _add(found, token.content, marks | ({"code": {}} if token.type == "code_inline" else {}))
    return found


def _mark(marks, name, token):
    if token.nesting == -1:
        marks.pop(name, None)
    elif name != "link":
        marks[name] = {}
    elif href := safe_href(token.attrGet("href")):
        marks[name] = {"href": href}


def _add(found, text, marks):
    if not found or not isinstance(found[-1], Words):
        found.append(Words([]))
    runs = found[-1].runs
    if runs and runs[-1][1] == marks:
        runs[-1] = (runs[-1][0] + text, marks)
    else:
        runs.append((text, dict(marks)))


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
        return _list(node, lambda _number: "*" if other_sign else "-")
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
        body = re.sub("^---", "___", body).replace("\n", "\n" + " " * len(head))
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
    parts = [_text(child.children) for child in cell.children if isinstance(child, Node) and child.holds_words]
    return " ".join(parts).replace("\n", " ").replace("|", "\\|").strip()


def _heading(node):
    words = _text(node.children).replace("\n", " ").strip()
    # A closing run of signs would be taken for the end of the heading.
    words = re.sub(r"(#+)$", r"\\\1", words)
    return f"{'#' * heading_level(node)} {words}" if words else ""


def _paragraph(node):
    lines = (line.strip() for line in _text(node.children).split("\n"))
    return "\n".join(_guard_start(line) for line in lines if line)


_WRITERS = {
    "paragraph": _paragraph, "heading": _heading, "blockquote": _quote, "codeBlock": _fence, "table": _table,
    "horizontalRule": lambda node: "---", "hardBreak": lambda node: "",
}  # fmt: skip

_SPECIAL = re.compile(r"[`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\\(?=[!-/:-@\[-`{-~]|$)")
_START = re.compile(r"(#{1,6}(?:\s|$)|[-+](?:\s|$)|>|\||(?:-\s*){3,}$|:?-+:?\s*(?:\||$))")
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(\s|$)")
_SIGNS = {"bold": "**", "italic": "*", "strike": "~~"}
_SAID = ("link", *_SIGNS, "code")


def _guard_start(line):
    """Keep a line that only looks like a list, a heading or a quotation from becoming one."""
    if _START.match(line):
        return "\\" + line
    return _NUMBER_START.sub(r"\1\\\2\3", line)


def _text(children) -> str:
    """The words with their marks; without, where Markdown could not say them (bold that ends inside a word)."""
    children = [_sayable(child) for child in children]
    marked = _line(children)
    if _seen(_inline(_parser.parseInline(marked)[0].children)) == _seen(children):
        return marked
    return _line([_bare(child) for child in children])


def _sayable(child):
    """Words with only those marks that Markdown has."""
    return (
        Words(_joined_runs((text, _said(marks)) for text, marks in child.runs)) if isinstance(child, Words) else child
    )


def _said(marks):
    href = safe_href(marks.get("link", {}).get("href"))
    unsaid = () if href and not set(href) & set("<>\\`") else ("link",)
    return {name: value for name, value in marks.items() if name in _SAID and name not in unsaid}


def _bare(child):
    return Words([(child.plain, {})]) if isinstance(child, Words) else child


def _joined_runs(runs):
    joined: list = []
    for text, marks in runs:
        if joined and joined[-1][1] == marks:
            joined[-1] = (joined[-1][0] + text, marks)
        else:
            joined.append((text, marks))
    return joined


def _line(children):
    return "".join("\n" if isinstance(child, Node) else _marked(child.runs, _SAID[:-1]) for child in children)


def _seen(children):
    """Every letter with its marks."""
    return [
        (letter, tuple(sorted(marks)))
        for child in children
        if isinstance(child, Words)
        for text, marks in child.runs
        for letter in text
        if not letter.isspace()
    ]


def _marked(runs, names) -> str:
    if not names:
        return "".join(_plain(text, marks) for text, marks in runs)
    name, *rest = names
    groups = groupby(runs, key=lambda run: run[1].get(name))
    return "".join(_wrap(name, value, _marked(list(group), rest)) for value, group in groups)


def _wrap(name, value, inner):
    """Signs stand against the words: spaces at the edges move out."""
    core = inner.strip()
    if value is None or not core:
        return inner
    before, after = inner[: inner.index(core)], inner[inner.index(core) + len(core) :]
    if name != "link":
        return f"{before}{_SIGNS[name]}{core}{_SIGNS[name]}{after}"
    href = safe_href(value.get("href"))
    return f"{before}[{core}]({f'<{href}>' if set(href) & set('()') else href}){after}"


def _plain(text, marks):
    text = re.sub(r"[\r\n]", " ", text)
    return _code(text) if "code" in marks and text.strip() else _SPECIAL.sub(r"\\\g<0>", text)


def _code(text):
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"
