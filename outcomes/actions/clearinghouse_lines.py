"""The rows of a clearinghouse file as they are kept: whose they are, what of them is news, how many are what."""

from collections.abc import Iterable

from django.db.models import Count, F, Min, Q, Window
from django.db.models.fields.json import KT
from django.db.models.functions import RowNumber

from outcomes.clearinghouse import Line
from outcomes.line_facts import Fact, cells_of, facts_of, letters
from outcomes.matching import Known, Matcher
from outcomes.models import ClearinghouseFile, ClearinghouseLine, Destination
from schools.models import School
from students.models import Student

State = ClearinghouseLine.State
AT_ONCE = 1000
TWINS_AT_ONCE = 20_000


def matcher_of(school: School) -> Matcher:
    """Everybody who was ever a student of the school, read once for a file."""
    rows = Student.objects.filter(school=school).order_by("pk")
    names = ("pk", "user__given_name", "user__family_name", "user__preferred_name", "number", "born_on")
    return Matcher(school.pk, (Known(*row) for row in rows.values_list(*names).iterator()))


def rows_of(file: ClearinghouseFile, lines: Iterable[Line], matcher: Matcher) -> list[ClearinghouseLine]:
    """Rows to be kept, with what is known already said of them."""
    rows = [_row(file, line, matcher) for line in lines]
    say_what_is_new([row for row in rows if row.state == State.READY])
    return rows


def _row(file, line, matcher) -> ClearinghouseLine:
    row = ClearinghouseLine(of=file, number=line.number, cells=cells_of(line), problems=line.problems)
    match = matcher.match(line.ours, line.first, line.last, line.born)
    row.student_id, row.candidates = match.student, match.candidates
    row.state = _state(line, match)
    return row


def _state(line, match) -> str:
    if line.is_broken:
        return State.BROKEN
    if match.student is None and not match.candidates:
        return State.NOBODY
    if not line.found:
        return State.NO_RECORD
    return State.READY if match.student else State.UNSURE


def say_what_is_new(rows: list[ClearinghouseLine]) -> None:
    """Set whether rows that are somebody's are news: one query for all of them. Nothing is saved."""
    said = [(row, facts_of(row)) for row in rows]
    known = known_of(fact for _row, facts in said for fact in facts)
    for row, facts in said:
        fresh = [fact for fact in facts if fact not in known]
        row.state = State.READY if fresh else State.KNOWN
        row.cells["new"] = letters(fresh)


def known_of(facts: Iterable[Fact]) -> set[Fact]:
    """Those of `facts` that a file which stands has said before. What a person has corrected or taken back since is
    known too: a file does not bring it back."""
    return _among(facts, line__of__state=ClearinghouseFile.State.APPLIED)


def withdrawn_with(file: ClearinghouseFile, facts: Iterable[Fact]) -> set[Fact]:
    """Those of `facts` that were taken back with this file, and not by somebody before."""
    return _among(facts, line__of=file, withdrawn_at=file.undone_at, superseded_by__isnull=True)


def _among(facts, **which) -> set[Fact]:
    facts = set(facts)
    if not facts:
        return facts
    rows = Destination.objects.filter(
        student__in={fact.student for fact in facts}, starts_on__in={fact.starts_on for fact in facts},
        source=Destination.Source.CLEARINGHOUSE, **which,
    )  # fmt: skip
    names = ("student", "kind", "where", "what", "starts_on", "ends_on")
    return facts & {Fact(*row) for row in rows.values_list(*names)}


def set_twins_aside(file: ClearinghouseFile) -> None:
    """A row that says what an earlier one of the same file says is known."""
    same = [KT(f"cells__{name}") for name in ("college", "begins", "ends", "graduated_on", "degree")]
    at = Window(RowNumber(), partition_by=[F("student"), *same], order_by="number")
    twins = file.lines.filter(state=State.READY).alias(at=at).filter(at__gt=1).values_list("pk", flat=True)
    while pks := list(twins[:TWINS_AT_ONCE]):
        ClearinghouseLine.objects.filter(pk__in=pks).update(state=State.KNOWN)


def counts_of(file: ClearinghouseFile) -> dict:
    """How many rows are what, and what would come of them."""
    states = dict(file.lines.order_by().values_list("state").annotate(Count("pk")))
    new = file.lines.filter(state=State.READY).annotate(new=KT("cells__new"))
    coming = new.aggregate(
        students=Count("student", distinct=True), enrolments=Count("pk", filter=Q(new__contains="e")),
        credentials=Count("pk", filter=Q(new__contains="c")),
    )  # fmt: skip
    rows = sum(states.values())
    told = rows - states.get(State.BROKEN, 0)
    return coming | {"states": states, "rows": rows, "is_elsewhere": states.get(State.NOBODY, 0) * 2 > told}


def groups(lines):
    """(who, the first row's number, how many rows): rows that say the same of their person are one question."""
    return (
        lines.annotate(who=KT("cells__who"))
        .order_by()
        .values_list("who")
        .annotate(first=Min("number"), n=Count("pk"))
        .order_by("first")
    )
