"""Who needs something now, and by which rule: each list is a rule with its sentence, and the students it put there.

The rules see what the figures see (outcomes/here, outcomes/after), so that a list and a number never differ. Staff are
named in none of them.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.addresses import address
from common.templatetags.quick import date
from internships.models import Placement, Pursuit
from outcomes import after, cohorts, here
from outcomes.after.facts import GONE
from outcomes.answers import OPEN_FOR
from outcomes.here import exhibiting, expecting, on_site, planning, present
from outcomes.models import Attention, ContactConsent, Survey
from outcomes.models.leaver import class_of
from plans.due import overdue
from schools.models import School, Term
from schools.roles import Permission

P = Permission
NO_SHOWS, NO_SHOW_DAYS = 2, 14
# Classes of whom it is asked what became of them, and days after which a survey that nobody answered is somebody's to
# do, until it is closed.
CLASSES, SURVEY_DAYS = 2, datetime.timedelta(days=14)

# The student, how urgent (the greater, the sooner), and what the rule saw.
Found = Iterator[tuple[int, int, dict]]


@dataclass(frozen=True)
class Rule:
    """`about` is the rule in words, `words` the sentence on one student from what the rule saw, and `page` the name of
    the page where somebody does something about it. Who lacks `permission` on a student does not see them here."""

    key: str
    name: str
    about: str
    permission: str
    page: str
    words: Callable[[dict], str]

    def sentence(self, facts: dict) -> str:
        """Why this student is here, in the reader's language."""
        return self.words(facts)

    def address(self, student_id: int, facts: dict) -> str:
        return address(self.page, student_id, *(facts[name] for name in ("placement_id",) if name in facts))


# By key; each has a name, and a sentence of its facts.
RULES: dict = {}


def of_school(school: School, now: datetime.datetime) -> list[Attention]:
    """All lists of a school, the most urgent first in each. A constant number of queries, whoever is on them."""
    today = now.astimezone(school.zone).date()
    found = {**_of_term(school, today), **_of_leavers(school, today)}
    return [
        Attention(school=school, student_id=pk, rule=rule, weight=weight, facts=facts)
        for rule, some in found.items()
        for pk, weight, facts in sorted(some, key=lambda one: (-one[1], one[0]))
    ]


def _of_term(school, today) -> dict[str, Found]:
    """Between terms nobody is on them: what the holidays interrupt is nobody's to do."""
    term = Term.objects.on(today).filter(school=school).first()
    if term is None:
        return {}
    facts = here.Facts(cohorts.of_term(school, term, today))
    return {
        "one_to_one": _one_to_one(facts), "plan": _plan(facts), "placement": _placement(facts),
        "no_show": _no_show(facts), "mentor": _mentor(facts), "exhibition": _exhibition(facts),
        "attendance": _attendance(facts),
    }  # fmt: skip


def _one_to_one(facts) -> Found:
    for pk, one in facts.ask(present.talks).items():
        if one.is_met is False:
            yield pk, one.days, {"days": one.days, "was_met": one.was_met}


def _plan(facts) -> Found:
    """As the plans' own list of who is late has it."""
    weeks = datetime.timedelta(weeks=facts.school.plan_due_weeks)
    late = overdue(facts.school, facts.day, term=facts.term).order_by()
    for pk in late.values_list("pk", flat=True):
        due = planning.due_on(facts, pk)
        # Early in a term only those are late who never had a plan, by their own start.
        due = due if due <= facts.day else facts.stays[pk].starts_on + weeks
        yield pk, (facts.day - due).days, {"due_on": due.isoformat()}


def _placement(facts) -> Found:
    placed = {one.student for one in facts.ask(on_site.running)}
    pursued = Pursuit.objects.open().filter(student__in=facts.here).order_by()
    coming = Placement.objects.filter(student__in=facts.here, ended_at__isnull=True).order_by()
    coming = coming.filter(Q(begun_at__isnull=True) | Q(starts_on__gt=facts.day))
    under_way = {*pursued.values_list("student", flat=True), *coming.values_list("student", flat=True)}
    ended = {one.student: one.ends_on for one in facts.ask(expecting.placements) if one.ends_on}
    for pk in set(facts.here) - placed - under_way:
        if planning.due_on(facts, pk) <= facts.day:
            since = max(facts.began(pk), ended.get(pk, facts.first))
            yield pk, (facts.day - since).days, {"since": since.isoformat()}


def _no_show(facts) -> Found:
    since, still = facts.day - datetime.timedelta(days=NO_SHOW_DAYS), set(facts.here)
    for pk, one in facts.ask(expecting.days).items():
        dates = [date for date in one.missed if date >= since]
        if pk in still and len(dates) >= NO_SHOWS:
            yield pk, len(dates), {"dates": [date.isoformat() for date in dates]}


def _mentor(facts) -> Found:
    for pk, one in facts.ask(on_site.quiet_now).items():
        if one.is_met is False:
            yield pk, one.days, {"days": one.days, "placement_id": one.placement}


def _exhibition(facts) -> Found:
    due, late = facts.ask(exhibiting.due_since), set(facts.ask(exhibiting.asked)) - facts.ask(exhibiting.held)
    for pk in facts.here:
        if pk in late:
            yield pk, (facts.day - due).days, {"window_until": due.isoformat()}


def _attendance(facts) -> Found:
    target, still = facts.ask(present.targets), set(facts.here)
    for pk, one in facts.ask(present.sessions).items():
        if pk in still and pk in target and not one.reaches(target[pk]):
            percent = 100 * one.present / one.required
            facts_of = {"present": one.present, "required": one.required, "target": target[pk]}
            yield pk, round(target[pk] - percent), facts_of


def _of_leavers(school, today) -> dict[str, Found]:
    latest = class_of(today + datetime.timedelta(days=1))
    years = range(latest, latest - CLASSES - 1, -1)
    classes = [after.Facts(cohorts.of_class(school, year, today)) for year in years]
    return {"leaver": _leaver(classes), "survey": _survey(school, today)}


def _leaver(classes) -> Found:
    for facts in classes:
        for pk in after.not_known(facts):
            left_on = facts.leavers[pk].left_on
            yield pk, (facts.day - left_on).days, {"left_on": left_on.isoformat()}


def _survey(school, today) -> Found:
    """Of several that wait for one person, the last. Whoever does not want to be asked is on no list."""
    rows = Survey.objects.filter(
        school=school, answered_at__isnull=True, leaver__taken_back_at__isnull=True,
        due_on__gt=today - OPEN_FOR, due_on__lte=today - SURVEY_DAYS,
    ).exclude(leaver__how__in=GONE)  # fmt: skip
    rows = rows.order_by("due_on", "pk").values_list("student", "due_on", "months", "asked_at")
    last = {pk: (due_on, months, asked_at) for pk, due_on, months, asked_at in rows}
    consents = ContactConsent.objects.filter(student__in=list(last)).order_by("at", "pk")
    may_ask = dict(consents.values_list("student", "may_ask"))
    last = {pk: facts for pk, facts in last.items() if may_ask.get(pk) is not False}
    for pk, (due_on, months, asked_at) in last.items():
        facts = {"due_on": due_on.isoformat(), "months": months, "is_asked": asked_at is not None}
        yield pk, (today - due_on).days, facts


# The sentences -----------------------------------------------------------------------------------------------------


def _day(facts, name) -> str:
    return date(datetime.date.fromisoformat(facts[name]))


def _days(number) -> str:
    return ngettext("%d day", "%d days", number) % number


def _one_to_one_words(facts) -> str:
    if facts["was_met"]:
        return _("The last one-to-one was %(days)s ago.") % {"days": _days(facts["days"])}
    return _("No one-to-one since the student started, %(days)s ago.") % {"days": _days(facts["days"])}


def _no_show_words(facts) -> str:
    days = ", ".join(date_format(datetime.date.fromisoformat(one), "D j M") for one in facts["dates"])
    return _("Did not come on site and nobody heard why: %(days)s.") % {"days": days}


def _attendance_words(facts) -> str:
    said = {"percent": f"{100 * facts['present'] / facts['required']:.1f}", "target": f"{facts['target']:g}"}
    return _("Attendance is %(percent)s %%; the plan says %(target)s %%.") % said


def _survey_words(facts) -> str:
    said = {"months": facts["months"], "day": _day(facts, "due_on")}
    if facts["is_asked"]:
        return _("The survey after %(months)s months, due on %(day)s, is not answered.") % said
    return _("The survey after %(months)s months, due on %(day)s, was not sent.") % said


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            "no_show", gettext_lazy("Did not come on site"),
            gettext_lazy("Missed two days or more on site in the last 14 days, and nobody heard why."),
            P.PLACEMENT_SEE, "internships:placements", _no_show_words,
        ),
        Rule(
            "one_to_one", gettext_lazy("Nobody met them one-to-one"),
            gettext_lazy("No one-to-one within the days that the school sets."),
            P.ONE_TO_ONE_SEE, "advisories:one_to_ones", _one_to_one_words,
        ),
        Rule(
            "plan", gettext_lazy("No signed plan in time"),
            gettext_lazy("The weeks that the school sets are over, and the learning plan is not signed."),
            P.PLAN_SEE, "plans:index", lambda facts: _("The plan was due on %(day)s.") % {"day": _day(facts, "due_on")},
        ),
        Rule(
            "attendance", gettext_lazy("Attendance below the plan's target"),
            gettext_lazy("Fewer sessions present this term than the signed plan's target says."),
            P.ATTENDANCE_SEE, "students:attendance", _attendance_words,
        ),
        Rule(
            "placement", gettext_lazy("No internship, and none under way"),
            gettext_lazy("No placement runs or is arranged and no place is pursued, once the weeks are over in which a "
                         "plan is due."),
            P.INTERNSHIP_SEE, "internships:pursuits",
            lambda facts: _("No placement since %(day)s, and no place is pursued.") % {"day": _day(facts, "since")},
        ),
        Rule(
            "mentor", gettext_lazy("Adviser has not met the mentor"),
            gettext_lazy("Neither the student's adviser nor whoever stands in for them has spoken with the mentor "
                         "within the days that the school sets."),
            P.VISITS_LOG, "internships:visit",
            lambda facts: _("The adviser has not spoken with the mentor for %(days)s.")
            % {"days": _days(facts["days"])},
        ),
        Rule(
            "exhibition", gettext_lazy("No exhibition this term"),
            gettext_lazy("A window of exhibitions is over, and the student has not had one this term."),
            P.EXHIBITION_SEE, "exhibitions:index",
            lambda facts: _("The window ended on %(day)s.") % {"day": _day(facts, "window_until")},
        ),
        Rule(
            "leaver", gettext_lazy("Left, and nothing is known"),
            gettext_lazy("Left this school year or in the two before, and nothing was reported since."),
            P.DESTINATION_SEE, "outcomes:destinations",
            lambda facts: _("Nothing is known since the student left on %(day)s.") % {"day": _day(facts, "left_on")},
        ),
        Rule(
            "survey", gettext_lazy("Survey not answered"),
            gettext_lazy("A survey of somebody who left was due 14 days ago or longer, is still open, and there is no "
                         "answer."),
            P.DESTINATION_SEE, "outcomes:destinations", _survey_words,
        ),
    )
}  # fmt: skip
