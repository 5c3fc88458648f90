"""The lists of one file: by student, by row, and the questions whose rows they are. Each is so many queries, however
many rows there are."""

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from outcomes.actions.clearinghouse_lines import groups
from outcomes.models import ClearinghouseFile, ClearinghouseLine, Destination
from students.models import Student

A_PAGE, A_PAGE_OF_QUESTIONS = 100, 20
State = ClearinghouseLine.State
STUDENTS, DECIDED, CORRECTED = "students", "decided", "corrected"


def of(file: ClearinghouseFile, show: str, page: str | None) -> dict:
    """What the page shows of `file`."""
    states = file.report["states"]
    chips = [(state, _label(file, state), states[state]) for state in State if states.get(state)]
    known = {STUDENTS, DECIDED, CORRECTED, *states}
    show = show if show in known else STUDENTS
    make = {STUDENTS: _students, State.UNSURE: _unsure, DECIDED: _decided, CORRECTED: _corrected}.get(show, _rows)
    has_decided = file.lines.filter(decided_by__isnull=False).exists()
    found = {"chips": chips, "shown": show, "query": f"&show={show}", "has_decided": has_decided}
    return found | make(file, show, page)


def _label(file, state) -> str:
    return state.label if state != State.READY or file.state == ClearinghouseFile.State.READY else _("taken over")


def _students(file, _show, page) -> dict:
    """Who would have something new, or has: how much, and from when on. Rows are added up for one page alone."""
    lines = file.lines.filter(state=State.READY).order_by()
    people = Student.objects.filter(pk__in=lines.values("student")).select_related("user")
    found = Paginator(people.order_by("user__search_name", "pk"), A_PAGE).get_page(page)
    people = {student.pk: student for student in found.object_list}
    rows = lines.filter(student__in=people).alias(new=KT("cells__new")).values("student").annotate(
        enrolments=Count("pk", filter=Q(new__contains="e")), credentials=Count("pk", filter=Q(new__contains="c")),
        begins=Min(KT("cells__begins")), college=Min(KT("cells__college")),
        colleges=Count(KT("cells__college"), distinct=True),
    )  # fmt: skip
    said = {row["student"]: row for row in rows}
    found.object_list = [said[pk] | {"student": student} for pk, student in people.items() if pk in said]
    return {"page": found}


def _people(pks) -> dict[int, Student]:
    return Student.objects.select_related("user").in_bulk(set(pks))


def _rows(file, show, page) -> dict:
    lines = file.lines.filter(state=show).select_related("student__user").order_by("number")
    return {"page": Paginator(lines, A_PAGE).get_page(page)}


def _unsure(file, _show, page) -> dict:
    return _questions(file.lines.filter(state=State.UNSURE), page)


def _decided(file, _show, page) -> dict:
    return _questions(file.lines.filter(decided_by__isnull=False), page)


def _questions(lines, page) -> dict:
    """Each with one row of those it is about, and the students among whom to choose."""
    found = Paginator(groups(lines), A_PAGE_OF_QUESTIONS).get_page(page)
    asked = list(found.object_list)
    rows = lines.filter(number__in=[first for _who, first, _n in asked]).select_related("decided_by")
    by_number = {row.number: row for row in rows}
    people = _people(pk for row in by_number.values() for pk in row.candidates)
    found.object_list = [
        {
            "who": who, "n": n, "row": by_number[first],
            "candidates": [people[pk] for pk in by_number[first].candidates if pk in people],
        }
        for who, first, n in asked if first in by_number
    ]  # fmt: skip
    return {"page": found}


def _corrected(file, _show, page) -> dict:
    """What a person has corrected since: it stays when the file is taken back."""
    rows = Destination.objects.filter(line__of=file, supersedes__isnull=True, superseded_by__isnull=False)
    rows = rows.select_related("student__user", "superseded_by__by").order_by("student__user__search_name", "pk")
    return {"page": Paginator(rows, A_PAGE).get_page(page)}
