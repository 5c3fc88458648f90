"""A stock y-websocket provider can use a text, and is still there after two minutes without a word."""

import time

import pytest

from coedit.live import limits
from coedit.tests.factories import a_text
from coedit.tests.peers import session_of, wait_until
from coedit.tests.yjs import Yjs, needs_yjs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, needs_yjs]


@pytest.fixture
def stock(server):
    yjs = Yjs()

    def connect(name, user, text):
        yjs.run("open", name=name)
        cookie = f"sessionid={session_of(user)}"
        yjs.run("connect", name=name, origin=f"http://{server.address}", text=str(text.pk), cookie=cookie)
        return yjs

    yield connect
    yjs.close()


def test_it_writes_with_others(stock, peer, cast):
    text = a_text(cast, "Hello")
    yjs = stock("sam", cast.sam, text)
    wait_until(lambda: yjs.run("status", name="sam")["synced"])
    yjs.edit("paragraph", name="sam", at=1, text="from Yjs")
    rosa = peer(cast.rosa, text).sync().sees("from Yjs")
    rosa.write("from pycrdt")
    wait_until(lambda: "from pycrdt" in yjs.run("text", name="sam"))


def test_a_reader_s_provider_reads_and_stays(stock, peer, cast):
    text = a_text(cast, "Hello", readers=["student"], writers=["adviser"])
    yjs = stock("sam", cast.sam, text)
    ada = peer(cast.ada, text).sync()
    ada.write("more")
    wait_until(lambda: "more" in yjs.run("text", name="sam"))
    assert yjs.run("status", name="sam")["closes"] == []


def test_it_does_not_come_back_where_it_may_not(stock, cast):
    yjs = stock("omar", cast.omar, a_text(cast))
    wait_until(lambda: yjs.run("status", name="omar")["closes"])
    time.sleep(1)
    assert yjs.run("status", name="omar")["closes"] == [4404]


def test_it_is_kept_awake(stock, cast, monkeypatch):
    monkeypatch.setattr(limits, "QUIET_AFTER", 1)
    yjs = stock("sam", cast.sam, a_text(cast))
    time.sleep(4)
    assert yjs.run("status", name="sam") | {"people": 0} == {
        "synced": True,
        "connected": True,
        "closes": [],
        "people": 0,
    }


def test_it_is_still_there_after_two_minutes_alone(stock, peer, cast):
    text = a_text(cast, "Hello")
    yjs = stock("sam", cast.sam, text)
    time.sleep(120)
    assert yjs.run("status", name="sam")["closes"] == []
    rosa = peer(cast.rosa, text).sync()
    rosa.write("good morning")
    wait_until(lambda: "good morning" in yjs.run("text", name="sam"), seconds=2)
