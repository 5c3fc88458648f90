"""A plan for tests: begun for one of the cast, with words and work in it."""

import datetime

from bpl.tests.cast import NOW, TODAY
from coedit.actions import write
from plans.actions.begin import begin_plan
from plans.actions.items import Details, add_item
from plans.actions.review import submit
from plans.actions.sign import sign
from plans.actions.version import make_ready
from plans.models import Plan
from plans.people import Team, signing_roles, team_rows
from students.access import standing_on

LATER = NOW + datetime.timedelta(minutes=10)


def a_plan(cast, student="sam", **changes) -> Plan:
    """A plan of this term, begun by the student."""
    facts = {"term": cast.term, "by": getattr(cast, student), "on": TODAY, "at": NOW}
    return fresh(begin_plan(student=cast.student(student), **(facts | changes)))


def fresh(plan) -> Plan:
    """The plan as the door loads it."""
    return Plan.objects.with_what_it_belongs_to().get(pk=plan.pk)


def say(plan, key: str, words: str, by) -> None:
    """Write in one section of the plan."""
    text = plan.sections.select_related("text").get(key=key).text
    write(text=text, markdown=words, base_id=text.last_update_id, by=by, now=LATER)


def an_item(plan, title="Build a tide gauge", **details):
    by = plan.begun_by
    return add_item(
        plan=plan, details=Details(title=title, **details), by=by, at=NOW, words=f"{title}, from driftwood."
    )


def a_ready_plan(cast, student="sam") -> Plan:
    """A plan with words and work, version 1 out for signatures."""
    plan = a_plan(cast, student)
    say(plan, "who_i_am", "I take engines apart.", getattr(cast, student))
    say(plan, "family", "We eat together on Sundays.", getattr(cast, student))
    an_item(plan)
    submit(plan=plan, by=plan.begun_by, on=TODAY, at=NOW)
    make_ready(plan=plan, by=cast.ada, on=TODAY, at=NOW)
    return fresh(plan)


def signs(plan, user, role=None):
    """`user` signs the version that is out."""
    role = role or signing_roles(team_rows(plan.student), user, TODAY)[0]
    return sign(plan=plan, number=fresh(plan).version.number, role=role, by=user, on=TODAY, at=LATER)


def team_of(plan, viewer) -> Team:
    """The plan's team as `viewer` may know it."""
    student = plan.student
    return Team(student, team_rows(student), viewer, standing_on(student, viewer, TODAY), TODAY)
