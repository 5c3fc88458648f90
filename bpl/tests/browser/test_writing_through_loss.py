"""Nothing typed is lost: through a lost network, a blocked one, an ended session, a shared device, a closed text."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from bpl.tests.browser.conftest import sign_in
from bpl.tests.browser.text_page import address, paper_of, see_saved, see_unsaved, text_in, write_in
from coedit.actions import erase, freeze
from coedit.models import Update
from coedit.tests.factories import a_text


@pytest.fixture(autouse=True)
def text_pages(settings):
    settings.ROOT_URLCONF = "bpl.tests.browser.text_page"


def see_kept(page):
    """What is unsaved is stored in this browser."""
    expect(text_in(page)).to_have_attribute("data-kept", "true")
    see_unsaved(page)


def end_session(page):
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == site.SESSION_COOKIE_NAME)
    elsewhere = Client()
    elsewhere.cookies[site.SESSION_COOKIE_NAME] = key
    elsewhere.logout()
    expect(page.get_by_text("You have been signed out.").first).to_be_visible()


def come_back(page):
    page.evaluate("dispatchEvent(new Event('focus'))")


def block_sockets(page):
    page.route_web_socket("**/ws/**", lambda socket: socket.close())


def type_offline(page, words):
    page.context.set_offline(True)
    page.keyboard.type(words)
    see_kept(page)


def test_words_typed_offline_merge_on_return(cast, open_as):
    text = a_text(cast, "Start.")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text))
    write_in(sam)
    write_in(rosa).press("Home")
    type_offline(sam, " Sam, offline.")
    expect(sam.get_by_text("No connection — your words are kept on this device").first).to_be_visible()
    rosa.keyboard.type("Rosa, online. ")
    see_saved(rosa)
    sam.context.set_offline(False)
    for page in (sam, rosa):
        expect(paper_of(page)).to_have_text("Rosa, online. Start. Sam, offline.")
    see_saved(sam)


def test_where_the_browser_keeps_nothing_it_does_not_say_that_it_does(cast, new_context):
    sam = new_context(cast.sam).new_page()
    sam.add_init_script("indexedDB.open = () => { throw new DOMException('not in private', 'SecurityError') }")
    sam.goto(address(a_text(cast, "Start.")))
    write_in(sam)
    sam.context.set_offline(True)
    sam.keyboard.type(" Offline.")
    expect(sam.get_by_text("leave this page open until it is back").first).to_be_visible()
    sam.context.set_offline(False)
    see_saved(sam)


def test_words_of_a_tab_that_was_closed_offline_are_sent_when_the_page_opens_again(cast, open_as):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    type_offline(sam, " Offline.")
    sam.close()
    sam.context.set_offline(False)
    again = sam.context.new_page()
    again.goto(address(text))
    expect(write_in(again)).to_have_text("Start. Offline.")
    see_saved(again)
    assert Update.objects.order_by("id").last().author == cast.sam


def test_where_sockets_are_blocked_words_go_both_ways_over_http(cast, new_context, open_as):
    text = a_text(cast, "Start.")
    sam = new_context(cast.sam).new_page()
    block_sockets(sam)
    sam.goto(address(text))
    write_in(sam).press_sequentially(" Over HTTP.")
    see_saved(sam)
    expect(text_in(sam)).to_have_attribute("data-route", "http")
    rosa = open_as(cast.rosa, address(text))
    expect(write_in(rosa)).to_have_text("Start. Over HTTP.")
    rosa.keyboard.type(" By socket.")
    expect(paper_of(sam)).to_have_text("Start. Over HTTP. By socket.")


def test_an_ended_session_keeps_the_words_until_one_signs_in_again(cast, open_as, live_url):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    end_session(sam)
    sam.keyboard.type(" After the end.")
    see_kept(sam)
    expect(sam.get_by_role("link", name="Sign in again")).to_be_visible()
    sign_in(sam.context, cast.sam, live_url)
    come_back(sam)
    see_saved(sam)
    expect(sam.get_by_role("link", name="Sign in again")).to_be_hidden()
    expect(paper_of(sam)).to_have_text("Start. After the end.")


def test_words_are_not_sent_in_the_name_of_whoever_signs_in_next(cast, open_as, live_url):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    end_session(sam)
    sam.keyboard.type(" Sam's own.")
    see_kept(sam)
    sign_in(sam.context, cast.rosa, live_url)
    come_back(sam)
    expect(sam.get_by_text("Somebody else has signed in on this device.").first).to_be_visible()
    see_unsaved(sam)
    sign_in(sam.context, cast.sam, live_url)
    come_back(sam)
    see_saved(sam)
    assert Update.objects.order_by("id").last().author == cast.sam


def test_the_next_person_on_a_shared_device_cannot_read_what_was_kept(cast, open_as, live_url):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    type_offline(sam, " For nobody else.")
    sam.close()
    device = sam.context
    device.set_offline(False)
    sign_in(device, cast.rosa, live_url)
    rosa = device.new_page()
    rosa.goto(address(text))
    expect(write_in(rosa)).to_have_text("Start.")
    see_saved(rosa)
    kept = rosa.evaluate(RECORDS)
    assert len(kept) == 1
    assert "nobody" not in kept[0]
    sign_in(device, cast.sam, live_url)
    rosa.goto(address(text))
    expect(write_in(rosa)).to_have_text("Start. For nobody else.")


RECORDS = """() => new Promise(done => indexedDB.open('throughline').onsuccess = ({target}) =>
    target.result.transaction('unsent').objectStore('unsent').getAll().onsuccess = ({target}) =>
        done(target.result.map(record => new TextDecoder().decode(record.data))))"""


def sign_out(page):
    page.locator("header summary").click()
    page.get_by_role("button", name="Sign out").click()


def test_signing_out_sends_the_last_words_first(cast, open_as):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam).press_sequentially(" Last words.")
    sign_out(sam)
    expect(sam).not_to_have_url(address(text))
    text.refresh_from_db()
    assert Update.objects.filter(text=text).count() > 1
    assert sam.evaluate(RECORDS) == []


def test_signing_out_asks_before_it_loses_words(cast, open_as):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    sam.route("**/texts/**", lambda route: route.abort())
    block_sockets(sam)
    type_offline(sam, " Unsent.")
    sam.context.set_offline(False)
    sign_out(sam)
    sam.get_by_role("button", name="Stay signed in").click()
    see_kept(sam)
    sign_out(sam)
    sam.get_by_role("button", name="Sign out and lose them").click()
    expect(sam).not_to_have_url(address(text))
    assert sam.evaluate(RECORDS) == []


def close_at_the_first_change(page, code):
    """The server hangs up, once, where it should have taken a change."""
    closed = []

    def stand_between(socket):
        server = socket.connect_to_server()

        def hear(message):
            if message[:2] == CHANGE and not closed:
                closed.append(socket.close(code=code))
            else:
                server.send(message)

        socket.on_message(hear)

    page.route_web_socket("**/ws/**", stand_between)


CHANGE = bytes([0, 2])


@pytest.mark.parametrize("code", [1011, 1013])
def test_a_server_that_says_later_gets_the_words_later(cast, new_context, code):
    text = a_text(cast, "Start.")
    sam = new_context(cast.sam).new_page()
    close_at_the_first_change(sam, code)
    sam.goto(address(text))
    write_in(sam).press_sequentially(" More.")
    expect(text_in(sam)).to_have_attribute("data-synced", "true")
    see_saved(sam)
    assert Update.objects.filter(text=text).count() > 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(4413, "That was more than this text can take at once."), (4422, "Your last change held something")],
)
def test_a_change_that_is_refused_is_a_copy_and_the_text_goes_on_without_it(cast, new_context, code, sentence):
    text = a_text(cast, "Start.")
    sam = new_context(cast.sam).new_page()
    close_at_the_first_change(sam, code)
    sam.goto(address(text))
    write_in(sam)
    sam.keyboard.insert_text("Poison.")
    expect(sam.get_by_text(sentence).first).to_be_visible()
    see_kept(sam)
    sam.get_by_role("button", name="Load the page again").click()
    expect(sam.get_by_label("Your words")).to_have_value("Poison.")
    expect(write_in(sam)).to_have_text("Start.")


def test_an_old_editor_asks_to_be_loaded_again_and_the_words_are_back(cast, new_context):
    text = a_text(cast, "Start.")
    sam = new_context(cast.sam).new_page()
    close_at_the_first_change(sam, 4426)
    sam.goto(address(text))
    write_in(sam)
    sam.keyboard.insert_text(" More.")
    see_kept(sam)
    sam.get_by_role("button", name="Load the page again").click()
    expect(write_in(sam)).to_have_text("Start. More.")


@pytest.mark.parametrize(("end", "stays"), [(freeze, True), (erase, False)])
def test_words_for_a_text_that_was_closed_meanwhile_are_offered_as_a_copy(cast, open_as, end, stays):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    type_offline(sam, " Too late.")
    end(text=text, by=cast.ada, now=timezone.now())
    sam.context.set_offline(False)
    expect(sam.get_by_label("Your words")).to_have_value("Too late.")
    expect(sam.locator("[contenteditable=true]")).to_have_count(0)
    assert ("Start." in text_in(sam).inner_text()) is stays


def test_what_a_closed_tab_kept_for_a_closed_text_is_offered_until_it_is_given_up(cast, open_as):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    type_offline(sam, " Too late.")
    sam.close()
    freeze(text=text, by=cast.ada, now=timezone.now())
    sam.context.set_offline(False)
    again = sam.context.new_page()
    again.goto(address(text))
    expect(again.get_by_label("Your words")).to_have_value("Too late.")
    again.get_by_role("button", name="I do not need them").click()
    expect(again.get_by_label("Your words")).to_have_count(0)
    assert again.evaluate(RECORDS) == []
