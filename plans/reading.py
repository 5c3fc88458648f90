"""A plan's content, now or in a version, as one person may read it."""

from coedit.access import may_read
from plans.content import visible
from plans.models import Plan, PlanVersion
from plans.parts import Parts, parts_of, readable
from students.access import Standing


def version_for(version: PlanVersion, plan: Plan, standing: Standing) -> dict:
    """What a version shows to somebody today: what was open to their role when it was made, and still is."""
    open_keys = {section.key for section in plan.sections.select_related("text") if may_read(section.text, standing)}
    return visible(version.content, standing.roles, open_keys)


def now_for(plan: Plan, standing: Standing, parts: Parts | None = None) -> dict:
    """What the plan says now to somebody."""
    parts = parts or parts_of(plan)
    return visible(parts.content(), standing.roles, {section.key for section in readable(parts, standing)})
