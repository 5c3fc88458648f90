"""What the server refuses, with which code, and that the text is as it was."""

import pytest
from websockets.exceptions import InvalidStatus

from bpl.tests.cast import NOW
from coedit.actions import erase, freeze
from coedit.live import limits
from coedit.models import Update
from coedit.tests.factories import a_text
from coedit.tests.updates import an_item, an_update, nested, node, words
from coedit.tree import Node, Words, insert
from coedit.wire import STEP2, SYNC, UPDATE, var_bytes

LINK = {"link": {"href": "javascript:alert(1)"}}


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        "text",
        bytes([SYNC, UPDATE]),
        bytes([SYNC, UPDATE]) + var_bytes(b"\x00\x00") + b"!",
        bytes([SYNC, UPDATE]) + var_bytes(b"\x01\x05nonsense"),
        bytes([SYNC, UPDATE]) + var_bytes(b"\x00\x00 trailing"),
        bytes([SYNC, 7]) + var_bytes(b"\x00\x00"),
        bytes([SYNC, UPDATE]) + var_bytes(b"\xff\xff\xff\xff\x7f"),
        bytes([1]) + var_bytes(b"\x01\x05\x01\x03abc"),
    ],
)
def test_it_refuses_what_is_malformed(peer, cast, frame):
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.send(frame)
    assert sam.closed_with() == 4422


@pytest.mark.parametrize(
    "update",
    [
        an_update(an_item(node("script"))),
        an_update(an_item(node("paragraph"), root="other")),
        an_update(an_item(words("loose"))),
        an_update(an_item(node("paragraph", kind=0))),
        an_update(an_item(node("paragraph")), an_item(words("x"), parent=0, sub="onclick")),
        an_update(an_item(node("paragraph")), clock=2**31),
        nested(60),
    ],
    ids=["node", "root", "loose words", "type", "attribute", "clock", "depth"],
)
def test_it_refuses_what_is_outside_the_schema(peer, cast, update):
    text = a_text(cast, "as it was")
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    sam.push(update)
    assert sam.closed_with() == 4422
    assert Update.objects.filter(text=text).count() == 1
    rosa.write("still open")
    rosa.all_saved()
    assert peer(cast.ada, text).sync().text == "as it was\nstill open"


def test_it_refuses_a_link_that_acts(peer, cast):
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.edit(lambda root: insert(root, 0, [Node("paragraph", {}, [Words([("click", LINK)])])]))
    assert sam.closed_with() == 4422


def test_it_refuses_what_nests_too_deep_step_by_step(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.push(nested(30))
    sam.all_saved()
    sam.push(nested(30, start=30))
    assert sam.closed_with() == 4422
    assert Update.objects.filter(text=text).count() == 1


def test_the_good_half_of_a_batch_is_kept(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.write("kept")
    sam.push(nested(30))
    sam.push(nested(30, start=30))
    sam.closed_with()
    assert Update.objects.filter(text=text).count() == 2
    assert peer(cast.rosa, text).sync().text == "kept"


@pytest.mark.parametrize("kind", [UPDATE, STEP2])
def test_it_refuses_what_is_too_large(peer, cast, kind, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_STEP2", 300_000)
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.push(bytes(300_001), kind)
    assert sam.closed_with() == 4413


def test_an_older_editor_must_reload(peer, cast):
    assert peer(cast.sam, a_text(cast), query="?schema=0").closed_with() == 4426


def test_a_stock_provider_names_no_schema(peer, cast):
    assert peer(cast.sam, a_text(cast, "Hello"), query="").sync().text == "Hello"


def test_it_sends_strangers_away(peer, cast):
    text = a_text(cast)
    assert peer(None, text).closed_with() == 4401
    assert peer(cast.stranger, text).closed_with() == 4404
    assert peer(cast.omar, text).closed_with() == 4404


def test_a_socket_from_another_site_is_refused(peer, cast):
    with pytest.raises(InvalidStatus) as refusal:
        peer(cast.sam, a_text(cast), origin="http://evil.example")
    assert refusal.value.response.status_code == 403


def test_somebody_who_reads_cannot_change_a_byte(peer, cast):
    text = a_text(cast, "Hello", readers=["student"], writers=["adviser"])
    sam = peer(cast.sam, text).sync()
    sam.push(sam.doc.get_update(), STEP2)
    sam.all_saved()
    sam.write("mine")
    assert sam.closed_with() == 4403
    assert Update.objects.filter(text=text).count() == 1


def test_a_guardian_who_reads_only_cannot_write(peer, cast):
    grandma = peer(cast.grandma, a_text(cast)).sync()
    grandma.write("sweet")
    assert grandma.closed_with() == 4403


def test_a_closed_text_takes_no_more_words(peer, cast):
    text = a_text(cast, "Hello")
    sam = peer(cast.sam, text).sync()
    freeze(text=text, by=cast.ada, now=NOW)
    assert sam.closed_with() == 4403
    assert peer(cast.sam, text).sync().text == "Hello"


def test_an_erased_text_is_gone(peer, cast):
    text = a_text(cast, "Hello")
    sam = peer(cast.sam, text).sync()
    erase(text=text, by=cast.ada, now=NOW)
    assert sam.closed_with() == 4404
    assert peer(cast.sam, text).closed_with() == 4404


def test_messages_of_other_kinds_are_ignored(peer, cast):
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.send(b"\x05what is this")
    sam.write("fine")
    sam.all_saved()
