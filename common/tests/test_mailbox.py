import pytest

from common import mailbox


def test_without_a_room_that_delivers_no_e_mail_vanishes(monkeypatch):
    monkeypatch.setattr(mailbox, "_deliverers", [])
    with pytest.raises(mailbox.NobodyDelivers):
        mailbox.post(to="robin@example.org", subject="Hello", text="Words")


def test_the_room_that_registered_gets_it(monkeypatch):
    monkeypatch.setattr(mailbox, "_deliverers", [])
    mailbox.register(lambda **email: email)
    assert mailbox.post(to="robin@example.org", subject="Hello", text="Words")["to"] == "robin@example.org"
