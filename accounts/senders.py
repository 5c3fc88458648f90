"""In whose name people are invited: the room that knows schools lies above this one, and registers how to find one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Sender:
    """A school as a letter names it."""

    name: str = "Throughline"
    place: str = ""
    phone: str = ""
    language: str = settings.LANGUAGE_CODE

    @property
    def line(self) -> str:
        return ", ".join(part for part in (self.name, self.place) if part)


_finders: list[Callable] = []


def register(find: Callable[[int], dict | None]) -> None:
    """`find(school_id)` returns the fields of a Sender, or None."""
    _finders[:] = [find]


def sender_of(school_id: int | None) -> Sender:
    found = _finders[0](school_id) if _finders and school_id else None
    return Sender(**found) if found else Sender()


def language_for(user, sender: Sender) -> str:
    """The language to write to somebody in: their own, else their school's."""
    return user.language or sender.language
