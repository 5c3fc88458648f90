"""The end of a plan: a readable copy for ever, texts that nobody writes any more."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from coedit.actions import freeze_all
from coedit.models import Text
from plans import news
from plans.actions.hold import hold, note
from plans.actions.review import take_step
from plans.actions.version import fix
from plans.models import Plan, Step
from plans.parts import parts_of
from plans.standing import has_changed
from schools.closing import Finding
from schools.models import Term


@transaction.atomic
def close_plan(*, plan: Plan, by, on: datetime.date, at: datetime.datetime, words="") -> Step:
    """Freeze the plan's texts and keep what they say as its last version. Words that somebody wrote without a
    connection and that arrive later are offered to them as a copy."""
    hold(plan)
    freeze_all(texts=_texts(plan), now=at)
    parts = parts_of(plan)
    if plan.version is None or has_changed(plan, parts) or _states(plan.version.content) != _states(parts.content()):
        fix(plan, parts, by, at)
    step = take_step(plan, Step.Kind.CLOSED, Plan.State.CLOSED, by, at, words, plan.version)
    plan.save(update_fields=["state", "step"])
    note("plans.closed", plan, by, subject=step, number=plan.version.number)
    news.closed(plan, by, on)
    return step


def _texts(plan) -> list[Text]:
    of_plan = Q(plan_section__plan=plan) | Q(work_item__plan=plan) | Q(plan_meeting__plan=plan)
    return list(Text.objects.filter(of_plan, student_id=plan.student_id).only("pk"))


def _states(content):
    return [row["state"] for row in (*content["items"], *content["goals"])]


def close_plans_of(*, term: Term, by, now: datetime.datetime) -> None:
    """With its term every plan ends that is still open (schools/closing.py)."""
    plans = Plan.objects.running().filter(term=term).with_what_it_belongs_to()
    for plan in plans.order_by("pk"):
        close_plan(plan=plan, by=by, on=now.astimezone(term.school.zone).date(), at=now)


def before_term_closes(term: Term, day: datetime.date) -> list[Finding]:
    """How many plans end with the term, and how many of them nobody has signed."""
    plans = Plan.objects.running().filter(term=term)
    unsigned = plans.filter(in_force__isnull=True).count()
    findings = []
    if count := plans.count():
        words = ngettext("%(count)s plan will be closed with it.", "%(count)s plans will be closed with it.", count)
        url = reverse("plans:progress", args=[term.school_id]) + f"?term={term.pk}"
        findings.append(Finding(words % {"count": count}, url=url))
    if unsigned:
        words = ngettext("%(count)s plan was never signed.", "%(count)s plans were never signed.", unsigned)
        findings.append(Finding(words % {"count": unsigned}))
    return findings
