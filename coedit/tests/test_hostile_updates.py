"""Whatever somebody hostile sends: it is refused, or it does harm to nobody's words but their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpl.tests.cast import NOW
from coedit.document import Document, TooManyWaiting, built
from coedit.log import append_all, take_snapshot
from coedit.models import Snapshot
from coedit.ranges import OutsideSchema, read_update
from coedit.render import to_html, to_plain
from coedit.tests.factories import a_text
from coedit.tests.updates import an_item, an_update, node, words
from coedit.tree import Node, Words, insert, new_doc, paragraph, root_of
from coedit.wire import Malformed, var_string, var_uint

SAM = 5
# Into words of Sam's that are not there yet, as if they were a node.
MISFIT = an_update(bytes([0x28, 0x00]) + var_uint(SAM) + b"\x03" + var_string("level") + b"\x01\x7d\x01")


def typed(*what) -> list[bytes]:
    """Sam's updates, one for each thing that he typed into one paragraph."""
    doc, updates = new_doc(client_id=SAM), []
    subscription = doc.observe(lambda event: updates.append(event.update))
    insert(root_of(doc), 0, [paragraph(what[0])])
    for letters in what[1:]:
        text = root_of(doc).children[0].children[0]
        text.insert(len(text), letters)
    doc.unobserve(subscription)
    return updates


def take(document, update):
    kept = document.take(update, read_update(update))
    return [kept.data] if kept else []


def loaded(rows) -> Document:
    return built((0, b"\x00\x00"), list(enumerate(rows, 1)))


def test_what_waits_for_words_to_misuse_them_does_not_shut_out_their_writer():
    document, rows = Document(), []
    for update in (typed("a")[0], MISFIT, *typed("a", "b", "c")[1:]):
        rows += take(document, update)
    assert to_plain(document.tree()) == to_plain(loaded(rows).tree()) == "abc"
    assert loaded(rows).last_id == len(rows)


def _parts():
    """Updates as several people would send them, with everything that a text may hold."""
    doc, updates = new_doc(client_id=SAM), []
    subscription = doc.observe(lambda event: updates.append(event.update))
    link = {"link": {"href": "https://x.example"}}
    for tag in ("paragraph", "bulletList", "heading", "table"):
        runs = Words([("ab😀", {}), ("de", {"bold": {}}), ("l", link)])
        insert(root_of(doc), 0, [Node(tag, {"level": 2}, [runs])])
    del root_of(doc).children[1]
    doc.unobserve(subscription)
    return updates


PARTS = _parts()
TWISTS = st.tuples(st.integers(0, 400), st.sampled_from(["set", "add", "drop"]), st.integers(0, 255))


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.lists(TWISTS, max_size=3)), min_size=1, max_size=8))
def test_the_log_can_be_read_again_whatever_was_taken(story):
    document, rows = Document(), []
    for part, twists in story:
        try:
            rows += take(document, _twisted(part, twists))
        except (Malformed, OutsideSchema, TooManyWaiting):
            document = loaded(rows)
        blocks = loaded(rows).tree()
        to_html(blocks), to_plain(blocks).encode()


def _twisted(part, twists):
    data = bytearray(part)
    for place, how, value in twists:
        at = place % len(data)
        data[at : at + (how != "add")] = b"" if how == "drop" else bytes([value])
    return bytes(data)


def test_a_crowd_of_writers_in_one_update_is_refused():
    crowd = [var_uint(1) + var_uint(writer) + b"\0" + b"\0\1" for writer in range(1001)]
    document = Document()
    with pytest.raises(OutsideSchema):
        take(document, var_uint(len(crowd)) + b"".join(crowd) + b"\0")
    assert take(document, var_uint(1000) + b"".join(crowd[1:]) + b"\0")


@pytest.mark.django_db
def test_a_letter_that_no_database_keeps_is_left_out_of_what_pages_show(cast):
    text = a_text(cast)
    update = an_update(
        an_item(node("paragraph")), an_item(node("", kind=6), parent=0), an_item(words("a\0b"), parent=1)
    )
    append_all(text=text, updates=[update], user_id=cast.sam.pk, at=NOW)
    assert (text.plain, text.html) == ("ab", "<p>ab</p>")


@pytest.mark.django_db
def test_a_document_that_yrs_tells_wrongly_makes_no_snapshot(cast):
    text, document = a_text(cast), Document()
    take(document, typed("a😀b")[0])
    take(document, b"\x00\x01" + var_uint(SAM) + b"\x01\x04\x01")
    document.rows_since_snapshot = 500
    take_snapshot(text.pk, document)
    assert not Snapshot.objects.exists()
