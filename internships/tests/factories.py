"""Opportunities for tests: at the cast's boatyard unless it is said otherwise."""

from bpl.tests.cast import LAST_YEAR, NOW, TODAY
from internships.actions.opportunities import add_opportunity
from internships.actions.pursuits import ask, decide
from internships.models import Opportunity, Pursuit
from internships.weekdays import mask
from schools.roles import Role

TUESDAY, THURSDAY = 1, 3


def an_opportunity(
    cast, title="Help to build a skiff", *, organisation=None, on=(TUESDAY, THURSDAY), **values
) -> Opportunity:
    facts = {"starts_on": LAST_YEAR, "weekdays": mask(on), "places": 1} | values
    return add_opportunity(organisation=organisation or cast.boatyard, by=cast.coordinator, title=title, **facts)


def a_pursuit(cast, student="sam", **of) -> Pursuit:
    """Asked for today by the student."""
    of = of or {"opportunity": an_opportunity(cast)}
    found = cast.student(student)
    return ask(student=found, why="I like things that float.", by=found.user, on=TODAY, now=NOW, **of)


def says(pursuit, who, role, yes=True, words="", on=TODAY) -> Pursuit:
    return decide(pursuit=pursuit, role=role, says_yes=yes, by=who, on=on, now=NOW, words=words)


def a_cleared_pursuit(cast, student="sam", **of) -> Pursuit:
    pursuit = says(a_pursuit(cast, student, **of), cast.ada, Role.ADVISER)
    return says(pursuit, cast.coordinator, Role.COORDINATOR)
