"""Carets: whose they are, who sees them, and that a stock provider is kept awake."""

from coedit.colours import colour_of
from coedit.live import limits
from coedit.tests.factories import a_text
from coedit.wire import QUIET


def test_others_see_a_caret_under_its_real_name(peer, cast):
    text = a_text(cast)
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    sam.caret({"user": {"name": "The Head", "color": "red"}, "cursor": {"at": 3}}, clock=1)
    rosa.pump(until=lambda: sam.doc.client_id in rosa.carets)
    _clock, state = rosa.carets[sam.doc.client_id]
    assert state == {"user": {"name": "Sam Okafor", "color": colour_of(cast.sam.pk)}, "cursor": {"at": 3}}


def test_it_is_echoed_to_its_sender(peer, cast):
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.caret({}, clock=1)
    sam.pump(until=lambda: sam.carets.get(sam.doc.client_id, (0,))[0] == 1)


def test_a_newcomer_is_shown_who_is_here(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.caret({}, clock=1)
    sam.pump(until=lambda: sam.carets)
    rosa = peer(cast.rosa, text)
    rosa.pump(until=lambda: sam.doc.client_id in rosa.carets)


def test_a_caret_leaves_with_its_socket(peer, cast):
    text = a_text(cast)
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    sam.caret({}, clock=1)
    rosa.pump(until=lambda: sam.doc.client_id in rosa.carets)
    sam.close()
    rosa.pump(until=lambda: rosa.carets[sam.doc.client_id] == (2, None))


def test_nobody_speaks_for_another(peer, cast):
    text = a_text(cast)
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    sam.caret({"cursor": 1}, clock=1)
    rosa.pump(until=lambda: rosa.carets)
    rosa.caret({"cursor": 2}, clock=1)
    rosa.caret({"cursor": "false"}, clock=9, client=sam.doc.client_id)
    rosa.caret(None, clock=10, client=sam.doc.client_id)
    sam.caret({"cursor": 3}, clock=2)
    rosa.pump(until=lambda: rosa.carets[sam.doc.client_id][0] == 2)
    assert rosa.carets[sam.doc.client_id][1]["cursor"] == 3


def test_an_older_clock_is_dropped(peer, cast):
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.caret({"cursor": 1}, clock=5)
    sam.pump(until=lambda: sam.carets)
    sam.caret({"cursor": 2}, clock=5)
    sam.caret({"cursor": 3}, clock=6)
    sam.pump(until=lambda: sam.carets[sam.doc.client_id][0] == 6)
    assert sam.carets[sam.doc.client_id][1]["cursor"] == 3


def test_guardians_do_not_see_each_other(peer, cast):
    text = a_text(cast)
    rosa, grandma, ada = (peer(who, text).sync() for who in (cast.rosa, cast.grandma, cast.ada))
    rosa.caret({}, clock=1)
    ada.pump(until=lambda: rosa.doc.client_id in ada.carets)
    ada.caret({}, clock=1)
    grandma.pump(until=lambda: ada.doc.client_id in grandma.carets)
    assert rosa.doc.client_id not in grandma.carets
    newcomer = peer(cast.grandma, text)
    newcomer.pump(until=lambda: ada.doc.client_id in newcomer.carets)
    assert rosa.doc.client_id not in newcomer.carets


def test_somebody_who_reads_is_seen_too(peer, cast):
    text = a_text(cast, readers=["student"], writers=["adviser"])
    sam, ada = peer(cast.sam, text).sync(), peer(cast.ada, text).sync()
    sam.caret({"cursor": 1}, clock=1)
    ada.pump(until=lambda: sam.doc.client_id in ada.carets)


def test_a_quiet_socket_hears_something(peer, cast, monkeypatch):
    monkeypatch.setattr(limits, "QUIET_AFTER", 1)
    sam = peer(cast.sam, a_text(cast)).sync()
    sam.pump(until=lambda: sam.messages.count(QUIET) == 2)
    assert QUIET == b"\x01\x01\x00"
