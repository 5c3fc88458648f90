"""Each figure of a class: what counts, and of whom."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext_lazy as _

from outcomes.after import known
from outcomes.after.facts import Facts, How
from outcomes.figure import Figure, Said, Stage
from outcomes.models import Destination
from schools.models import School

Level, System = Destination.Level, School.System
US, ENGLAND = (System.UNITED_STATES,), (System.ENGLAND,)
FINISHING, LEARNING, WORKING, SINCE = (
    _("Finishing"),
    _("Going on learning"),
    _("Going to work"),
    _("What became of all"),
)

DESTINATIONS = _("Destinations, as people, files and authorities report them; a later word corrects an earlier one")
ALL = _("Everybody who left in this school year, except who moved to another school or died.")
FINISHERS = _(
    "Who graduated, and of whom it is not known whether they did; not who left without finishing, moved to another "
    "school or died. In England, where no diploma ends the time at school, everybody who left, except who moved or "
    "died."
)
BEGUN = _(
    "Who graduated, and of whom it is not known whether they did (in England, everybody who left, except who moved or "
    "died), once the autumn in question has begun."
)


def _graduated(facts: Facts) -> dict[int, Said]:
    said = {How.GRADUATED: True, How.STOPPED: False}
    return {pk: Said(said.get(one.how)) for pk, one in facts.everybody.items()}


def _accepted(facts: Facts, level: str | None = None) -> dict[int, Said]:
    return {
        pk: Said(known.accepted(facts.rows(pk), one.left_on, one.first_autumn[1], facts.places, level))
        for pk, one in facts.finishers.items()
    }


def _enrolled(facts: Facts) -> dict[int, Said]:
    return {
        pk: Said(known.enrolled(facts.rows(pk), one.first_autumn, facts.places))
        for pk, one in facts.finishers.items() if facts.has_begun(one.first_autumn)
    }  # fmt: skip


def _of_counted(facts: Facts, above: Callable) -> list[int]:
    return [pk for pk, said in above(facts).items() if said.counts]


def _enrolled_next(facts: Facts) -> dict[int, Said]:
    found = {pk: facts.leavers[pk].next_autumn for pk in _of_counted(facts, _enrolled)}
    return {
        pk: Said(known.enrolled(facts.rows(pk), window, facts.places))
        for pk, window in found.items() if facts.has_begun(window)
    }  # fmt: skip


def _credential(facts: Facts) -> dict[int, Said]:
    return {
        pk: Said(known.credential(facts.rows(pk), facts.leavers[pk].left_on)) for pk in _of_counted(facts, _enrolled)
    }


def _to_work(facts: Facts) -> dict[int, Said]:
    return {
        pk: Said(known.to_work(facts.rows(pk), one.first_autumn))
        for pk, one in facts.finishers.items() if facts.has_begun(one.first_autumn)
    }  # fmt: skip


def _through_internship(facts: Facts) -> dict[int, Said]:
    return {
        pk: Said(known.through_internship(facts.rows(pk), facts.leavers[pk].first_autumn))
        for pk in _of_counted(facts, _to_work)
    }


def _now(facts: Facts, says: Callable) -> dict[int, Said]:
    return {pk: Said(says(known.now(facts.rows(pk), one.left_on, facts.day))) for pk, one in facts.everybody.items()}


def not_known(facts: Facts) -> list[int]:
    """Of whom nothing at all is known since they left."""
    return [pk for pk, one in facts.everybody.items() if known.nothing(facts.rows(pk), one.left_on, facts.day)]


def _not_known(facts: Facts) -> dict[int, Said]:
    nothing = set(not_known(facts))
    return {pk: Said(pk in nothing) for pk in facts.everybody}


_accepted_at = _(
    "There is an offer of a place of this kind by the end of the first autumn (31 October after leaving), or the "
    "student enrolled in one by then. No is known of those who had offers of other kinds alone, or who are reported as "
    "not accepted. Everybody else is not known."
)


def _level(level, name, systems, within="") -> Figure:
    return Figure(
        f"accepted_{level}", Stage.AFTER, LEARNING, name, _accepted_at, DESTINATIONS, FINISHERS,
        partial(_accepted, level=level), within=within, systems=systems,
    )  # fmt: skip


FIGURES: list[Figure] = [
    Figure(
        "graduated", Stage.AFTER, FINISHING, _("Graduated"),
        _("The student left with the school's diploma. It is not known of those of whom nobody has written down how "
          "they left."),
        _("How students left, as the school wrote it down"), ALL, _graduated, systems=US,
    ),
    Figure(
        "completed", Stage.AFTER, FINISHING, _("Completed the programme"),
        _("The student left at the end of the programme, and not before. It is not known of those of whom nobody has "
          "written down how they left."),
        _("How students left, as the school wrote it down"), ALL, _graduated, systems=ENGLAND,
    ),
    Figure(
        "accepted", Stage.AFTER, LEARNING, _("Accepted at a college"),
        _("A two-year or four-year college, or another of that kind, offered a place by the end of the first autumn "
          "(31 October after leaving), or the student enrolled by then. College courses that ended before the student "
          "left school do not count, and neither does other training. No is known of those who are reported as not "
          "accepted anywhere, or as not having applied. Everybody else is not known."),
        DESTINATIONS, FINISHERS, _accepted, within="graduated", systems=US,
    ),
    _level(Level.TWO_YEAR, _("Accepted at a two-year college"), US, within="graduated"),
    _level(Level.FOUR_YEAR, _("Accepted at a four-year college"), US, within="graduated"),
    Figure(
        "accepted_place", Stage.AFTER, LEARNING, _("Offered a place to go on learning"),
        _("There is an offer of a place in further education, at a university or as an apprentice by the end of the "
          "first autumn (31 October after leaving), or the student enrolled in one by then. Other training does not "
          "count. No is known of those who are reported as not accepted anywhere, or as not having applied. Everybody "
          "else is not known."),
        DESTINATIONS, FINISHERS, _accepted, systems=ENGLAND,
    ),
    _level(Level.FURTHER, _("Accepted in further education"), ENGLAND),
    _level(Level.UNIVERSITY, _("Accepted at a university"), ENGLAND),
    _level(Level.APPRENTICESHIP, _("Accepted as an apprentice"), ENGLAND),
    Figure(
        "enrolled_first_autumn", Stage.AFTER, LEARNING, _("Enrolled in the first autumn"),
        _("The student was enrolled at a college (in England: in further education, at a university or as an "
          "apprentice) on any day from 15 August to 31 October after leaving. No is known of those who are reported as "
          "working, not enrolled, in other training, or in neither education nor work on one of these days. That a "
          "clearinghouse has no record is no “no”: then it is not known. What was said before it began is a plan, and "
          "does not count."),
        DESTINATIONS, BEGUN, _enrolled, within="graduated", family="autumn",
    ),
    Figure(
        "enrolled_next_year", Stage.AFTER, LEARNING, _("Still enrolled a year later"),
        _("The student was enrolled on any day from 15 August to 31 October a year after the first autumn, at the same "
          "place or another. No is known of those who are reported as doing something else on one of these days."),
        DESTINATIONS, _("Who enrolled in the first autumn, once the autumn after it has begun."),
        _enrolled_next, within="enrolled_first_autumn",
    ),
    Figure(
        "credential", Stage.AFTER, LEARNING, _("Earned a degree or certificate"),
        _("The student has earned a degree, certificate or qualification since leaving. No is known of those of whom "
          "it was reported two years after leaving or later what they do, and no degree. Of recent classes most are "
          "not known yet."),
        DESTINATIONS, _("Who enrolled in the first autumn."), _credential, within="enrolled_first_autumn",
        counts_up=True,
    ),
    Figure(
        "straight_to_work", Stage.AFTER, WORKING, _("Straight to work"),
        _("The student worked on any day from 15 August to 31 October after leaving, and was enrolled nowhere in that "
          "time. No is known of those who were enrolled, or in neither education nor work; that somebody was not "
          "enrolled does not tell of work. What was said before it began is a plan, and does not count."),
        DESTINATIONS, BEGUN, _to_work, within="graduated", family="autumn",
    ),
    Figure(
        "job_through_internship", Stage.AFTER, WORKING, _("Job through an internship"),
        _("Of the jobs that the student had in the first autumn, at least one came through an internship: they are "
          "employed at the place, or by somebody they met there. No is known where it is said of each job that it did "
          "not."),
        DESTINATIONS, _("Who went straight to work."), _through_internship, within="straight_to_work",
    ),
    Figure(
        "working", Stage.AFTER, SINCE, _("Working"),
        _("The last that is known of what they do since leaving is that they work, also beside learning. It is not "
          "known where nothing was reported since they left, or only that they are not enrolled."),
        DESTINATIONS, ALL, partial(_now, says=known.working), family="now",
    ),
    Figure(
        "neither", Stage.AFTER, SINCE, _("Not in education or work"),
        _("The last that is known of what they do since leaving is that they are in neither education nor work. It is "
          "not known where nothing was reported since they left, or only that they are not enrolled."),
        DESTINATIONS, ALL, partial(_now, says=known.neither), family="now", less_is_better=True,
    ),
    Figure(
        "not_known", Stage.AFTER, SINCE, _("Not known"),
        _("Nothing at all was reported of what they do since they left. An offer of a place from before they left does "
          "not tell what became of it."),
        DESTINATIONS, ALL, _not_known, family="now", less_is_better=True,
    ),
]  # fmt: skip
