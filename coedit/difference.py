"""What differs between two versions of a text: one tree in which words are marked as added or removed."""

from coedit.pairing import kind_of, pairs
from coedit.render import to_html
from coedit.tree import Node, Words, key
from coedit.words import differences

ADDED, REMOVED = "added", "removed"


def difference_html(old: list[Node], new: list[Node]) -> str:
    return to_html(difference(old, new))


def difference(old: list, new: list) -> list:
    """The new version with what it lacks of the old one in its place."""
    return [node for before, after in pairs(old, new) for node in _one(before, after)]


def _one(before, after):
    if before is None or after is None:
        return [_marked(after or before, ADDED if before is None else REMOVED)]
    if key(before) == key(after):
        return [after]
    if isinstance(before, Words) and isinstance(after, Words):
        return [_words(before, after)]
    if kind_of(before) != kind_of(after) or before.attrs != after.attrs:
        return [_marked(before, REMOVED), _marked(after, ADDED)]
    return [Node(after.tag, after.attrs, difference(before.children, after.children))]


def _marked(node, mark):
    if isinstance(node, Words):
        return Words([(text, marks | {mark: {}}) for text, marks in node.runs])
    return Node(node.tag, node.attrs, [_marked(child, mark) for child in node.children])


def _words(before, after):
    runs = []
    for kind, i1, i2, j1, j2 in differences(before.plain, after.plain):
        if kind == "equal":
            runs += _cut(after, j1, j2)
            continue
        runs += [(text, marks | {REMOVED: {}}) for text, marks in _cut(before, i1, i2)]
        runs += [(text, marks | {ADDED: {}}) for text, marks in _cut(after, j1, j2)]
    return Words(runs)


def _cut(words, start, end):
    """The runs of letters `start` to `end`."""
    at = 0
    for text, marks in words.runs:
        if piece := text[max(start - at, 0) : max(end - at, 0)]:
            yield piece, marks
        at += len(text)
