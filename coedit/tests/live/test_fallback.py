"""Writing and reading without WebSockets."""

import time

import pytest

from bpl.tests.cast import NOW
from coedit.actions import freeze
from coedit.models import Text, Update
from coedit.tests.callers import Caller, soon, wait_for_news
from coedit.tests.factories import a_text
from coedit.tests.updates import an_item, an_update, node
from coedit.tree import insert, paragraph, root_of


def test_a_post_is_kept_and_answers_what_others_wrote(cast):
    text = a_text(cast, "Hello")
    sam = Caller(cast.sam, text)
    assert sam.write("from the library").status_code == 200
    assert sorted(sam.text.split("\n")) == ["Hello", "from the library"]
    assert Text.objects.get(pk=text.pk).plain == sam.text
    assert Update.objects.latest("id").author == cast.sam


def test_several_updates_come_in_one_post(cast):
    text = a_text(cast)
    sam, updates = Caller(cast.sam, text), []
    for words in ("one", "two"):
        before = sam.doc.get_state()
        insert(root_of(sam.doc), 0, [paragraph(words)])
        updates.append(sam.doc.get_update(before))
    sam.post(*updates)
    assert Update.objects.filter(text=text).count() == 2


def test_without_a_state_everything_comes(cast):
    text = a_text(cast, "Hello")
    sam = Caller(cast.sam, text)
    sam.take(sam.client.get(sam.address))
    assert sam.text == "Hello"


def test_nothing_new_is_no_content(cast):
    sam = Caller(cast.sam, a_text(cast, "Hello"))
    sam.take(sam.get())
    assert sam.get().status_code == 204
    start = time.monotonic()
    assert sam.get("&wait=1").status_code == 204
    assert time.monotonic() - start >= 1


def test_a_waiting_reader_is_told_when_somebody_writes(server, peer, cast):
    text = a_text(cast, "Hello")
    rosa, sam = Caller(cast.rosa, text), peer(cast.sam, text).sync()
    rosa.take(rosa.get())
    with soon(lambda: sam.write("by socket")):
        start = time.monotonic()
        status, update = wait_for_news(server, rosa)
    rosa.doc.apply_update(update)
    assert (status, rosa.text) == (200, "Hello\nby socket")
    assert time.monotonic() - start < 4


def test_sockets_see_what_was_posted(peer, cast):
    text = a_text(cast)
    sam = peer(cast.sam, text).sync()
    Caller(cast.rosa, text).write("by plain request")
    sam.sees("by plain request")


def test_a_deletion_alone_is_news_for_those_who_say_what_they_saw(cast):
    text = a_text(cast, "Hello")
    sam, rosa = Caller(cast.sam, text), Caller(cast.rosa, text)
    seen = sam.take(sam.get())["ETag"]
    rosa.take(rosa.get())
    before = rosa.doc.get_state()
    del root_of(rosa.doc).children[0]
    rosa.post(rosa.doc.get_update(before))
    response = sam.take(sam.get("&wait=5", **{"If-None-Match": seen}))
    assert (response.status_code, sam.text) == (200, "")


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("stranger", 404), ("omar", 404), ("grandma", 403), ("sam", 200)]
)
def test_the_door_is_the_same(cast, who, status):
    text = a_text(cast)
    caller = Caller(who and getattr(cast, who), text)
    response = caller.post()
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert status == 200 or response.json()["error"]


def test_it_wants_the_token(cast):
    sam = Caller(cast.sam, a_text(cast), enforce_csrf_checks=True)
    assert sam.post().status_code == 403
    sam.client.cookies["csrftoken"] = token = "a" * 32
    assert sam.post(**{"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize("body", [an_update(an_item(node("script"))), b"nonsense", b""])
def test_it_refuses_what_no_text_may_hold(cast, body):
    text = a_text(cast, "Hello")
    assert Caller(cast.sam, text).post(body).status_code == 422
    assert Update.objects.filter(text=text).count() == 1


def test_it_refuses_what_is_too_large(cast):
    assert Caller(cast.sam, a_text(cast)).post(bytes(256 * 1024 + 1)).status_code == 413
    assert Caller(cast.sam, a_text(cast)).post(*[bytes(256 * 1024)] * 25).status_code == 413


def test_a_closed_text_takes_no_more(cast):
    text = a_text(cast)
    freeze(text=text, by=cast.ada, now=NOW)
    assert Caller(cast.sam, text).post().status_code == 403
