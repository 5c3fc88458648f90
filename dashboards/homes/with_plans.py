"""Rows of one hat, each with the student's plan and whether it is the viewer's turn."""

from collections import defaultdict
from dataclasses import dataclass

from plans.cards import PlanCard, cards_for
from plans.turns import Turn
from students.models import TeamMember


@dataclass
class RowWithPlan:
    row: TeamMember
    card: PlanCard
    turn: Turn | None

    @property
    def student(self):
        return self.row.student


def with_plans(rows: list[TeamMember], user) -> list[RowWithPlan]:
    """Those whose turn it is come first, the others by name."""
    schools = defaultdict(list)
    for row in rows:
        schools[row.student.school_id].append(row.student)
    cards: dict[int, PlanCard] = {}
    for students in schools.values():
        cards |= cards_for(students, students[0].school.today())
    made = [RowWithPlan(row, cards[row.student_id], cards[row.student_id].turn_of(user)) for row in rows]
    return sorted(made, key=lambda one: one.turn is None)
