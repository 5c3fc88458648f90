"""What an earlier plan offers to the next one: unfinished work, goals still open, words to start from."""

from dataclasses import dataclass, field

from coedit.access import may_read, may_write
from plans.models import OwnGoal, Plan, Section, WorkItem
from plans.parts import parts_of
from schools.roles import Role
from students.access import Standing


@dataclass
class Offers:
    """Each thing is offered once: what was answered for a plan is not offered to it again."""

    previous: Plan | None = None
    items: list[WorkItem] = field(default_factory=list)
    goals: list[OwnGoal] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def __bool__(self):
        return bool(self.items or self.goals or self.sections)


def previous_plan(plan: Plan) -> Plan | None:
    """The student's plan of the last term before this one that had a plan."""
    earlier = Plan.objects.filter(student_id=plan.student_id, term__starts_on__lt=plan.term.starts_on)
    return earlier.with_what_it_belongs_to().order_by("-term__starts_on").first()


def offers_for(plan: Plan, standing: Standing) -> Offers:
    """What may be carried into `plan` by somebody who stands so to the student."""
    previous = previous_plan(plan)
    if previous is None or plan.is_closed:
        return Offers(previous)
    answered = list(plan.carried.all())
    items, goals, sections = (
        {getattr(row, name) for row in answered} for name in ("item_id", "own_goal_id", "section_id")
    )
    parts = parts_of(previous)
    return Offers(
        previous,
        [item for item in parts.items if item.is_unfinished and item.pk not in items],
        [goal for goal in parts.own_goals if goal.state == OwnGoal.State.OPEN and goal.pk not in goals],
        [section for section in _words(parts, plan, standing) if section.pk not in sections],
    )


def _words(parts, plan, standing):
    """Sections of the earlier plan with words that this person may read, where the new section is empty and theirs to
    write."""
    empty = {
        section.key: section for section in plan.sections.select_related("text")
        if section.text.is_empty and may_write(section.text, standing)
    }  # fmt: skip
    for section in parts.sections:
        if section.key in empty and not section.text.is_empty and may_read(section.text, standing):
            section.new_readers = _new_readers(section, empty[section.key])
            yield section


def _new_readers(old, new) -> list[str]:
    """Roles that did not read these words and would: the section is open to more people now."""
    return [str(Role(role).label) for role in new.text.readers if role not in old.text.readers]
