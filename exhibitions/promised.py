"""What a plan promised to show, beside what is there: by piece of work, for whoever may see the plan."""

from dataclasses import dataclass

from exhibitions.models import Evidence, Window
from plans.models import WorkItem
from students.models import Student


@dataclass(frozen=True)
class Promise:
    """A piece of work, and the evidence that is tied to it."""

    item: WorkItem
    there: list[Evidence]


def promises(student: Student, window: Window, seen) -> list[Promise]:
    """Of the plan of the window's term; `seen` is the evidence that the reader may see. Two queries."""
    items = WorkItem.objects.filter(plan__student=student, plan__term=window.term_id)
    items = items.exclude(state=WorkItem.State.DROPPED).order_by("priority", "pk")
    tied: dict[int, list[Evidence]] = {}
    for one in seen:
        for item in one.items.all():
            tied.setdefault(item.pk, []).append(one)
    return [Promise(item, tied.get(item.pk, [])) for item in items]
