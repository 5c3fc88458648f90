"""Rows of outcomes for tests."""

import datetime

import pytest

from bpl.tests.cast import NOW, TODAY
from outcomes import attention, figures, tables
from outcomes.actions import asking, destinations
from outcomes.attention import Rule
from outcomes.figure import Amount, As, Figure, Said, Stage
from outcomes.models import Attention, Background, Destination, FigureTable, Held, Leaver, Refresh, Survey
from outcomes.suppression import Count, Table, publish
from rosters.actions.leaving import leave_school
from schools.roles import Permission

# Who they are ---------------------------------------------------------------------------------------------------


def a_held(cast, *kinds, school=None) -> Held:
    """The cast's school holds these kinds, or all of them."""
    school = school or cast.school
    chosen = list(kinds or Background.Kind.values)
    return Held.objects.update_or_create(school=school, defaults={"kinds": chosen})[0]


def a_background(
    cast, student="sam", kind="meals", value="free", since=datetime.date(2026, 9, 1), **more
) -> Background:  # fmt: skip
    found = cast.student(student) if isinstance(student, str) else student
    said = {"by": cast.lead, "school_id": found.school_id} | more
    return Background.objects.create(student=found, kind=kind, value=value, since=since, **said)


def a_leaver_row(cast, student="omar", left_on=datetime.date(2026, 7, 1), **more) -> Leaver:
    """By a row alone: what ends with leaving is not ended (rosters)."""
    found = cast.student(student) if isinstance(student, str) else student
    said = {
        "how": "graduated",
        "class_of": 2026,
        "by": cast.lead,
        "at": datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC),
    } | more
    return Leaver.objects.create(student=found, school_id=found.school_id, left_on=left_on, **said)


# --- Leavers, destinations and the survey

# Half a year before TODAY: the first survey is due.
HALF_A_YEAR_AGO = datetime.date(2026, 5, 24)
YES = {"may_ask": True, "email": "mine@example.org", "phone": "401 555 0100"}


def a_leaver(cast, name="omar", on=HALF_A_YEAR_AGO, how="graduated", consent=None) -> Leaver:
    """Omar of Ben's advisory, unless it is said otherwise; left by the lead. Twice is once."""
    student = cast.student(name)
    if found := student.leavers.standing().first():
        return found
    leave_school(student=student, by=cast.lead, on=on, how=how, consent=consent)
    return student.leavers.standing().get()


def a_survey(cast, name="omar", **facts) -> Survey:
    """The first one, due today."""
    return a_leaver(cast, name, **facts).surveys.get(months=6)


def a_destination(cast, name="omar", by=None, **facts) -> Destination:
    said = {
        "kind": "enrolled", "level": "two_year", "where": "Rivertown College", "what": "Welding",
        "starts_on": datetime.date(2026, 9, 1), "said_on": TODAY, "source": "adviser", "confidence": "likely",
    } | facts  # fmt: skip
    if said["kind"] not in ("enrolled", "accepted", "credential"):
        said |= {"level": ""}
    return destinations.record(student=cast.student(name), by=by or cast.lead, on=TODAY, now=NOW, **said)


def asked(survey, now=NOW) -> int:
    return asking.ask_due(school=survey.school, on=now.date(), now=now)


# Tables and figures -----------------------------------------------------------------------------------------------
TERM, LAST_TERM = "2026-09-01", "2026-03-30"
NAMES = {TERM: "Fall 2026", LAST_TERM: "Spring 2026", "2026": "Class of 2026", "2025": "Class of 2025"}


def a_figure(key, name, stage=Stage.AFTER, **facts) -> Figure:
    """Of nobody, unless `say` says of whom."""
    said = {
        "topic": "Next steps" if stage == Stage.AFTER else "Days", "definition": f"What {name} means.",
        "source": f"Where {name} comes from.", "denominator": f"Of whom {name} speaks.", "say": lambda facts: {},
    }  # fmt: skip
    return Figure(key=key, stage=stage, name=name, **(said | facts))


@pytest.fixture
def some_figures(monkeypatch) -> dict[str, Figure]:
    """Four figures in place of all: tests of pages do not hang on which there are."""
    found = [
        a_figure("attendance", "Attendance", Stage.HERE, amount=Amount("Sessions attended", As.SHARE)),
        a_figure("placed", "Placed in an internship", Stage.HERE),
        a_figure("accepted", "Accepted at college"),
        a_figure("neither", "Not in education or work", less_is_better=True),
    ]
    known = {figure.key: figure for figure in found}
    monkeypatch.setattr(figures, "FIGURES", known)
    return known


def says(monkeypatch, key, counted: dict) -> None:
    """Let a figure say this of each student, by id: counted, not counted, not known."""
    figure = a_figure(key, figures.FIGURES[key].name, figures.FIGURES[key].stage,
                      say=lambda facts: {pk: Said(one) for pk, one in counted.items()})  # fmt: skip
    monkeypatch.setitem(figures.FIGURES, key, figure)


def a_table(of, figure="accepted", cohort="2026", *, sides=((20, 50, 4), (45, 60, 2)), threshold=10, **cuts):
    """Disadvantaged students and peers as (counted, students, not known), and other cuts by name; the whole is their
    sum. Published as it would be."""
    yes, no = (Count(*side) for side in sides)
    whole = Count(yes.x + no.x, yes.n + no.n, yes.unknown + no.unknown)
    split = {cut: {key: Count(*one) for key, one in groups.items()} for cut, groups in cuts.items()}
    table = Table(whole, {"disadvantaged": {"yes": yes, "no": no}} | split)
    counts, published = tables.to_json(table), tables.to_json(publish(table, threshold))
    owner = {"network": of} if of._meta.model_name == "network" else {"school": of}
    return FigureTable.objects.create(
        **owner, figure=figure, cohort=cohort, cohort_name=NAMES.get(cohort, cohort), counts=counts,
        inner=tables.head(counts), as_of=NOW, published=published, head=tables.head(published),
        published_on=TODAY.replace(day=1),
    )  # fmt: skip


def some_tables(of) -> None:
    """A term and the one before it, a class and the one before it; of whom one group is too small to be shown."""
    here = (TERM, LAST_TERM) if of._meta.model_name == "school" else ("2026-3", "2026-2")
    for figure in ("attendance", "placed"):
        for cohort in here:
            a_table(of, figure, cohort, grade={"9": (30, 55, 3), "10": (35, 55, 3)})
    a_table(of, "accepted", "2026", language={"school": (60, 95, 4), "other": (2, 7, 1), "not_held": (3, 8, 1)})
    a_table(of, "accepted", "2025", sides=((40, 50, 2), (46, 60, 1)))
    a_table(of, "neither", "2026", sides=((12, 50, 4), (5, 60, 2)))
    owner = {"network": of} if of._meta.model_name == "network" else {"school": of}
    Refresh.objects.get_or_create(**owner, defaults={"done_at": NOW, "day": TODAY, "published_on": TODAY})


def a_rule(key="no_one_to_one", name="Nobody met them for a while"):
    return Rule(
        key, name, f"The rule of {name}.", Permission.STUDENT_SEE, "dashboards:student",
        lambda facts: f"Nobody for {facts.get('days', 0)} days.",
    )  # fmt: skip


@pytest.fixture
def some_rules(monkeypatch):
    monkeypatch.setattr(attention, "RULES", {"no_one_to_one": a_rule(), "no_plan": a_rule("no_plan", "No plan signed")})


def needs_attention(cast, student="sam", rule="no_one_to_one", **facts) -> Attention:
    return Attention.objects.create(school=cast.school, student=cast.student(student), rule=rule, facts=facts)
