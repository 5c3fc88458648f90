"""The printed letter: a code in groups, a square for phones, in the person's language."""

import base64

import pytest
from django.template.loader import render_to_string

from accounts.letters import letter_for, qr
from accounts.tests.factories import UserFactory, letter, mailed


@pytest.fixture
def printed(cast):
    return letter_for(letter(UserFactory(username=None, given_name="Amal"), cast.ada, cast.school))


def page(printed):
    return render_to_string("accounts/letter.html", {"letter": printed})


def test_it_holds_what_its_reader_needs(printed):
    words = page(printed)
    for needed in ("Riverside", "Amal Marsh", printed.code, "http://127.0.0.1:8000/join/"):
        assert needed in words
    assert len(printed.code.split("-")) == 3


def test_the_square_is_a_picture_without_a_file_or_inline_style(printed):
    kind, _comma, data = printed.qr.partition(",")
    drawn = base64.b64decode(data).decode()
    assert kind == "data:image/svg+xml;base64"
    assert "<path" in drawn and "style=" not in drawn


def test_another_code_is_another_square():
    assert qr("https://example.org/1") != qr("https://example.org/2")


def test_it_is_in_the_persons_language(cast):
    assert 'lang="es"' in page(letter_for(letter(cast.rosa, cast.ada, cast.school)))


def test_an_e_mails_link_cannot_be_printed(cast):
    sent, _token = mailed(cast.sam, cast.ada, cast.school)
    assert not letter_for(sent).is_printable
    assert "no longer be printed" in page(letter_for(sent))


def test_who_has_a_name_is_told_that_it_stays(cast):
    words = page(letter_for(letter(cast.omar, cast.ada, cast.school)))
    assert "choose a new password" in words and "<strong>omar</strong>" in words
