"""Who did what, in words. The log holds names of actions and ids; the rooms say in AppConfig.ready what they mean:

    trail.say({"schools.term.closed": _("closed a term")})
    trail.know_students(names=names_of, matching=ids_matching)

`names(ids)` answers id -> name for the ids of one page; `matching(school, words)` the ids of students whose names or
number fit. This room lies below the one that knows students.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.models import Event
from schools.roles import Role

# What of an event's details is said. Ids of other rows are left out, since nobody can read them.
DETAILS = {
    "name": _("name"), "role": _("role"), "grade": _("grade"), "code": _("code"), "starts_on": _("from"),
    "on": _("from"), "ends_on": _("until"), "date": _("day"), "rights": _("rights"), "kind": _("kind"),
    "level": _("level"), "way": _("way"), "fields": _("changed"), "reason": _("reason"), "day": _("day"),
}  # fmt: skip

_words: dict[str, str] = {}
_students: list[tuple[Callable, Callable]] = []


@dataclass
class Line:
    event: Event
    words: str
    student: str
    person: str
    details: list[tuple[str, str]]


def say(words: dict[str, str]) -> None:
    _words.update(words)


def know_students(*, names: Callable, matching: Callable) -> None:
    _students[:] = [(names, matching)]


def is_said(action: str) -> bool:
    return action in _words


def students_matching(school, words: str):
    return _students[0][1](school, words) if _students else []


def lines(events) -> list[Line]:
    """The events of one page as it shows them: two queries for the names, however many there are."""
    events = list(events)
    students = _names_of_students({event.student_id for event in events if event.student_id})
    ids = {event.details.get("user") for event in events}
    people = {user.pk: user.name for user in User.objects.filter(pk__in=[pk for pk in ids if isinstance(pk, int)])}
    return [
        Line(
            event,
            str(_words.get(event.action, event.action.replace(".", " ").replace("_", " "))),
            students.get(event.student_id, ""),
            people.get(event.details.get("user"), ""),
            [(str(words), _said(key, event.details[key])) for key, words in DETAILS.items() if event.details.get(key)],
        )
        for event in events
    ]


def _names_of_students(ids) -> dict[int, str]:
    return _students[0][0](ids) if _students and ids else {}


def _said(key, value) -> str:
    if key == "role" and value in Role.values:
        return str(Role(value).label)
    if isinstance(value, list):
        return ", ".join(str(part).replace("_", " ") for part in value)
    return str(value)
