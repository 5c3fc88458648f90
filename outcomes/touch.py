"""Whom somebody stays in touch with, and who of them waits to be asked how they are."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from common.prepared import Prepared
from outcomes.answers import OPEN_FOR, quiet_since
from outcomes.consents import consents_of
from outcomes.known import put_last_words
from outcomes.models import ContactConsent, Destination, Leaver, Survey
from schools.roles import Role
from students.models import TeamMember

# Who has somebody to ask by their place on a team; leads see the whole school on the page of its leavers.
ROLES = (Role.ALUMNI_CONTACT, Role.ADVISER, Role.COVER)


@dataclass
class Line:
    """Somebody who has left, as one of their contacts sees them on that day. The leaver comes from `_leavers`."""

    leaver: Leaver
    day: datetime.date
    # Of the page alone, which says how to reach them.
    consent: ContactConsent | None = None

    @property
    def may_be_asked(self) -> bool:
        return self.leaver.is_asked and self.leaver.may_ask is not False

    @property
    def known_until(self) -> datetime.date:
        """The day of the last word, or the last at school."""
        return max(self.leaver.said_on or self.leaver.last_day, self.leaver.last_day)

    @property
    def is_due(self) -> bool:
        """A survey waits for an answer, and nobody has said anything since its day."""
        return self.leaver.due_on is not None and self.known_until < self.leaver.due_on

    @property
    def is_quiet(self) -> bool:
        return self.known_until <= quiet_since(self.day)

    @property
    def waits(self) -> bool:
        return self.may_be_asked and (self.is_due or self.is_quiet)


def teams_of(user) -> list[TeamMember]:
    """The team rows of today by which somebody stays in touch, each on its school's own day."""
    rows = TeamMember.objects.filter(user=user, role__in=ROLES).select_related("student__school")
    return [row for row in rows if row.holds(row.student.school.today())]


def _latest(rows, order: str, value: str) -> Subquery:
    return Subquery(rows.filter(student=OuterRef("student")).order_by(order, "-pk").values(value)[:1])


def _read(students, day, since):
    said, open_ones = Destination.objects.standing(), Survey.objects.filter(leaver=OuterRef("pk"))
    open_ones = open_ones.filter(answered_at__isnull=True, due_on__lte=day, due_on__gt=since)
    return (
        Leaver.objects.standing().filter(student__in=students, left_on__lte=day)
        .annotate(
            last_id=_latest(said, "-said_on", "pk"), said_on=_latest(said, "-said_on", "said_on"),
            may_ask=_latest(ContactConsent.objects, "-at", "may_ask"),
            survey_id=_latest(open_ones, "-due_on", "pk"), due_on=_latest(open_ones, "-due_on", "due_on"),
            months=_latest(open_ones, "-due_on", "months"),
        )
        .select_related("student__user")
    )  # fmt: skip


_leavers = Prepared(_read)


def lines(teams) -> list[Line]:
    """Those of these teams' students who have left, who waits the longest first. One query for each day that it is at
    their schools."""
    students = defaultdict(set)
    for row in teams:
        students[row.student.school.today()].add(row.student_id)
    found = [
        Line(leaver, day)
        for day, ids in students.items() for leaver in _leavers(students=sorted(ids), day=day, since=day - OPEN_FOR)
    ]  # fmt: skip
    return sorted(found, key=lambda line: (not line.waits, line.known_until, line.leaver.student.user.search_name))


def with_words(found: list[Line]) -> list[Line]:
    """Put what was said last beside each, and how to reach them: two queries."""
    put_last_words([line.leaver for line in found])
    consents = consents_of([line.leaver.student_id for line in found])
    for line in found:
        line.consent = consents.get(line.leaver.student_id)
    return found
