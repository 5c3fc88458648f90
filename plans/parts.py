"""The parts of one plan, read in two queries however many there are: sections and work items with their texts, and
the student's own goals."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q

from coedit.access import may_read
from coedit.models import Text
from common.json_rows import json_rows
from common.prepared import Prepared
from plans.content import content_of, marks_of
from plans.models import ItemGoal, OwnGoal, Plan, Section, WorkItem
from students.access import Standing


@dataclass(frozen=True)
class GoalLine:
    """A goal that a piece of work serves, as a page shows it."""

    name: str
    how: str
    question: str = ""
    goal_id: int | None = None
    own_goal_id: int | None = None
    order: int = 0

    @property
    def is_own(self) -> bool:
        return self.own_goal_id is not None


@dataclass
class Parts:
    sections: list[Section]
    items: list[WorkItem]
    own_goals: list[OwnGoal]

    @property
    def texts(self) -> list[Text]:
        return [part.text for part in (*self.sections, *self.items)]

    def content(self) -> dict:
        return content_of(self.sections, self.items, self.own_goals)

    def marks(self, texts=None) -> dict:
        """See plans/content.py; `texts`, where given, are the ids of those that count."""
        marks = marks_of(self.sections, self.items, self.own_goals)
        if texts is not None:
            marks["texts"] = {key: update for key, update in marks["texts"].items() if key in texts}
        return marks


def parts_of(plan: Plan) -> Parts:
    sections, items = _sections_and_items(plan)
    return Parts(sections, items, _own_goals(plan))


def _own_goals(plan):
    """From the rows that `Plan.objects.for_page` read with the plan, where it did."""
    if hasattr(plan, "own_goal_rows"):
        goals = [OwnGoal(plan=plan, school_id=plan.school_id, **row) for row in plan.own_goal_rows or []]
        return sorted(goals, key=lambda goal: goal.pk)
    return list(plan.own_goals.order_by("pk"))


_texts_of = Prepared(
    lambda plan, student: (
        Text.objects.filter(Q(plan_section__plan=plan) | Q(work_item__plan=plan), student_id=student)
        .select_related("plan_section", "work_item")
        .annotate(goals=_goals())
    )
)


def _sections_and_items(plan):
    texts = _texts_of(plan=plan.pk, student=plan.student_id)
    sections, items = [], []
    for text in texts:
        if section := getattr(text, "plan_section", None):
            section.text = text
            sections.append(section)
        else:
            item = text.work_item
            item.text, item.goals = text, _lines(text.goals)
            items.append(item)
    return sorted(sections, key=lambda one: (one.order, one.pk)), in_order(items)


def in_order(items) -> list[WorkItem]:
    return sorted(items, key=lambda item: (item.priority, item.pk))


def _goals():
    return json_rows(
        ItemGoal.objects.filter(item=OuterRef("work_item__pk")), "item", how="how", goal="goal_id", own="own_goal_id",
        name="goal__name", question="goal__question", order="goal__order", words="own_goal__words",
    )  # fmt: skip


def _lines(rows) -> list[GoalLine]:
    lines = [
        GoalLine(row["words"], row["how"], own_goal_id=row["own"], order=1000)
        if row["goal"] is None
        else GoalLine(row["name"], row["how"], row["question"], goal_id=row["goal"], order=row["order"])
        for row in rows or []
    ]
    return sorted(lines, key=lambda line: (line.order, line.goal_id or line.own_goal_id))


def readable(parts: Parts, standing: Standing) -> list[Section]:
    """The sections that this person may read today."""
    return [section for section in parts.sections if may_read(section.text, standing)]
