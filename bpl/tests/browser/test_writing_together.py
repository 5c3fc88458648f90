"""Several people write one text at once."""

import pytest
from playwright.sync_api import expect

from bpl.tests.browser.text_page import address, paper_of, see_saved, text_in, write_in
from coedit.models import Update
from coedit.tests.factories import a_text
from schools.roles import Role

READERS = [Role.STUDENT, Role.PARENT]


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
    expect(paper_of(sam).locator("p")).to_have_text(["I like boats. And the sea.", "So do I."])
    see_saved(rosa)
    see_saved(sam)


def test_words_typed_at_the_same_moment_all_stay(cast, open_as):
    text = a_text(cast, "Between us.")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text))
    write_in(sam).press("Home")
    write_in(rosa).press("End")
    for mine, yours in zip("abcdefgh", "stuvwxyz", strict=True):
        sam.keyboard.type(mine)
        rosa.keyboard.type(yours)
    for page in (sam, rosa):
        expect(paper_of(page)).to_have_text("abcdefghBetween us.stuvwxyz")
        see_saved(page)


def test_carets_carry_names_and_go_with_their_owner(cast, open_as):
    text = a_text(cast, "I like boats.")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text))
    write_in(sam)
    write_in(rosa)
    expect(sam.locator(".caret")).to_have_attribute("data-name", "Rosa Okafor")
    expect(text_in(sam).get_by_role("listitem").filter(has_text="Rosa Okafor")).to_be_visible()
    rosa.close()
    expect(sam.locator(".caret")).to_have_count(0)


def test_undo_takes_back_only_my_own(cast, open_as):
    text = a_text(cast, "Start.")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text))
    write_in(sam).press_sequentially(" Sam's words.")
    write_in(rosa).press("Home")
    rosa.keyboard.type("Rosa's words. ")
    expect(paper_of(sam)).to_have_text("Rosa's words. Start. Sam's words.")
    sam.get_by_role("button", name="Undo").click()
    expect(paper_of(sam)).to_have_text("Rosa's words. Start.")
    sam.get_by_role("button", name="Redo").click()
    expect(paper_of(rosa)).to_have_text("Rosa's words. Start. Sam's words.")


def test_a_reader_sees_words_and_carets_and_changes_nothing(cast, open_as):
    text = a_text(cast, "- [ ] Sand the hull", readers=READERS, writers=[Role.STUDENT])
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text, live=True))
    write_in(sam).press("End")
    sam.keyboard.type(" today")
    expect(paper_of(rosa)).to_contain_text("Sand the hull today")
    expect(rosa.locator(".caret")).to_have_attribute("data-name", "Sam Okafor")
    see_saved(sam)
    rows = Update.objects.count()
    expect(rosa.locator("[data-text-write]")).to_have_count(0)
    paper_of(rosa).click()
    rosa.keyboard.type("nonsense")
    rosa.get_by_role("checkbox").click()
    sam.keyboard.type("!")
    expect(paper_of(rosa)).to_contain_text("today!")
    expect(rosa.get_by_role("checkbox")).not_to_be_checked()
    assert set(Update.objects.order_by("id")[rows:].values_list("author", flat=True)) == {cast.sam.pk}


def test_opening_a_text_writes_nothing(cast, open_as):
    text = a_text(cast, "# Who I am\n\n- [x] one\n- [ ] two\n\n1. first")
    rows = Update.objects.count()
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    expect(text_in(sam)).to_have_attribute("data-synced", "true")
    sam.get_by_role("button", name="Done").click()
    expect(paper_of(sam)).to_have_count(0)
    assert Update.objects.count() == rows


def test_it_begins_where_one_touches_and_shows_the_words_when_done(cast, open_as):
    text = a_text(cast, "First.\n\nSecond.")
    sam = open_as(cast.sam, address(text))
    sam.locator("[data-text-words] p", has_text="First.").click(position={"x": 300, "y": 10})
    expect(paper_of(sam)).to_be_focused()
    sam.keyboard.type(" Mine.")
    expect(paper_of(sam).locator("p").first).to_have_text("First. Mine.")
    sam.get_by_role("button", name="Done").click()
    expect(sam.locator("[data-text-words]")).to_have_text("First. Mine.Second.")
    expect(sam.get_by_role("link", name="Write")).to_be_focused()


def test_at_most_four_texts_hold_a_connection(cast, open_as):
    texts = [a_text(cast, f"Text {number}", title=f"Text {number}") for number in range(6)]
    sam = open_as(cast.sam, address(*texts))
    for number in range(6):
        sam.get_by_role("link", name=f"Write : Text {number}").click()
        expect(sam.locator(".ProseMirror-focused")).to_have_text(f"Text {number}")
    assert sam.locator("[data-text].is-open").count() == 4


def test_a_live_text_shows_others_words_before_it_is_touched(cast, open_as):
    text = a_text(cast, "Start.")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text, live=True))
    write_in(sam).press_sequentially(" More.")
    expect(paper_of(rosa)).to_have_text("Start. More.")
    expect(rosa.get_by_role("toolbar")).to_have_count(0)
    write_in(rosa).press_sequentially(" And mine.")
    expect(rosa.get_by_role("toolbar")).to_be_visible()
    expect(paper_of(sam)).to_have_text("Start. More. And mine.")
