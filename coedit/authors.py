"""Who wrote which letter of a text as it stands, exactly, from the ids of the letters.

pycrdt does not tell a letter's id. So the document's bytes are copied with every letter replaced by a sign that
stands for its writer; Yjs puts the signs into the letters' order, and the two are read side by side.
"""

from coedit.document import Document
from coedit.models import Client
from coedit.ranges import read_update
from coedit.tree import Words, new_doc, read_tree
from coedit.wire import var_string

# Private letters of Unicode, one UTF-16 unit each like most of what they stand for.
_FIRST_SIGN, _MOST_SIGNS = 0xE000, 6400


def letter_authors(text_id, document: Document) -> list[int | None]:
    """The user id of whoever wrote each letter, in reading order."""
    data = document.difference()
    strings: list = []
    read_update(data, strings)
    users = dict(Client.objects.filter(text_id=text_id).values_list("client_id", "user_id"))
    signs = {user: index for index, user in enumerate(dict.fromkeys(users.values())) if index < _MOST_SIGNS}
    doc = new_doc()
    doc.apply_update(_signed(data, strings, users, signs))
    by_sign = {chr(_FIRST_SIGN + index): user for user, index in signs.items()}
    units = [by_sign.get(sign) for stretch in stretches(read_tree(doc)) for sign in stretch.plain]
    return list(_letters(document, units))


def _signed(data, strings, users, signs):
    parts, at = [], 0
    for client, start, end, length in strings:
        sign = chr(_FIRST_SIGN + signs[users[client]]) if users.get(client) in signs else " "
        parts += [data[at:start], var_string(sign * length)]
        at = end
    return b"".join([*parts, data[at:]])


def _letters(document, units):
    """From UTF-16 units, in which Yjs counts, to letters."""
    at = 0
    for stretch in stretches(document.tree()):
        for letter in stretch.plain:
            yield units[at] if at < len(units) else None
            at += 2 if ord(letter) > 0xFFFF else 1


def stretches(nodes):
    """All words of a tree, in reading order."""
    for node in nodes:
        if isinstance(node, Words):
            yield node
        else:
            yield from stretches(node.children)


def mark_authors(nodes: list, authors: list[int | None], shown: dict) -> None:
    """Put each author's name on their letters; letters marked as removed are not among `authors`.

    `shown` maps a user id to what is said of them: {"name": ..., "number": ...}.
    """
    remaining = iter(authors)
    for words in stretches(nodes):
        words.runs = [run for text, marks in words.runs for run in _by_author(text, marks, remaining, shown)]


def _by_author(text, marks, remaining, shown):
    if "removed" in marks:
        return [(text, marks)]
    runs: list = []
    for letter in text:
        said = shown.get(next(remaining, None))
        if runs and runs[-1][1].get("by") == said:
            runs[-1] = (runs[-1][0] + letter, runs[-1][1])
        else:
            runs.append((letter, marks | {"by": said} if said else dict(marks)))
    return runs
