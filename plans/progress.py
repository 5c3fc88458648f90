"""How far a school's plans are: one page of students in one query, however large the school is."""

import datetime
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value

from common.json_rows import json_rows
from common.prepared import Prepared
from plans.cards import TONES
from plans.due import due_before, late_by
from plans.models import Plan, Signature, Template
from plans.people import SIGNING_ROLES, by_slot, slot_of
from plans.turns import Facts, by_place, holding, missing
from schools.models import School, Term
from schools.roles import Role
from students.listing import a_page, page_from
from students.models import Enrolment, Student, TeamMember

# What the page can be narrowed to, besides a plan's states.
NONE, OVERDUE, SIGNING = "none", "overdue", "signing"


def page_of(school: School, term: Term, on: datetime.date, show: str, number: int) -> Page:
    """Students enrolled at some time of the term, each with what the row of its plan needs: one page of them."""
    is_now, limit = term.holds(on), due_before(school, on)
    values = {"school": school.pk, "term": term.pk, "starts_on": term.starts_on, "ends_on": term.ends_on, "on": on}
    if is_now:
        values["limit"] = limit
    asks_nobody_yet = term.starts_on > limit
    return page_from(lambda number: _page(show, number, asks_nobody_yet)(**values), number)


@lru_cache(maxsize=100)
def _page(show, number, asks_nobody_yet) -> Prepared:
    return Prepared(lambda **values: a_page(_students(show, asks_nobody_yet, **values), number))


def _students(show, asks_nobody_yet, *, school, term, starts_on, ends_on, on, limit=None):
    """`limit` is given for the term of `on`: only there somebody can be late."""
    enrolled = Enrolment.objects.overlapping(starts_on, ends_on).filter(student=OuterRef("pk"))
    late = Student.objects.none()
    if limit is not None:
        late = late_by(Student.objects.filter(pk=OuterRef("pk")), on, limit, None if asks_nobody_yet else term)
    students = (
        Student.objects.filter(Exists(enrolled), school=school)
        .select_related("user")
        .annotate(
            # Nobody has two plans in one term.
            plan=FilteredRelation("plans", condition=Q(plans__term=term)),
            plan_id=F("plan__pk"),
            plan_state=F("plan__state"),
            version_number=F("plan__version__number"),
            out_pk=Subquery(_out(OuterRef("plan__pk")).values("version")),
            hashes=F("plan__version__role_hashes"),
            signing=F("plan__template__signing"),
            signatures=_signatures(),
            signers=_signers(on),
        )
    )
    # Asked once for each student of the school, and not again for those who are shown.
    if show == OVERDUE:
        return students.filter(Exists(late)).annotate(is_late=Value(True))
    return _narrowed(students.annotate(is_late=Exists(late)), show)


def _narrowed(students, show):
    if show == NONE:
        return students.filter(plan_id__isnull=True)
    if show == SIGNING:
        return students.filter(out_pk__isnull=False)
    return students.filter(plan_state=show) if show else students


def _out(plan):
    return Plan.objects.out().filter(pk=plan).order_by()


def _signatures():
    """Those of a plan that is out: of no other is it asked who is missing."""
    rows = Signature.objects.filter(plan__in=_out(OuterRef(OuterRef("plan__pk"))).values("pk"))
    return json_rows(
        rows, "plan", user="user_id", role="role", version="version_id", number="version__number",
        hashes="version__role_hashes",
    )  # fmt: skip


def _signers(on):
    rows = TeamMember.objects.on(on).filter(
        Exists(_out(OuterRef(OuterRef("plan__pk")))), student=OuterRef("pk"), role__in=SIGNING_ROLES, may_sign=True,
        user__closed_at__isnull=True,
    )  # fmt: skip
    return json_rows(rows, "student", user="user_id", role="role")


@dataclass(frozen=True)
class Row:
    """One student's plan on the page; `missing` names the places that still have to sign the version that is out."""

    student: Student
    state: str
    state_words: str
    tone: str
    number: int | None
    missing: str
    is_late: bool


def row_of(student: Student, school: School, on: datetime.date) -> Row:
    """From a student as `page_of` reads it; asks nothing more."""
    student.school = school
    state = student.plan_state or ""
    return Row(
        student, state, str(Plan.State(state).label) if state else "", TONES.get(state, "quiet"),
        student.version_number, ", ".join(_missing(student, on)), bool(student.is_late),
    )  # fmt: skip


def _missing(student, on) -> list[str]:
    if student.out_pk is None:
        return []
    template = Template(signing=student.signing)
    version = _Version(student.out_pk, student.version_number, student.hashes)
    facts = Facts(
        state=student.plan_state,
        template=template,
        number=version.number,
        signers=by_slot((row["role"], row["user"]) for row in student.signers or []),
        signed=by_place(holding(_signed(student.signatures or []), version, template)),
        parents_may_be_gone=student.decides_about_parents(on),
    )
    return [str(Role(role).label) for role in missing(facts)]


class _Version(NamedTuple):
    """What `holding` asks of a PlanVersion: to make a model of each of a page's rows takes longer than to read it."""

    pk: int
    number: int
    role_hashes: dict


class _Signed(NamedTuple):
    """What it asks of a Signature."""

    user_id: int
    slot: str
    version: _Version

    @property
    def version_id(self) -> int:
        return self.version.pk


def _signed(rows) -> list[_Signed]:
    return [
        _Signed(row["user"], slot_of(row["role"]), _Version(row["version"], row["number"], _hashes(row["hashes"])))
        for row in rows
    ]


def _hashes(value) -> dict:
    """SQLite hands JSON within JSON over as text."""
    return json.loads(value) if isinstance(value, str) else value
