"""Where a plan stands: its signatures, who is still asked, whose turn it is (judged by plans/turns.py)."""

import datetime
from dataclasses import dataclass

from common.prepared import Prepared
from plans.models import Plan, Signature
from plans.parts import Parts
from plans.people import signers
from plans.turns import Facts, Turn, by_place, holding, is_complete, missing, turns
from students.models import TeamMember


@dataclass
class PlanStanding:
    signatures: list[Signature]
    holding: list[Signature]
    facts: Facts

    @property
    def turns(self) -> list[Turn]:
        return turns(self.facts)

    @property
    def missing(self) -> dict[str, list]:
        return missing(self.facts)

    @property
    def is_complete(self) -> bool:
        return is_complete(self.facts)

    def last_of(self, user) -> Signature | None:
        """The last version that this person signed."""
        mine = [one for one in self.signatures if one.user_id == user.pk]
        return max(mine, key=lambda one: one.version.number, default=None)


_signed = Prepared(
    lambda plan: (
        Signature.objects.filter(plan=plan)
        .select_related("user", "witnessed_by", "version")
        .defer("version__content", "version__marks")
    )
)


def signatures_of(plan: Plan) -> list[Signature]:
    return _signed(plan=plan.pk)


def standing_of_plan(
    plan: Plan, rows: list[TeamMember], on: datetime.date, parts: Parts | None = None, texts=None
) -> PlanStanding:
    """`parts`, where given, tell whether somebody wrote on since the last version; see Parts.marks for `texts`."""
    signatures = signatures_of(plan)
    counted = holding(signatures, plan.version, plan.template) if plan.version_id else []
    facts = Facts(
        state=plan.state,
        template=plan.template,
        number=plan.version.number if plan.is_out else None,
        signers=signers(rows, on),
        signed=by_place(counted),
        has_changed=bool(parts and plan.version_id) and has_changed(plan, parts, texts),
        parents_may_be_gone=plan.student.decides_about_parents(on),
    )
    return PlanStanding(signatures, counted, facts)


def has_changed(plan: Plan, parts: Parts, texts=None) -> bool:
    """Whether somebody wrote on since the last version was made; with `texts`, whether in those (and the items)."""
    fixed = plan.version.marks
    if texts is not None:
        fixed = {**fixed, "texts": {key: update for key, update in fixed["texts"].items() if key in texts}}
    return fixed != parts.marks(texts)
