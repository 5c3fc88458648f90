"""What a panel suggested for the next plan: offered on its page, taken in as work or left."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from audit.actions import record
from common.json_rows import json_rows
from common.refusals import SaidAtField
from exhibitions.models import Remark, Seat, Taken
from plans.actions.items import Details, add_item
from plans.models import Plan
from schools.roles import Permission


class SuggestionError(SaidAtField):
    """Said to the person who asked, in their words."""


def open_suggestions():
    """Of panels that have handed in, what nobody has answered yet."""
    rows = Remark.objects.standing().filter(kind=Remark.Kind.SUGGESTION, seat__handed_in_at__isnull=False)
    # One that was corrected after somebody had answered it is answered, too.
    answered = Taken.objects.filter(remark__seat=OuterRef("seat"))
    return rows.filter(~Exists(answered)).exclude(words="")


def suggestion_rows():
    """Read with a plan: suggestions of exhibitions in terms before the plan's. See plans/brought.py."""
    found = open_suggestions().filter(
        seat__exhibition__student=OuterRef("student"),
        seat__exhibition__window__term__starts_on__lt=OuterRef("term__starts_on"),
    )
    return json_rows(
        found, "seat__exhibition__student", id="id", words="words", kind="seat__kind",
        term="seat__exhibition__window__term__starts_on",
    )  # fmt: skip


def suggested_for(plan, request):
    """Beside an open plan, to whoever sees exhibitions: suggestions of the last term that had any."""
    if not plan.suggestion_rows or not plan.is_open or Permission.EXHIBITION_SEE not in request.can:
        return None
    newest = max(row["term"] for row in plan.suggestion_rows)
    rows = [
        row | {"by": Seat.As(row["kind"]).label, "title": title_from(row["words"])}
        for row in sorted(plan.suggestion_rows, key=lambda row: row["id"]) if row["term"] == newest
    ]  # fmt: skip
    return {"plan": plan, "suggestions": rows, "can": request.can}


def title_from(words: str) -> str:
    """The first line, as the title of a piece of work."""
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return first if len(first) <= 200 else first[:199] + "…"


@transaction.atomic
def answer(*, remark: Remark, plan: Plan, title: str, takes: bool, by, now: datetime.datetime) -> Taken:
    """Take a suggestion into the plan as a piece of work, or leave it; it is offered no more. Twice is once.

    Raises SuggestionError, and plans' PlanError where the plan takes no work.
    """
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if same := Taken.objects.filter(remark=remark).first():
        return same
    item = None
    if takes:
        if not title.strip():
            raise SuggestionError(_("Say what the work is called."), "title")
        item = add_item(plan=plan, details=Details(title=title.strip()[:200]), by=by, at=now, words=remark.words)
    record(
        "exhibitions.suggestion.answered", by=by, subject=remark, school_id=plan.school_id, student_id=plan.student_id,
        takes=takes,
    )  # fmt: skip
    return Taken.objects.create(remark=remark, plan=plan, item=item, by=by, at=now)
