"""Attendance against the plan's own target, and one-to-ones."""

import datetime
import re
from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from advisories.models import OneToOne
from outcomes.figure import Amount, As, Figure, Said, Stage
from outcomes.here.facts import Facts
from plans.models import Section
from schools.models import AttendanceCode
from students.models import AttendanceMark

TOPIC = _("Being here")
Counts = AttendanceCode.Counts
PRESENT = (Counts.PRESENT, Counts.LATE, Counts.ELSEWHERE)
# The section of a plan that says what attendance shall be (plans/defaults.py).
SECTION = "attendance_target"
PERCENT = r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|per ?cent\b|por ?ciento\b)"
AIMS = r"\b(target|goal|aim|objetivo|meta)\b"


def percent_in(text: str) -> float | None:
    """The target that somebody wrote in words: the only percentage there is, or the only one in sentences that say
    "target". Where it could be one of two, it is none: nothing is guessed."""
    sentences = re.split(r"(?<=[.!?;])\s+|\n+", text)
    aimed = [one for one in sentences if re.search(AIMS, one, re.IGNORECASE)]
    for some in (sentences, aimed):
        found = {float(one.replace(",", ".")) for part in some for one in re.findall(PERCENT, part, re.IGNORECASE)}
        if len(found) == 1 and 0 < (only := found.pop()) <= 100:
            return only
    return None


class Sessions(NamedTuple):
    present: int
    required: int

    def reaches(self, percent: float) -> bool:
        return 100 * self.present >= percent * self.required


def sessions(facts: Facts) -> dict[int, Sessions]:
    """Of the sessions that were marked, by the last word on each (students/marks.py), those in which one had to be
    somewhere."""
    rows = AttendanceMark.objects.current().filter(student__in=facts.ids, date__range=(facts.first, facts.day))
    names = ("student", "date", "session", "code__counts")
    last = {(pk, date, session): counts for pk, date, session, counts in rows.order_by("pk").values_list(*names)}
    present, required = dict.fromkeys(facts.ids, 0), dict.fromkeys(facts.ids, 0)
    for (pk, _date, _session), counts in last.items():
        present[pk] += counts in PRESENT
        required[pk] += counts != Counts.NOT_REQUIRED
    return {pk: Sessions(present[pk], number) for pk, number in required.items() if number}


def targets(facts: Facts) -> dict[int, float]:
    """By student, as the signed plan of the term says; who has no such section, or no one number in it, is not here."""
    rows = Section.objects.filter(
        key=SECTION, plan__term=facts.term, plan__in_force__isnull=False, plan__student__in=facts.ids
    )
    found = {pk: percent_in(text) for pk, text in rows.order_by().values_list("plan__student", "text__plain")}
    return {pk: percent for pk, percent in found.items() if percent is not None}


def _attendance(facts: Facts) -> dict[int, Said]:
    target = facts.ask(targets)
    if not target:
        # Where no plan names one, as in schools whose template does not ask for it, there is nothing to be reached.
        return {}
    return {
        pk: Said(one.reaches(target[pk]) if pk in target else None, one.present, one.required)
        for pk, one in facts.ask(sessions).items()
    }


class Talked(NamedTuple):
    """`days` since the last one-to-one, or since the student's own start where there was none since. `is_met` is None
    for somebody whom nobody had to meet yet, whether somebody did or not."""

    days: int
    is_met: bool | None
    was_met: bool


def talks(facts: Facts) -> dict[int, Talked]:
    """Of students who are here."""
    rows = OneToOne.objects.filter(student__in=facts.here, held_on__lte=facts.day).order_by()
    last = dict(rows.values_list("student").annotate(last=Max("held_on")))
    return {pk: _talked(facts, pk, last.get(pk)) for pk in facts.here}


def _talked(facts, pk, held_on: datetime.date | None) -> Talked:
    limit, start = facts.school.one_to_one_days, facts.stays[pk].starts_on
    was_met = held_on is not None and held_on >= start
    days = (facts.day - (held_on if was_met else start)).days
    is_due = (facts.day - facts.began(pk)).days > limit
    return Talked(days, was_met and days <= limit if is_due else None, was_met)


def _one_to_one(facts: Facts) -> dict[int, Said]:
    found = facts.ask(talks)
    return {pk: Said(one.is_met, one.days, 1) for pk, one in found.items() if one.is_met is not None}


FIGURES = [
    Figure(
        "attendance", Stage.HERE, TOPIC, _("Attendance as the plan sets it"),
        _("Of the sessions of the term that were marked, the student was in (present, late, or attending elsewhere, as "
          "at the internship) in at least the share that the section “Attendance target” of the signed plan names. "
          "Sessions that were not required are left out, and the last word on a session counts. The target is the one "
          "percentage in that section, or the one in its sentences that say “target”. Without one it is not known "
          "whether it was reached; the sessions count in the share beside all the same."),
        _("Attendance marks, and the plan's section “Attendance target”"),
        _("Everybody of whom at least one required session was marked in the term so far. Where no plan of the term "
          "names a target, there is no such figure."),
        _attendance, amount=Amount(_("sessions present, of sessions required"), As.SHARE),
    ),
    Figure(
        "one_to_one", Stage.HERE, TOPIC, _("Met one-to-one"),
        _("Somebody held a one-to-one with the student within the days that the school sets (14, unless it chose "
          "others), up to the day of the table (of a term that is over, its last day)."),
        _("One-to-ones"),
        _("Students who are enrolled on that day; those who have just started, or come back at the start of a term, "
          "are among them once these days are over."),
        _one_to_one, amount=Amount(_("days since, or since the student started"), As.MEAN),
    ),
]  # fmt: skip
