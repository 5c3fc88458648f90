"""The current plans of many students at a glance, for homes and boards: one query, four more with whose turn it is."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.periods import holds_on
from common.prepared import Prepared
from plans.due import due_on, late_among
from plans.models import Plan, Signature
from plans.people import SIGNING_ROLES, by_slot
from plans.turns import Facts, Turn, by_place, holding, turns
from schools.models import Term
from schools.roles import Role
from students.models import Student, TeamMember

TONES = {Plan.State.DRAFT: "quiet", Plan.State.IN_REVIEW: "info", Plan.State.ACTIVE: "ok", Plan.State.CLOSED: "quiet"}


@dataclass
class PlanCard:
    """A student's plan of the current term (None where there is none), and whose turn it is."""

    student: Student
    term: Term | None
    plan: Plan | None = None
    turns: list[Turn] = field(default_factory=list)
    due_on: datetime.date | None = None
    is_overdue: bool = False

    def turn_of(self, user) -> Turn | None:
        return next((turn for turn in self.turns if turn.is_for(user)), None)

    @property
    def waits_for(self) -> list[str]:
        """ "parent: sign version 2", for everybody on the team: by role, so that no name is told that is not known."""
        return [f"{Role(turn.role).label}: {turn.words}" for turn in self.turns]

    @property
    def is_out_for_signing(self) -> bool:
        """Whether a version waits for signatures."""
        return self.plan is not None and self.plan.is_out

    @property
    def label(self) -> str:
        if self.plan is None:
            return _("no plan yet")
        if self.is_out_for_signing:
            return _("being signed")
        return Plan.State(self.plan.state).label

    @property
    def tone(self) -> str:
        if self.is_out_for_signing:
            return "warn"
        return TONES[self.plan.state] if self.plan else "quiet"


def cards_for(students: list[Student], day: datetime.date, *, with_turns: bool = True) -> dict[int, PlanCard]:
    """A card for each of these students of one school, by the student's id.

    Without turns it costs three queries less, and does not know of whom the weeks began anew or before the term.
    """
    if not students:
        return {}
    school = students[0].school
    plans = {plan.pk: plan for plan in _plans(students, day)}
    # The term comes with the plans; where nobody has one yet it is asked for by itself.
    term = next((plan.term for plan in plans.values()), None) or Term.objects.on(day).filter(school=school).first()
    cards = {student.pk: PlanCard(student, term) for student in students}
    for plan in plans.values():
        cards[plan.student_id].plan = plan
    for card in cards.values():
        _judge(card, school, day)
    if with_turns:
        _take_turns(cards, plans, day)
        _see_who_is_late(cards, school, day, term)
    return cards


_current = Prepared(
    lambda students, day: (
        Plan.objects.filter(holds_on(day, "term__"), student__in=students)
        .select_related("term", "template", "version", "in_force")
        .defer("version__content", "version__marks", "in_force__content", "in_force__marks", "in_force__role_hashes")
    )
)


def _plans(students, day):
    """Their plans, each with its student as it is known already."""
    known = {student.pk: student for student in students}
    plans = _current(students=list(known), day=day)
    for plan in plans:
        plan.student = known[plan.student_id]
    return plans


def _take_turns(cards, plans, day):
    signers, signatures = _signers(cards, day), _signatures([plan.pk for plan in plans.values() if plan.is_out])
    for plan in plans.values():
        cards[plan.student_id].turns = turns(_facts(plan, signers[plan.student_id], signatures[plan.pk], day))


def _see_who_is_late(cards, school, day, term):
    late = late_among(list(cards), school, day, term)
    for pk, card in cards.items():
        card.is_overdue = pk in late


_who_signs = Prepared(
    lambda students, day: (
        TeamMember.objects.on(day)
        .filter(student__in=students, role__in=SIGNING_ROLES, may_sign=True, user__closed_at__isnull=True)
        .values_list("student", "role", "user")
    )
)


def _signers(student_ids, day):
    rows = defaultdict(list)
    for student, role, user in _who_signs(students=list(student_ids), day=day):
        rows[student].append((role, user))
    return {student: by_slot(rows[student]) for student in student_ids}


_signed = Prepared(
    lambda plans: (
        Signature.objects.filter(plan__in=plans).select_related("version").defer("version__content", "version__marks")
    )
)


def _signatures(plan_ids):
    rows = defaultdict(list)
    for row in _signed(plans=plan_ids) if plan_ids else []:
        rows[row.plan_id].append(row)
    return rows


def _facts(plan, signers, signatures, day) -> Facts:
    return Facts(
        state=plan.state,
        template=plan.template,
        number=plan.version.number if plan.is_out else None,
        signers=signers,
        signed=by_place(holding(signatures, plan.version, plan.template)),
        parents_may_be_gone=plan.student.decides_about_parents(day),
    )


def _judge(card: PlanCard, school, day):
    if card.term is None:
        return
    card.due_on = due_on(school, card.student, card.term)
    signed = card.plan is not None and card.plan.in_force_id is not None
    card.is_overdue = not signed and card.due_on <= day
