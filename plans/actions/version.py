"""Ready to sign: fixes the plan as it stands. What is written afterwards belongs to the next version."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plans import news
from plans.actions.activate import activate_if_complete
from plans.actions.hold import PlanError, hold, note
from plans.content import agreed, digest, role_hashes, salted, seal
from plans.models import SIGNERS, Plan, PlanVersion
from plans.parts import Parts, parts_of
from plans.people import team_rows
from plans.standing import standing_of_plan


@transaction.atomic
def make_ready(*, plan: Plan, by, on: datetime.date, at: datetime.datetime) -> PlanVersion:
    """Fix the next version and ask for the signatures that the school's rule needs.

    Raises PlanError when there is nothing to sign, or nothing has changed since the last version.
    """
    hold(plan, Plan.State.IN_REVIEW, Plan.State.ACTIVE)
    parts = parts_of(plan)
    if not parts.items and all(section.text.is_empty for section in parts.sections):
        raise PlanError(_("There is nothing in this plan yet that somebody could sign."))
    if plan.can_be_signed and digest(agreed(plan.version.content)) == digest(agreed(parts.content())):
        raise PlanError(_("Nothing has changed since version %(number)s.") % {"number": plan.version.number})
    version = fix(plan, parts, by, at)
    standing = standing_of_plan(plan, team_rows(plan.student), on)
    if not activate_if_complete(plan, standing, by=by, on=on, at=at):
        news.ready_to_sign(plan, [person for people in standing.missing.values() for person in people], by)
    return version


def fix(plan: Plan, parts: Parts, by, at) -> PlanVersion:
    """Keep the plan as it stands as its next version. The caller holds the plan."""
    content = salted(parts.content())
    version = PlanVersion.objects.create(
        plan=plan, school_id=plan.school_id, number=plan.version.number + 1 if plan.version else 1, content=content,
        marks=parts.marks(), hash=seal(content), role_hashes=role_hashes(content, SIGNERS), fixed_by=by, fixed_at=at,
    )  # fmt: skip
    plan.version = version
    plan.save(update_fields=["version"])
    note("plans.version.fixed", plan, by, subject=version, number=version.number, hash=version.hash)
    return version
