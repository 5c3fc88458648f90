"""How organisations and mentors stand with the papers that a school asks for: the last of each kind, and what lacks."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from mentors.models import Clearance, Mentor, Organisation
from schools.models import School

TONES = {
    Clearance.State.HOLDS: "ok", Clearance.State.RUNS_OUT: "warn", Clearance.State.EXPIRED: "bad",
    Clearance.State.MISSING: "quiet",
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One kind of clearance of one organisation or mentor on one day; `last` is None where nobody has seen it."""

    kind: str
    day: datetime.date
    last: Clearance | None

    @property
    def label(self) -> str:
        return str(Clearance.Kind(self.kind).label)

    @property
    def state(self) -> str:
        return self.last.state(self.day) if self.last else Clearance.State.MISSING

    @property
    def words(self) -> str:
        return str(Clearance.State(self.state).label)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it holds."""
        return self.last.expires_on - datetime.timedelta(days=1) if self.last and self.last.expires_on else None


def of_organisation(organisation: Organisation, day: datetime.date) -> list[Paper]:
    """Those of the place, also of the rows that were merged into it."""
    seen = Clearance.objects.latest().filter(organisation__in=organisation.all_its_rows())
    return _papers(Clearance.OF_ORGANISATIONS, seen, day)


def of_mentor(user: User, school: School, day: datetime.date) -> list[Paper]:
    return _papers(Clearance.OF_MENTORS, Clearance.objects.latest().filter(user=user, school=school), day)


def _papers(kinds, clearances, day) -> list[Paper]:
    first: dict[str, Clearance] = {}
    for clearance in clearances.select_related("verified_by"):
        first.setdefault(clearance.kind, clearance)
    return [Paper(kind, day, first.get(kind)) for kind in kinds]


@dataclass(frozen=True)
class Due:
    """A paper that has run out or will soon, with whose it is."""

    paper: Paper
    organisation: Organisation | None
    mentor: Mentor | None


def due(school: School, day: datetime.date) -> list[Due]:
    """What of the school's organisations and mentors of today runs out soon or has, the first to go first."""
    here = {mentor.user_id: mentor for mentor in Mentor.objects.on(day).filter(school=school).select_related("user")}
    seen = Clearance.objects.latest().filter(Q(user__isnull=True) | Q(user__in=here), school=school)
    last: dict[tuple, Clearance] = {}
    for clearance in seen.select_related("organisation__merged_into", "verified_by"):
        place = clearance.organisation.current.pk if clearance.organisation else None
        last.setdefault((clearance.kind, place, clearance.user_id), clearance)
    found = [
        Due(Paper(one.kind, day, one), one.organisation.current if one.organisation else None, here.get(one.user_id))
        for one in last.values()
    ]
    late = [one for one in found if one.paper.state in (Clearance.State.RUNS_OUT, Clearance.State.EXPIRED)]
    return sorted(late, key=lambda one: one.paper.last.expires_on)
