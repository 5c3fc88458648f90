"""The wire contract, spoken to a real server: writing, acknowledging, joining."""

import threading

from django.db import OperationalError
from django.db.backends.signals import connection_created

from coedit.live import hub
from coedit.live.batch import Ask
from coedit.live.outbox import Outbox
from coedit.models import Snapshot, Text, Update
from coedit.tests.conftest import serving
from coedit.tests.factories import a_text
from coedit.tests.peers import Peer, wait_until
from coedit.wire import NO_CHANGE, STEP1, STEP2, SYNC, UPDATE, Reader, read_state


def rows_of(text):
    return Update.objects.filter(text=text)


def syncs(peer, kind):
    readers = [Reader(frame) for frame in peer.messages if frame[:2] == bytes([SYNC, kind])]
    for reader in readers:
        reader.at = 2
    return [reader.bytes() for reader in readers]


def test_two_people_write_one_text(peer, cast):
    text = a_text(cast, "Hello")
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    sam.write("from Sam")
    rosa.write("from Rosa")
    sam.all_saved().sees("from Rosa")
    rosa.all_saved().sees("from Sam")
    assert sam.text == rosa.text
    assert "Hello" in sam.text


def test_a_keystroke_is_a_row_under_its_writers_name(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.type("abc")
    sam.all_saved()
    rows = list(rows_of(text).values_list("author__username", "client_id", "relayed_by", "clock", "length"))
    assert {row[:3] for row in rows} == {("sam", sam.doc.client_id, None)}
    assert [(row[3], row[4]) for row in rows] == [(0, 3), (3, 1), (4, 1)]


def test_saved_means_that_the_database_has_it(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.write("kept")
    sam.all_saved()
    assert rows_of(text).count() == 1
    assert sam.saved == len(sam.pushed)


def test_nobody_hears_themselves(peer, cast):
    text = a_text(cast)
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    sam.write("mine")
    rosa.write("hers")
    sam.all_saved().sees("hers")
    assert all(sam.sent[0] != update for update in syncs(sam, UPDATE))
    assert syncs(sam, UPDATE)


def test_the_server_asks_writers_first_and_readers_never(peer, cast):
    text = a_text(cast, "Hello", writers=["adviser"], readers=["student"])
    ada, sam = peer(cast.ada, text), peer(cast.sam, text).sync()
    ada.pump(until=lambda: ada.is_asked)
    assert ada.messages[0][:2] == bytes([SYNC, STEP1])
    assert syncs(sam, STEP1) == []
    assert sam.text == "Hello"


def test_an_answer_without_news_is_counted_and_kept_nowhere(peer, cast):
    text = a_text(cast, "Hello")
    sam = peer(cast.sam, text).sync()
    sam.pump(until=lambda: sam.is_asked)
    sam.push(sam.doc.get_update(), STEP2)
    sam.push(NO_CHANGE)
    sam.all_saved()
    assert rows_of(text).count() == 1


def test_what_was_sent_twice_is_kept_once(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    update = sam.write("once")
    sam.push(update)
    sam.push(sam.doc.get_update(), STEP2)
    sam.all_saved()
    assert rows_of(text).count() == 1


def test_offline_words_arrive_when_the_server_asks(peer, cast):
    text = a_text(cast, "Hello")
    away = peer(cast.sam, text).sync()
    away.close()
    away.write("typed on the bus", send=False)
    back = peer(cast.sam, text)
    back.doc = away.doc
    back.pump(until=lambda: back.is_asked).all_saved()
    assert rows_of(text).latest("id").length == len("typed on the bus") + 2
    assert peer(cast.rosa, text).sync().text == "Hello\ntyped on the bus"


def test_an_update_that_comes_too_early_is_kept_and_asked_after(peer, cast):
    text = a_text(cast)
    sam, rosa = peer(cast.sam, text).sync(), peer(cast.rosa, text).sync()
    first, second = sam.write("first", send=False), sam.write("second", send=False)
    sam.is_asked = False
    sam.push(second)
    sam.pump(until=lambda: sam.is_asked).all_saved()
    assert first
    rosa.sees("first").sees("second")
    assert peer(cast.ada, text).sync().text == "first\nsecond"


def test_the_servers_question_says_what_it_has(peer, cast):
    text = a_text(cast, "Hello")
    sam = peer(cast.sam, text)
    sam.pump(until=lambda: sam.is_asked)
    assert read_state(syncs(sam, STEP1)[0]) == {1: 7}


def test_pages_show_the_words_soon(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.write("<b>bold & brave</b>")
    sam.all_saved()
    wait_until(lambda: Text.objects.get(pk=text.pk).rendered_id)
    shown = Text.objects.get(pk=text.pk)
    assert shown.html == "<p>&lt;b&gt;bold &amp; brave&lt;/b&gt;</p>"
    assert shown.plain == "<b>bold & brave</b>"


def test_a_long_text_is_kept_beside_its_log(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    sam.type("x" * 520)
    sam.all_saved()
    assert rows_of(text).count() == 520
    assert Snapshot.objects.filter(text=text).exists()
    assert peer(cast.rosa, text).sync().text == "x" * 520


def test_a_relayed_word_stays_its_writers(peer, cast):
    text = a_text(cast)
    rosa = peer(cast.rosa, text).sync()
    rosa.write("by Rosa")
    sam = peer(cast.sam, text).sync().sees("by Rosa")
    rosa.all_saved()
    more = rosa.write("also by Rosa", send=False)
    sam.push(more)
    sam.all_saved()
    row = rows_of(text).latest("id")
    assert (row.author, row.relayed_by) == (cast.rosa, cast.sam)


def test_nobody_here_holds_a_connection(cast):
    opened = []

    def note(connection, **_):
        opened.append((threading.current_thread().name.partition("_")[0], connection))

    connection_created.connect(note)
    with serving() as server:
        sam = Peer(server.address, cast.sam, a_text(cast)).sync()
        sam.write("Hello")
        sam.all_saved().close()
    connection_created.disconnect(note)
    live = {name: connection for name, connection in opened if name.startswith("coedit")}
    assert live.keys() == {"coedit-door", "coedit-writer"}
    assert [connection.connection for connection in live.values()] == [None, None]


def test_who_comes_while_the_database_is_away_is_told_to_come_back(server, peer, cast, monkeypatch):
    text, asked = a_text(cast, "Hello"), []

    def answer(visitor, admit=hub.admit):
        asked.append(visitor)
        if len(asked) in lost:
            raise OperationalError("server closed the connection unexpectedly")
        return admit(visitor)

    monkeypatch.setattr(hub, "admit", answer)
    lost = {1, 2}
    assert peer(cast.sam, text).closed_with() == 1011
    lost = {3}
    assert peer(cast.sam, text).sync().text == "Hello"


def test_who_asks_for_everything_again_and_again_gets_it_one_answer_at_a_time(peer, cast, monkeypatch):
    asked, answered, most = [], [], []

    def put(writer, item, put=hub.Writer.put):
        if isinstance(item, Ask):
            asked.append(item)
            most.append(len(asked) - len(answered))
        put(writer, item)

    def push(outbox, frame, asked=False, push=Outbox.push):
        if frame[:2] == bytes([SYNC, STEP2]):
            answered.append(frame)
        return push(outbox, frame, asked)

    sam = peer(cast.sam, a_text(cast, "Hello"))
    sam.pump(until=lambda: sam.is_asked)
    monkeypatch.setattr(hub.Writer, "put", put)
    monkeypatch.setattr(Outbox, "push", push)
    for _ in range(30):
        sam.ask()
    sam.pump(until=lambda: len(syncs(sam, STEP2)) == 30)
    assert max(most) == 1
