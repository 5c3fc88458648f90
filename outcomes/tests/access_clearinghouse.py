"""Who may open the pages of the clearinghouse's files."""

from bpl.tests.access import Row
from outcomes.models import ClearinghouseFile, Leaver
from outcomes.tests.clearinghouse_files import a_file, a_leaver, a_row, an_id, applied

STAFF = {"ok": "coordinator lead", "may_not": "ada ben cover specialist safeguarding"}


def school_of(cast):
    return {"school_id": cast.school.pk}


def file_of(cast):
    unsure = a_row("TL", "Omar", "Haddad", begins="20250901", ends="20251212")
    rows = a_row(an_id(cast, "omar"), "Omar", "Haddad"), unsure
    # Made once, for everybody who asks.
    file = ClearinghouseFile.objects.filter(school=cast.school).first() or a_file(cast, *rows)
    return school_of(cast) | {"file_id": file.pk}


def applied_file_of(cast):
    return school_of(cast) | {"file_id": applied(cast, a_row(an_id(cast, "omar"), "Omar", "Haddad")).pk}


def with_a_leaver(cast):
    if not Leaver.objects.filter(student=cast.student("omar")).exists():
        a_leaver(cast, "omar")
    return school_of(cast)


ROWS = [
    Row("outcomes:clearinghouse", kwargs=school_of, **STAFF),
    Row("outcomes:clearinghouse", kwargs=school_of, method="post", **STAFF),
    Row("outcomes:clearinghouse_request", kwargs=with_a_leaver, **STAFF),
    Row(
        "outcomes:clearinghouse_request", kwargs=with_a_leaver, method="post",
        data=lambda cast: {"classes": ["2026"], "code": "123456", "branch": "00", "name": "Riverside"}, **STAFF,
    ),
    Row("outcomes:clearinghouse_file", kwargs=file_of, **STAFF),
    Row("outcomes:clearinghouse_file", kwargs=file_of, query="?show=unsure", **STAFF),
    Row("outcomes:clearinghouse_file", kwargs=file_of, query="?show=ready", **STAFF),
    Row("outcomes:clearinghouse_decide", kwargs=file_of, method="post", data=lambda cast: {"rest": "1"}, **STAFF),
    Row("outcomes:clearinghouse_take_over", kwargs=file_of, method="post", **STAFF),
    Row("outcomes:clearinghouse_drop", kwargs=file_of, method="post", **STAFF),
    Row("outcomes:clearinghouse_undo", kwargs=applied_file_of, method="post", **STAFF),
]  # fmt: skip
