"""What will come of a row: a verdict, what it says in words, and the steps that do exactly that."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from rosters.tables.facts import Facts
from schools.models import School
from students.models import Student


class Verdict(models.TextChoices):
    WRONG = "wrong", _("to put right")
    NEW = "new", _("new")
    BACK = "back", _("comes back")
    CHANGES = "changes", _("changes")
    SAME = "same", _("already here")
    LEFT_OUT = "left_out", _("left out")


TONES = {
    Verdict.WRONG: "bad", Verdict.NEW: "ok", Verdict.BACK: "warn", Verdict.CHANGES: "info", Verdict.SAME: "quiet",
    Verdict.LEFT_OUT: "quiet",
}  # fmt: skip


@dataclass
class Work:
    """A row being written: by whom, where, and the person that its first step found or made."""

    school: School
    by: User
    student: Student | None = None
    user: User | None = None


@dataclass(frozen=True)
class Step:
    """A sentence of the preview, and the act that makes it true."""

    words: str
    act: Callable[[Work], None]


@dataclass
class Outcome:
    facts: Facts
    verdict: str = Verdict.SAME
    name: str = ""
    steps: list[Step] = field(default_factory=list)
    # Finds the person of a row that is not new, before its steps.
    begin: Callable[[Work], None] | None = None

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    @property
    def does_something(self) -> bool:
        return self.verdict in (Verdict.NEW, Verdict.BACK, Verdict.CHANGES)

    def add(self, words: str, act: Callable[[Work], None]) -> None:
        self.steps.append(Step(words, act))
