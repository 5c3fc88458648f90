"""From Markdown to nodes."""

import re

from markdown_it import MarkdownIt

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


def read_inline(text: str) -> list:
    """The words of one line."""
    return _inline(_parser.parseInline(text)[0].children)


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
