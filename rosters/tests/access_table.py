from bpl.tests.access import Row
from rosters.actions.leaving import leave_school
from rosters.models import Import
from rosters.tests.factories import TODAY, pasted

# Who may add people; what each of them reaches is tested beside the page.
BRINGS = "ada ben cover coordinator lead safeguarding"
# Everybody else with a role at Riverside knows the school and may not.
OTHERS = "specialist"


def school(cast):
    return {"school_id": cast.school.pk}


def table(cast):
    imported = Import.objects.first() or pasted(cast, "Name,Grade\nJo Rivers,9", by=cast.ada)
    return school(cast) | {"import_id": imported.pk}


def of(name):
    return lambda cast: school(cast) | {"user_id": getattr(cast, name).pk}


def role(cast):
    return of("ben")(cast) | {"role_id": cast.ben.staff_roles.get().pk}


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def left(cast):
    kit = cast.student("kit")
    leaving = kit.leavings.first() or leave_school(student=kit, by=cast.lead, on=TODAY)
    return {"student_id": kit.pk, "leaving_id": leaving.pk}


def brings(name, method="get", **options):
    return Row(f"rosters:{name}", method=method, ok=BRINGS, may_not=OTHERS, **({"kwargs": school} | options))


def leads(name, method="get", kwargs=school, **options):
    return Row(
        f"rosters:{name}", method=method, kwargs=kwargs, ok="lead",
        may_not="ada ben cover coordinator safeguarding specialist", **options,
    )  # fmt: skip


def tables(name, method="get", **options):
    """A table is its maker's, and the leads'."""
    return Row(f"rosters:{name}", method=method, kwargs=table, ok="ada lead", may_not=OTHERS, **options)


def persons(name, method="get", **options):
    """Sam's sign-in: who may change Sam's team."""
    return Row(f"rosters:{name}", method=method, kwargs=of("sam"), ok="ada coordinator lead", may_not=OTHERS, **options)


TEAM = "sam rosa grandma mo cover specialist coordinator safeguarding"

ROWS = [
    Row("rosters:index", signed_in=True),
    brings("people"),
    *[brings("student_add", method) for method in ("get", "post")],
    brings("guardian_for"),
    brings("guardian_for", query="?q=sam"),
    *[brings("paste", method) for method in ("get", "post")],
    brings("template", kwargs=lambda cast: school(cast) | {"kind": "students"}),
    *[tables("import", method) for method in ("get", "post")],
    tables("import", query="?show=new&edit=2"),
    *[tables(name, "post") for name in ("import_columns", "import_drop", "import_go_on")],
    *[brings("invitations", method) for method in ("get", "post")],
    brings("invitations", query="?group=families&state=none&q=rosa"),
    brings("letters", query="?people=1,2,3"),
    brings("letters_pdf", query="?people=1,2,3"),
    persons("person"),
    persons("person_invite", "post"),
    Row(
        "rosters:person_account", method="post", kwargs=of("sam"), ok="lead",
        may_not="ada ben cover coordinator safeguarding specialist",
    ),
    *[leads("year", method) for method in ("get", "post")],
    leads("year", query="?on=2027-09-01&grade-10=11"),
    leads("drift"),
    leads("drift_repair", "post"),
    leads("staff"),
    *[leads("staff_add", method) for method in ("get", "post")],
    *[leads("staff_member", method, of("ben")) for method in ("get", "post")],
    leads("staff_details", "post", of("ben")),
    leads("role_end", "post", role),
    *[leads("staff_leave", method, of("ben")) for method in ("get", "post")],
    *[Row("rosters:leave", method=method, kwargs=sam, ok="ada lead", may_not=TEAM) for method in ("get", "post")],
    Row("rosters:leave_back", method="post", kwargs=left, ok="lead", may_not="kit ben coordinator safeguarding"),
]  # fmt: skip
