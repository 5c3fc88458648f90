"""Exhibitions, and what their panels agreed on the five learning goals."""

import datetime
from collections import defaultdict
from functools import partial
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from exhibitions.models import Agreed, Exhibition, Seat, Window
from internships.expected import closed_days
from outcomes.figure import Figure, Said, Stage
from outcomes.here.facts import Facts
from schools.defaults import GOALS, QUALITIES
from schools.models import Level
from students.models import Enrolment

TOPIC, GOALS_TOPIC = _("Exhibitions"), _("Learning goals")


def held(facts: Facts) -> set[int]:
    """Whose exhibition of the term was held: the time that people were told is over, or the panel handed in."""
    handed_in = Seat.objects.filter(exhibition=OuterRef("pk"), handed_in_at__isnull=False)
    rows = Exhibition.objects.filter(window__term=facts.term, student__in=facts.ids).order_by()
    rows = rows.annotate(rated=Exists(handed_in.exclude(kind=Seat.As.STUDENT)))
    closed = {date for _school, date in closed_days([facts.school.pk], facts.first, facts.passed)}
    return {
        pk for pk, at, rated in rows.values_list("student", "told_starts_at", "rated")
        if rated or (at is not None and facts.day_of(at) <= facts.passed and facts.day_of(at) not in closed)
    }  # fmt: skip


def due_since(facts: Facts) -> datetime.date | None:
    """The last day of the first window of the term that is over, or of the term itself; None while neither is."""
    lasts = Window.objects.filter(term=facts.term, last_on__lte=facts.passed).order_by("last_on")
    first = lasts.values_list("last_on", flat=True).first()
    return first or (facts.cohort.last if facts.passed >= facts.cohort.last else None)


def asked(facts: Facts) -> list[int]:
    """Who was enrolled on the day on which it was due, also who has been away since."""
    due = facts.ask(due_since)
    if due is None:
        return []
    rows = Enrolment.objects.on(due).filter(student__in=facts.ids).order_by()
    return sorted(set(rows.values_list("student", flat=True)))


def _exhibition_held(facts: Facts) -> dict[int, Said]:
    shown = facts.ask(held)
    return {pk: Said(pk in shown) for pk in facts.ask(asked)}


class Step(NamedTuple):
    """What a panel agreed: the level's rank, of so many; without a rank there was not enough evidence."""

    rank: int | None
    of: int

    @property
    def is_upper(self) -> bool | None:
        return None if self.rank is None else 2 * self.rank > self.of


def steps(facts: Facts) -> dict[tuple[int, str], list[Step]]:
    """By student and goal, exhibition after exhibition, until the cohort's day. A criterion keeps its key through all
    versions of the rubric."""
    rows = Agreed.objects.standing().filter(
        exhibition__student__in=facts.ids, exhibition__window__starts_on__lte=facts.day,
        criterion__key__in=[key for key, *_words in GOALS],
    )  # fmt: skip
    levels = Level.objects.filter(rubric__school=facts.school).order_by().values_list("rubric")
    numbers = dict(levels.annotate(number=Count("pk")))
    found: dict[tuple[int, str], list[Step]] = defaultdict(list)
    for student, key, rubric, rank in rows.order_by("exhibition__window__starts_on", "exhibition").values_list(
        "exhibition__student", "criterion__key", "criterion__rubric", "level__rank"
    ):
        found[student, key].append(Step(rank, numbers.get(rubric, 0)))
    return found


def _reached(facts: Facts, key: str) -> dict[int, Said]:
    of = facts.ask(steps)
    return {pk: Said(of[pk, key][-1].is_upper if (pk, key) in of else None) for pk in facts.here}


def _moved(facts: Facts, key: str) -> dict[int, Said]:
    of = facts.ask(steps)
    return {pk: Said(_higher(*of[pk, key][-2:])) for pk in facts.here if len(of.get((pk, key), ())) > 1}


def _higher(before: Step, now: Step) -> bool | None:
    """Not known where a level is missing, or where the school changed how many levels there are in between: third of
    four is neither more nor less than fourth of five."""
    if before.rank is None or now.rank is None or before.of != now.of:
        return None
    return now.rank > before.rank


# What schools call the fifth goal differs.
NAMES = {key: name for key, name, *_words in GOALS} | {QUALITIES: _("Social or personal qualities")}


def _of_goal(key) -> list[Figure]:
    goal = NAMES[key]
    source = _("What panels agreed at exhibitions, as it stands after corrections")
    return [
        Figure(
            f"goal_{key}", Stage.HERE, GOALS_TOPIC, goal,
            format_lazy(
                _("At the last exhibition at which the panel agreed on “{goal}”, the level was in the upper half of "
                  "the rubric: of four levels the third or fourth (Proficient, Accomplished), of five from the third. "
                  "It is not known where a student was not judged yet, or there was not enough evidence."), goal=goal
            ),
            source, _("Students who are enrolled on the day of the table (of a term that is over, its last day)."),
            partial(_reached, key=key),
        ),
        Figure(
            f"goal_{key}_moved", Stage.HERE, GOALS_TOPIC, format_lazy(_("{goal}: a higher level"), goal=goal),
            format_lazy(
                _("The panel agreed on a higher level of “{goal}” than at the exhibition before. It is not known where "
                  "one of the two had not enough evidence, or where the school changed the number of levels in "
                  "between."), goal=goal
            ),
            source, _("Students who are enrolled on the day of the table and were judged on it at least twice."),
            partial(_moved, key=key),
        ),
    ]  # fmt: skip


FIGURES = [
    Figure(
        "exhibition_held", Stage.HERE, TOPIC, _("Exhibition held"),
        _("The student's exhibition of the term took place: the time that was told is over and the school was not "
          "closed on that day, or somebody of the panel has handed in a rating."),
        _("Exhibitions and their panels"),
        _("Once the first window of the term is over (or the term, where there was no window), everybody who was "
          "enrolled on its last day."),
        _exhibition_held,
    ),
    *(figure for key, *_words in GOALS for figure in _of_goal(key)),
]  # fmt: skip
