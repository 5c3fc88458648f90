"""Names in comments: "@Mo" and "@Ada Lindqvist" of people whom the writer may know. Pure functions."""

import re
from collections.abc import Callable, Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# An @ inside a word is an e-mail address.
_AT = re.compile(r"(?<![\w.])@(?=\w)")


def mentioned(words: str, people: Iterable) -> list:
    """The people whom `words` name, each once, in the order of the words. The longest name that fits is meant."""
    by_name = _names(people)
    found: dict[int, object] = {}
    for at in _AT.finditer(words):
        if match := _match(words, at.end(), by_name):
            found.setdefault(match[1].pk, match[1])
    return list(found.values())


def _names(people) -> list[tuple[str, object]]:
    """Full and first names with whom they mean, the longest first; a name that two share means nobody."""
    meant: dict[str, dict] = {}
    for person in people:
        for name in {person.name, person.full_name, person.called}:
            meant.setdefault(name, {})[person.pk] = person
    clear = [(name, next(iter(found.values()))) for name, found in meant.items() if len(found) == 1]
    return sorted(clear, key=lambda pair: -len(pair[0]))


def _match(words, at, by_name):
    for name, person in by_name:
        end = at + len(name)
        if words[at:end].casefold() == name.casefold() and not words[end : end + 1].isalnum():
            return words[at:end], person
    return None


def shown(words: str, people: Iterable, name_of: Callable) -> SafeString:
    """The words as HTML, mentions marked; each under the name by which the reader may know the person."""
    by_name = _names(people)
    parts, at = [], 0
    for sign in _AT.finditer(words):
        if sign.start() < at or not (match := _match(words, sign.end(), by_name)):
            continue
        said, person = match
        parts.append(escape(words[at : sign.start()]))
        known = said if name_of(person) == person.name else name_of(person)
        parts.append(format_html('<span class="mention">@{}</span>', known))
        at = sign.end() + len(said)
    parts.append(escape(words[at:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 (every part is escaped)
