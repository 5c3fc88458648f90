"""Why somebody is on a team, in words. A team row names its cause ("advisory:3"); the room that made it describes it.

    causes.describe("advisory", names_of_advisories)        # in AppConfig.ready

The describer gets every key that a page shows at once ({"3", "4"}) and answers key -> words, so that a team of
any size costs one query for each kind of cause.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from students.models import Guardianship

Describer = Callable[[set[str]], dict[str, str]]
_describers: dict[str, Describer] = {}


def describe(kind: str, describer: Describer) -> None:
    _describers[kind] = describer


def in_words(causes: Iterable[str]) -> dict[str, str]:
    """Each cause with its words; one that nobody describes has none."""
    keys = defaultdict(set)
    for cause in causes:
        kind, _colon, key = cause.partition(":")
        keys[kind].add(key)
    words = {}
    for kind, wanted in keys.items():
        found = _describers[kind](wanted) if kind in _describers else {}
        words |= {f"{kind}:{key}": str(text) for key, text in found.items()}
    return words


def guardians(keys: set[str]) -> dict[str, str]:
    rows = Guardianship.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {str(row.pk): row.get_relation_display() for row in rows}


def students(keys: set[str]) -> dict[str, str]:
    return {key: _("this team is theirs") for key in keys}


def colleagues(keys: set[str]) -> dict[str, str]:
    return {key: _("put on the team by the school") for key in keys}
