from bpl.tests.access import Row
from bpl.tests.cast import NOW
from notices.tests.factories import NoticeFactory


def of_ada(cast):
    return {"notice_id": NoticeFactory(user=cast.ada).pk}


ROWS = [
    Row("notices:index", signed_in=True),
    Row("notices:index", query="?all=1", signed_in=True),
    Row("notices:settings", signed_in=True),
    Row("notices:settings", method="post", data=lambda cast: {"digest": "weekly"}, signed_in=True),
    Row("notices:read_all", method="post", data=lambda cast: {"until": NOW.isoformat()}, signed_in=True),
    # A notice is its reader's alone.
    Row("notices:open", method="post", kwargs=of_ada, ok="ada"),
    Row("notices:read", method="post", kwargs=of_ada, ok="ada"),
]
