"""Learning plans and the meetings around them."""

import datetime

from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from outcomes.figure import Amount, As, Figure, Said, Stage
from outcomes.here.facts import DAY, Facts
from plans.models import Meeting, Step

TOPIC = _("Learning plan")


def signed_on(facts: Facts) -> dict[int, datetime.date]:
    """The day on which the plan of the term became active first, by student."""
    rows = Step.objects.filter(kind=Step.Kind.ACTIVATED, plan__term=facts.term, plan__student__in=facts.ids)
    rows = rows.order_by().values_list("plan__student").annotate(first=Min("at"))
    days = {pk: facts.day_of(at) for pk, at in rows}
    return {pk: day for pk, day in days.items() if day <= facts.day}


def due_on(facts: Facts, pk: int) -> datetime.date:
    """As plans/due.py has it for one student."""
    return facts.began(pk) + datetime.timedelta(weeks=facts.school.plan_due_weeks)


def _plan_signed(facts: Facts) -> dict[int, Said]:
    signed, found = facts.ask(signed_on), {}
    for pk in facts.ids:
        due, on = due_on(facts, pk), signed.get(pk)
        # Not before: until then only those would belong who have signed already, and all of them did.
        if due <= facts.stays[pk].last_day:
            found[pk] = Said(on is not None and on <= due)
    return found


def meetings(facts: Facts) -> dict[int, int]:
    """How many plan meetings took place, by student. One of today did once somebody is noted to have come."""
    rows = Meeting.objects.on_now().filter(
        plan__student__in=facts.ids, starts_at__gte=facts.start_of(facts.first),
        starts_at__lt=facts.start_of(facts.day + DAY),
    )  # fmt: skip
    asked = Q(invitations__withdrawn_at__isnull=True)
    rows = rows.order_by().annotate(
        came=Count("invitations", filter=asked & Q(invitations__came=True)),
        stayed_away=Count("invitations", filter=asked & Q(invitations__came=False)),
    )
    found = dict.fromkeys(facts.ids, 0)
    for pk, at, came, stayed_away in rows.values_list("plan__student", "starts_at", "came", "stayed_away"):
        nobody_came = stayed_away and not came
        if came or (facts.day_of(at) <= facts.passed and not nobody_came):
            found[pk] += 1
    return found


def _meetings_held(facts: Facts) -> dict[int, Said]:
    return {pk: Said(number > 0, number, 1) for pk, number in facts.ask(meetings).items()}


FIGURES = [
    Figure(
        "plan_signed", Stage.HERE, TOPIC, _("Plan signed in time"),
        _("The learning plan of the term became active, with the signatures that the school asks for, within the weeks "
          "that the school sets (4, unless it chose others). They are counted from the student's own start, or from "
          "the first day of the term for students who were here before."),
        _("Learning plans and their steps"),
        _("Students whose plan is due by now, whether it was signed long before or not at all. Who left before it was "
          "due is not among them."),
        _plan_signed,
    ),
    Figure(
        "meetings_held", Stage.HERE, TOPIC, _("Plan meeting held"),
        _("At least one meeting on the learning plan took place in the term: it was not called off, its day is over, "
          "and it is not noted that nobody came."),
        _("Meetings in learning plans, and who is noted to have come"),
        _("Everybody who was enrolled on any day of the term so far."),
        _meetings_held, amount=Amount(_("meetings a student"), As.MEAN), counts_up=True,
    ),
]  # fmt: skip
