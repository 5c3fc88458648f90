"""A shared text as HTML and as plain words. Only what the schema names comes out, and every word is escaped."""

from django.utils.html import escape

from coedit.schema import safe_href
from coedit.tree import Node, Words

BLOCKS = {
    "paragraph": "p", "bulletList": "ul", "orderedList": "ol", "listItem": "li", "blockquote": "blockquote",
    "tableRow": "tr", "tableHeader": "th", "tableCell": "td",
}  # fmt: skip
# Outermost first, so that the same words always come out the same way. The first three are no marks of the schema:
# they are put on words to show a history.
MARKS = {
    "by": "span", "added": "ins", "removed": "del", "link": "a", "bold": "strong", "italic": "em", "underline": "u",
    "strike": "s", "code": "code",
}  # fmt: skip
BOXES = {True: "☑", False: "☐"}


def to_html(blocks: list[Node]) -> str:
    return _storable("".join(map(_html, blocks)))


def _html(node) -> str:
    if isinstance(node, Words):
        return "".join(_run(text, marks) for text, marks in node.runs)
    if node.tag in OWN:
        return OWN[node.tag](node)
    tag = BLOCKS[node.tag]
    return f"<{tag}{_span(node)}>{_inside(node)}</{tag}>"


def _inside(node) -> str:
    return "".join(map(_html, node.children))


def _run(text, marks) -> str:
    out = escape(text)
    for name in reversed(MARKS):
        if name in marks:
            out = _WITH_ATTRIBUTES.get(name, _simple)(name, marks[name], out)
    return out


def _simple(name, _attributes, inside):
    return f"<{MARKS[name]}>{inside}</{MARKS[name]}>"


def _link(_name, attributes, inside):
    href = safe_href(attributes.get("href"))
    return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">{inside}</a>' if href else inside


def _by(_name, attributes, inside):
    return f'<span class="by by--{attributes["number"]}" title="{escape(attributes["name"])}">{inside}</span>'


_WITH_ATTRIBUTES = {"link": _link, "by": _by}


def _heading(node) -> str:
    # A text stands below a page's own h1 and h2.
    tag = f"h{heading_level(node) + 2}"
    return f"<{tag}>{_inside(node)}</{tag}>"


def heading_level(node) -> int:
    return whole(node.attrs.get("level"), 1, 3) or 1


def whole(value, least: int, most: int) -> int | None:
    """An attribute as a whole number (JavaScript writes floats), or None outside the bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        return None
    return int(value)


def is_checked(node) -> bool:
    return node.attrs.get("checked") is True


def _ordered(node) -> str:
    start = whole(node.attrs.get("start"), 2, 10**6)
    return f"<ol{f' start={chr(34)}{start}{chr(34)}' if start else ''}>{_inside(node)}</ol>"


def _tasks(node) -> str:
    return f'<ul data-type="taskList">{_inside(node)}</ul>'


def _task(node) -> str:
    done = is_checked(node)
    return (
        f'<li data-type="taskItem" data-checked="{str(done).lower()}"><span class="box">{BOXES[done]}</span>'
        f"<div>{_inside(node)}</div></li>"
    )


def _span(node) -> str:
    spans = ((name, whole(node.attrs.get(name), 2, 100)) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{number}"' for name, number in spans if number)


OWN = {
    "heading": _heading,
    "orderedList": _ordered,
    "taskList": _tasks,
    "taskItem": _task,
    "codeBlock": lambda node: f"<pre><code>{escape(node.plain)}</code></pre>",
    "horizontalRule": lambda node: "<hr>",
    "hardBreak": lambda node: "<br>",
    "table": lambda node: f'<div class="table-wrap"><table>{_inside(node)}</table></div>',
}


def to_plain(blocks: list[Node]) -> str:
    """The words alone, a line for each block: for searching, for excerpts."""
    lines = (line.rstrip() for block in blocks for line in _lines(block))
    return _storable("\n".join(line for line in lines if line))


def _storable(words) -> str:
    # PostgreSQL keeps no text with this in it.
    return words.replace("\0", "")


def _lines(node):
    if isinstance(node, Words) or node.holds_words or node.tag == "hardBreak":
        yield node.plain
    elif node.tag == "tableRow":
        yield " | ".join(" ".join(_lines_of(cell)) for cell in node.children)
    elif node.tag == "taskItem":
        yield f"{BOXES[is_checked(node)]} {' '.join(_lines_of(node))}"
    else:
        yield from _lines_of(node)


def _lines_of(node):
    return [line for child in node.children for line in _lines(child)]
