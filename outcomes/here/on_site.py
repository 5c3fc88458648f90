"""Internships: who is placed, days and hours on site, no-shows, and when the adviser last spoke with the mentor."""

import datetime
from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from internships.contact import REACHED
from mentors.models import OrganisationContact
from outcomes.figure import Amount, As, Figure, Said, Stage
from outcomes.here.expecting import Place, days, holds, minutes, placements
from outcomes.here.facts import DAY, Facts
from schools.roles import Role
from students.models import TeamMember

TOPIC = _("Internship")
# Of ten days or hours that are due, so many are enough.
ENOUGH = 9
LAST_WEEKS = datetime.timedelta(weeks=4)
ADVISES = (Role.ADVISER, Role.COVER)


def running(facts: Facts) -> list[Place]:
    """Placements that run on the cohort's day, of students who are here."""
    return _after(facts, facts.day)


def lately(facts: Facts) -> list[Place]:
    """Placements that run on the cohort's day, and of a term that is over on any day of its last weeks: internships end
    before the exhibitions do, and nobody would be placed on its last day."""
    return _after(facts, facts.day - LAST_WEEKS + DAY if facts.day == facts.cohort.last else facts.day)


def _after(facts, day) -> list[Place]:
    here = set(facts.here)
    found = (one for one in facts.ask(placements) if one.student in here)
    return [one for one in found if one.ends_on is None or one.ends_on > day]


def _placed(facts: Facts) -> dict[int, Said]:
    placed = {one.student for one in facts.ask(lately)}
    return {pk: Said(pk in placed) for pk in facts.here}


def _days_on_site(facts: Facts) -> dict[int, Said]:
    return {pk: _reached(one.attended, one.expected) for pk, one in facts.ask(days).items()}


def _reached(part, of) -> Said:
    return Said(10 * part >= ENOUGH * of, part, of)


def _hours_on_site(facts: Facts) -> dict[int, Said]:
    """In hours, of what is due of the target by now."""
    reached, found = facts.ask(minutes), {}
    for pk in {one.student for one in facts.ask(placements)}:
        due = _minutes_due(facts, pk)
        if due > 0:
            # Both sides are counted in whole minutes times days, so that 90 % is 90 %.
            done, days_of_term = reached.get(pk, 0), _days_of_term(facts)
            counts = 10 * done * days_of_term >= ENOUGH * due
            found[pk] = Said(counts, done / 60, due / days_of_term / 60)
    return found


def _minutes_due(facts, pk) -> int:
    """The target's minutes, times the days of the student's own part of the term that are over."""
    last = min(facts.passed, facts.stays[pk].last_day)
    return 60 * facts.rules.hours_a_term * max((last - facts.began(pk)).days + 1, 0)


def _days_of_term(facts) -> int:
    return (facts.cohort.last - facts.first).days + 1


def _no_show(facts: Facts) -> dict[int, Said]:
    return {pk: Said(bool(one.missed), len(one.missed), one.expected) for pk, one in facts.ask(days).items()}


class Quiet(NamedTuple):
    """How long the student's adviser has not spoken with a placement's mentor: days since then, or since the placement
    began, until the cohort's day or the placement's last. `is_met` is None where it has run in the term for so short a
    time that nobody had to, whether somebody did or not."""

    placement: int
    days: int
    is_met: bool | None


def quiet(facts: Facts) -> dict[int, Quiet]:
    """By student who is placed; of two placements, the one that was quiet for longer."""
    return _quietest(facts, facts.ask(lately))


def quiet_now(facts: Facts) -> dict[int, Quiet]:
    """The same of the placements that run: of others it is too late to speak."""
    return _quietest(facts, facts.ask(running))


def _quietest(facts, places: list[Place]) -> dict[int, Quiet]:
    found: dict[int, Quiet] = {}
    last = facts.ask(_contacts)
    for one in places:
        this = _quiet(facts, one, last.get(one.pk))
        if one.student not in found or _urgency(this) > _urgency(found[one.student]):
            found[one.student] = this
    return found


def _urgency(one: Quiet) -> tuple[bool, int]:
    """A placement that has only begun does not stand before one of which it is due."""
    return one.is_met is not None, one.days


def _quiet(facts, one: Place, reached_on: datetime.date | None) -> Quiet:
    limit, until = facts.rules.contact_days, _until(facts, one)
    since = max(one.starts_on, reached_on or one.starts_on)
    is_met = reached_on is not None and (until - reached_on).days <= limit
    is_due = (until - max(one.starts_on, facts.began(one.student))).days > limit
    return Quiet(one.pk, (until - since).days, is_met if is_due else None)


def _contacts(facts) -> dict[int, datetime.date]:
    """By placement, the last contact until the cohort's day or the placement's last, about it or with a mentor of it,
    of somebody who was the student's adviser on that day, or stood in for them: what others of the school said to the
    mentor is theirs."""
    places = {one.pk: one for one in facts.ask(lately)}
    students = {one.student for one in places.values()}
    team = TeamMember.objects.filter(student__in=students, role__in=ADVISES).order_by()
    advised: dict[tuple[int, int], list[tuple]] = defaultdict(list)
    for student, user, *span in team.values_list("student", "user", "starts_on", "ends_on"):
        advised[student, user].append(span)
    rows = OrganisationContact.objects.filter(REACHED, at__lt=facts.start_of(facts.day + DAY)).order_by()
    found: dict[int, datetime.date] = {}
    for way in ("visit__placement", "mentor__placements__placement"):
        for pk, by, at in rows.filter(**{f"{way}__in": list(places)}).values_list(way, "by", "at"):
            one, on = places[pk], facts.day_of(at)
            is_theirs = any(holds(on, *span) for span in advised.get((one.student, by), ()))
            if is_theirs and on <= _until(facts, one):
                found[pk] = max(found.get(pk, on), on)
    return found


def _until(facts, one: Place) -> datetime.date:
    return min(facts.day, one.last_day or facts.day)


def _mentor_met(facts: Facts) -> dict[int, Said]:
    found = facts.ask(quiet)
    return {pk: Said(one.is_met, one.days, 1) for pk, one in found.items() if one.is_met is not None}


FIGURES = [
    Figure(
        "placed", Stage.HERE, TOPIC, _("Placed in an internship"),
        _("The student has an internship that runs on the day of the table (of a term that is over, on any day of its "
          "last four weeks). One that is suspended runs; one that is arranged and has not begun does not."),
        _("Placements"), _("Students who are enrolled on that day."), _placed,
    ),
    Figure(
        "days_on_site", Stage.HERE, TOPIC, _("Days on site"),
        _("Of the days on which the student was expected on site, at least 90 % were attended. Expected is what the "
          "placement's schedule and make-up days say, without days on which the school is closed or the placement is "
          "suspended. Attended is what the mentor confirmed, and until then that the student checked in."),
        _("Placements, check-ins and confirmed days, until yesterday"),
        _("Students who were expected on site on at least one day of the term so far. Who has no placement is not "
          "among them: see “Placed in an internship”."),
        _days_on_site, within="placed", amount=Amount(_("days attended, of days expected"), As.SHARE),
    ),
    Figure(
        "hours_on_site", Stage.HERE, TOPIC, _("Hours on site"),
        _("At least 90 % of the hours that are due by now were reached. Due is the school's target for a term (in its "
          "internship rules), for the part of the term that has passed since the student's own start. Only hours that "
          "somebody confirmed count."),
        _("Confirmed hours of days on site, until yesterday"),
        _("Students who had a placement on any day of the term so far. Who has none is not among them: see “Placed in "
          "an internship”."),
        _hours_on_site, within="placed", amount=Amount(_("hours reached, of hours due"), As.SHARE),
    ),
    Figure(
        "no_show", Stage.HERE, TOPIC, _("Did not come, without a word"),
        _("On at least one day the student was expected on site, did not check in, no hours were confirmed, and nobody "
          "said before or after that they could not come. “Absent, not excused”, written by the school, is no such "
          "word. A day that the mentor confirms later is taken off."),
        _("Placements, check-ins and absences, until yesterday"),
        _("Students who were expected on site on at least one day of the term so far."),
        _no_show, within="placed", less_is_better=True, counts_up=True,
        amount=Amount(_("days without a word, of days expected"), As.SHARE),
    ),
    Figure(
        "mentor_met", Stage.HERE, TOPIC, _("Adviser met the mentor"),
        _("The student's adviser, or whoever stood in for them, spoke with the mentor, or with somebody on site about "
          "the student, within the days that the school sets (30, unless it chose others), up to the day of the table "
          "or the placement's last. A call that nobody answered is none, and a word of somebody else of the school "
          "neither. Of two placements the one counts that was quiet for longer."),
        _("Visits and contacts with mentors and organisations"),
        _("Students who are placed on the day of the table (of a term that is over, in its last four weeks), once "
          "their placement has run in the term for more than these days."),
        _mentor_met, within="placed", amount=Amount(_("days since, or since the placement began"), As.MEAN),
    ),
]  # fmt: skip
