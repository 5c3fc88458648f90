import datetime

from bpl.tests.access import Row
from schools.models import Closure

# Everybody with a role in Riverside knows that the school is there; its settings are the lead's.
STAFF = "ada ben cover specialist coordinator safeguarding"


def school(cast):
    return {"school_id": cast.school.pk}


def term(cast):
    return school(cast) | {"term_id": cast.last_term.pk}


def closure(cast):
    row, _is_new = Closure.objects.get_or_create(
        school=cast.school, name="Snow", starts_on=datetime.date(2026, 12, 1), ends_on=datetime.date(2026, 12, 2)
    )
    return school(cast) | {"closure_id": row.pk}


def goal(cast):
    return school(cast) | {"goal_id": cast.school.goals.first().pk}


def code(cast):
    return school(cast) | {"code_id": cast.school.attendance_codes.get(code="T").pk}


def leads(name, method="get", kwargs=school, **options):
    return Row(f"schools:{name}", method=method, kwargs=kwargs, ok="lead", may_not=STAFF, **options)


ROWS = [
    Row("schools:index", signed_in=True),
    Row("schools:policy", signed_in=True),
    leads("rubric"),
    leads("rubric", "post"),
    Row("schools:network", kwargs=lambda cast: {"network_id": cast.network.pk}, ok="network_lead"),
    Row(
        "schools:network_sharing",
        method="post",
        kwargs=lambda cast: {"network_id": cast.network.pk},
        ok="network_lead",
    ),  # fmt: skip
    leads("home"),
    leads("audit"),
    leads("audit", query="?who=ada&student=sam&kind=write&since=2026-11-01&until=2026-11-30"),
    *[leads(name, method) for name in ("details", "numbers") for method in ("get", "post")],
    leads("terms"),
    *[leads("term_add", method) for method in ("get", "post")],
    *[leads(name, method, term) for name in ("term", "term_close") for method in ("get", "post")],
    leads("term_remove", "post", term),
    *[leads("closures", method) for method in ("get", "post")],
    *[leads("closure", method, closure) for method in ("get", "post")],
    leads("closure_remove", "post", closure),
    leads("goals"),
    *[leads("goal_add", method) for method in ("get", "post")],
    leads("goal_add", query="?sixth=1"),
    *[leads("goal", method, goal) for method in ("get", "post")],
    *[leads(name, "post", goal) for name in ("goal_move", "goal_retire", "goal_bring_back")],
    leads("codes"),
    *[leads("code_add", method) for method in ("get", "post")],
    *[leads("code", method, code) for method in ("get", "post")],
    *[leads(name, "post", code) for name in ("code_retire", "code_bring_back")],
]
