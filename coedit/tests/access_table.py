"""Who may open the addresses of a text: one of Sam's that all his team write, the safeguarding lead and others not."""

from bpl.tests.access import Row
from coedit.tests.factories import a_text

WRITERS = "sam rosa mo ada cover specialist"
READERS = f"{WRITERS} grandma"


def a_texts_id(cast):
    return {"text_id": a_text(cast, "Hello").pk}


def a_version(cast):
    text = a_text(cast, "Hello")
    return {"text_id": text.pk, "update_id": text.last_update_id}


def some_words(cast):
    return {"markdown": "Hello", "base_id": 0}


ROWS = [
    Row("coedit:key", signed_in=True),
    Row("coedit:text", kwargs=a_texts_id, ok=READERS),
    Row("coedit:text", method="post", kwargs=a_texts_id, data=some_words, ok=WRITERS, may_not="grandma"),
    Row("coedit:updates", kwargs=a_texts_id, ok=READERS),
    Row("coedit:updates", method="post", kwargs=a_texts_id, ok=WRITERS, may_not="grandma"),
    Row("coedit:history", kwargs=a_texts_id, ok=READERS),
    Row("coedit:version", kwargs=a_version, ok=READERS),
    Row("coedit:restore", method="post", kwargs=a_version, ok=WRITERS, may_not="grandma"),
    Row("api:students", signed_in=True),
    Row("api:texts", ok=f"{READERS} coordinator lead safeguarding", query="?student={sam}"),
    Row("api:api-root"),
]
