"""Several people write one text at once."""

import pytest
from playwright.sync_api import expect

from bpl.tests.browser.text_page import address, paper_of, see_saved, text_in, write_in
from coedit.models import Text, Update
from coedit.tests.factories import a_text


@pytest.fixture(autouse=True)
def text_pages(settings):
    settings.ROOT_URLCONF = "bpl.tests.browser.text_page"


def test_two_people_see_each_others_words_as_they_are_typed(cast, open_as):
    text = a_text(cast, "I like boats.")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text), phone=True)
    write_in(sam).press_sequentially(" And the sea.")
    expect(text_in(rosa)).to_contain_text("I like boats.")
    write_in(rosa)
    expect(paper_of(rosa)).to_have_text("I like boats. And the sea.")
    rosa.keyboard.press("Enter")
    rosa.keyboard.type("So do I.")
    expect(paper_of(sam).locator("p")).to_contain_text(["I like boats. And the sea.", "So do I."])
    see_saved(rosa)
    see_saved(sam)
