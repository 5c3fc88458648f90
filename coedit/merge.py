"""Merges a text that somebody wrote apart (the plain form, a restored version) into a shared one: as an edit of the
version that they started from, so that the document joins it with what others did meanwhile."""

import random
from dataclasses import dataclass

from coedit.document import Document
from coedit.pairing import kind_of, pairs
from coedit.tree import Node, Words, insert, key, new_doc, read_tree, root_of
from coedit.words import edit_words

_NUMBER = "merge"
_SEVERAL = "several"
# Numbers that both Yjs and pycrdt read.
_MOST_CLIENTS = 2**31


@dataclass(frozen=True)
class _Fate:
    """What others did meanwhile to a node of the version that was started from."""

    is_gone: bool
    is_changed: bool


_UNTOUCHED = _Fate(False, False)


def merge(base: Document, current: Document, seen: list, wanted: list[Node]) -> bytes:
    """An update that turns the `base` version into `wanted`, sparing what `current` has that the writer never saw.

    `seen` holds, for each block of the base, what its writer saw of it: a list of nodes, since Markdown may show
    one as none.
    """
    doc = new_doc(client_id=random.randrange(1, _MOST_CLIENTS))  # noqa: S311 (not a secret)
    doc.apply_update(base.difference())
    before = doc.get_state()
    blocks = read_tree(doc)
    fates = dict(zip(map(id, _walk(blocks)), _fates(base, current), strict=True))
    with doc.transaction():
        _merge_children(root_of(doc), blocks, seen, wanted, fates)
    return doc.get_update(before)


def _fates(base, current) -> list[_Fate]:
    """Number the base's nodes in a scratch copy, let the others' updates happen to it, see what became of each."""
    scratch = new_doc()
    scratch.apply_update(base.difference())
    nodes = list(_walk(read_tree(scratch)))
    with scratch.transaction():
        for number, node in enumerate(nodes):
            node.source.attributes[_NUMBER] = number
    scratch.apply_update(current.difference(base.doc.get_state()))
    found = {}
    for node in _walk(read_tree(scratch)):
        if _NUMBER in node.attrs:
            found[int(node.attrs.pop(_NUMBER))] = node
    return [_Fate(number not in found, number in found and found[number] != node) for number, node in enumerate(nodes)]


def _walk(nodes):
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from _walk(node.children)


def _merge_children(parent, base, seen, wanted, fates):
    """Edit the children of one document node. `base` are they, `seen[i]` is what the writer saw of `base[i]`."""
    shown = [
        (place, child, _as_one(group)) for place, (child, group) in enumerate(zip(base, seen, strict=True)) if group
    ]
    wanted = _collapse(wanted, [was for _place, _child, was in shown if isinstance(was, Node) and was.tag == _SEVERAL])
    # From the end, so that what is done moves no place that is still to do.
    for place, is_removed, added in reversed(list(_edits(shown, wanted, fates))):
        if is_removed:
            del parent.children[place]
        insert(parent, place, added)


def _edits(shown, wanted, fates):
    """(place, whether the child there goes, what comes in its place). Changes inside a child are made on the way."""
    following = 0
    for one, want in pairs(shown, wanted, of=lambda one: one[2]):
        place, child, was = one or (None, None, None)
        if child is None:
            yield following, False, [want]
            continue
        following = place + 1
        fate = fates.get(id(child), _UNTOUCHED)
        if want is None:
            if not fate.is_changed:
                yield place, True, []
        elif fate.is_gone and key(was) != key(want):
            # Others took away what the writer changed: the writer's words come back.
            yield following, False, [want]
        elif key(was) != key(want) and not _change(child, was, want, fates):
            if not fate.is_changed:
                yield place, True, []
            yield following, False, [want]


def _change(child, was, want, fates) -> bool:
    """Edit one child in place; False if it must be replaced."""
    if isinstance(child, Words) or isinstance(want, Words):
        if not isinstance(child, Words) or not isinstance(want, Words):
            return False
        edit_words(child, was, want)
        return True
    groups = _align(child.children, was.children) if child.tag == want.tag else None
    if groups is None or _would_lose_words(child, want, fates):
        return False
    for name in was.attrs.keys() | want.attrs.keys():
        if was.attrs.get(name) != want.attrs.get(name):
            _set(child.source, name, want.attrs.get(name))
    _merge_children(child.source, child.children, groups, want.children, fates)
    return True


def _would_lose_words(child, want, fates):
    """Stretches of words have no fate of their own: where others wrote in a paragraph, none of them is taken away."""
    fate = fates.get(id(child), _UNTOUCHED)
    return (
        child.holds_words
        and fate.is_changed
        and list(map(kind_of, child.children)) != list(map(kind_of, want.children))
    )


def _set(element, name, value):
    if value is None:
        del element.attributes[name]
    else:
        element.attributes[name] = value


def _as_one(group):
    return group[0] if len(group) == 1 else Node(_SEVERAL, {}, group)


def _collapse(wanted, several):
    """Where one block was seen as several, take those several as one again if they are all still there."""
    for one in several:
        keys = [key(child) for child in one.children]
        for start in range(len(wanted) - len(keys) + 1):
            if [key(node) for node in wanted[start : start + len(keys)]] == keys:
                wanted = [*wanted[:start], one, *wanted[start + len(keys) :]]
                break
    return wanted


def _align(children, seen) -> list[list] | None:
    """What was seen of each child: itself or nothing. None if what was seen cannot be told apart."""
    groups, left = [], list(seen)
    for child in children:
        groups.append([left.pop(0)] if left and _gist(left[0]) == _gist(child) else [])
    return None if left else groups


def _gist(node):
    return kind_of(node), "".join(node.plain.split())
