"""Edits a stretch of shared words so that it says something else, touching only what differs."""

import re
from difflib import SequenceMatcher
from itertools import groupby

from pycrdt import XmlText

from coedit.tree import Words

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def edit_words(base: Words, seen: Words, wanted: Words) -> None:
    """Turn `base` into `wanted`; marks change only where `wanted` differs from what its writer had `seen`."""
    text, letters = base.source, base.plain
    at = _byte_offsets(letters)
    before = _marks_of(seen if seen.plain == letters else base)
    after = _marks_of(wanted)
    # From the end, so that what is done moves nothing that is still to do.
    for kind, i1, i2, j1, j2 in reversed(differences(letters, wanted.plain)):
        if kind == "equal":
            _format(text, at[i1 : i2 + 1], before[i1:i2], after[j1:j2])
            continue
        if i2 > i1:
            del text[at[i1] : at[i2]]
        _insert(text, at[i1], wanted.plain[j1:j2], after[j1:j2])


def _byte_offsets(letters) -> list[int]:
    """Where each letter starts in pycrdt's count, which is bytes of UTF-8."""
    offsets = [0]
    for letter in letters:
        offsets.append(offsets[-1] + len(letter.encode()))
    return offsets


def _marks_of(words) -> list[dict]:
    return [marks for text, marks in words.runs for _letter in text]


def differences(old: str, new: str) -> list[tuple]:
    """Differences by words, as positions of letters."""
    olds, news = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [_starts(olds), _starts(news)]
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    return [
        (kind, starts[0][i1], starts[0][i2], starts[1][j1], starts[1][j2])
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


def _starts(tokens):
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _format(text: XmlText, at, before, after):
    for start, end, changes in _changes(before, after):
        if changes:
            text.format(at[start], at[end], changes)


def _changes(before, after):
    """Stretches of letters, each with the marks to set (or None, to take away)."""
    start = 0
    changes = [
        {name: new.get(name) for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        for old, new in zip(before, after, strict=True)
    ]
    for change, stretch in groupby(changes):
        end = start + len(list(stretch))
        yield start, end, change
        start = end


def _insert(text: XmlText, at: int, letters: str, marks):
    start = 0
    for mark, stretch in groupby(marks):
        chunk = letters[start : start + len(list(stretch))]
        text.insert(at, chunk, mark or None)
        at += len(chunk.encode())
        start += len(chunk)
