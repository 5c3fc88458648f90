"""Pictures and films whose bytes come from a store, as a browser has them: under the policy, and after a minute."""

import struct

import pytest
from playwright.sync_api import expect

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from bpl.tests.browser.conftest import sign_in
from exhibitions.tests.factories import a_file

RATE = 44100
SHOWN = (
    "() => [...document.images].filter((image) => image.src.includes('/evidence/')).map((image) => image.naturalWidth)"
)


@pytest.fixture
def policy(settings, store):
    """What bpl/settings.py says where a store is set."""
    source = f"{store.endpoint_url}/{store.bucket_name}/"
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    more = {"img-src": ["'self'", "data:", source], "media-src": ["'self'", source]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives | more}


def a_sound(seconds=120) -> bytes:
    """Silence in CD quality, uncompressed."""
    data = bytes(seconds * RATE * 4)
    form = struct.pack("<IHHIIHH", 16, 1, 2, RATE, RATE * 4, 4, 16)
    return (
        b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + form + b"data" + struct.pack("<I", len(data)) + data
    )


@pytest.mark.usefixtures("policy")
def test_a_photo_is_shown_from_the_store(cast, open_as):
    photo = a_file(cast)
    sam = open_as(cast.sam, f"/students/{photo.student_id}/evidence/{photo.pk}/")
    sam.wait_for_load_state("networkidle")
    assert sam.evaluate(SHOWN) == [60]


@pytest.mark.usefixtures("store", "transactional_db")
def test_without_the_setting_no_page_shows_anything_from_another_place(cast, browser, live_url):
    photo = a_file(cast)
    # Not `open_as`, to which what is asked for here is a failure.
    context = browser.new_context(base_url=live_url)
    sign_in(context, cast.sam, live_url)
    sam = context.new_page()
    with sam.expect_console_message(lambda message: "Content Security Policy" in message.text):
        sam.goto(f"/students/{photo.student_id}/evidence/{photo.pk}/")
    assert sam.evaluate(SHOWN) == [0]
    context.close()


@pytest.mark.usefixtures("policy")
def test_a_sound_goes_on_when_its_address_has_ended(cast, open_as, store):
    """The emulator knows no time, so the old address is refused here."""
    sound = a_file(cast, data=a_sound(), name="saw.wav")
    seen, ended = set(), set()
    sam = open_as(cast.sam, f"/students/{sound.student_id}/evidence/")
    sam.on("request", lambda request: seen.add(request.url))
    sam.route(
        f"{store.endpoint_url}/**",
        lambda route: route.fulfill(status=403) if route.request.url in ended else route.continue_(),
    )
    sam.goto(f"/students/{sound.student_id}/evidence/{sound.pk}/")
    film = sam.locator("audio")
    expect(film).to_have_js_property("duration", 120)
    # Signed in another second it is another address.
    sam.wait_for_timeout(1200)
    ended.update(seen)
    with sam.expect_request("**/evidence/*/file/"):
        film.evaluate("film => { film.currentTime = 100; }")
    expect(film).to_have_js_property("currentTime", 100)
    expect(film).to_have_js_property("readyState", 4)
    assert film.evaluate("film => film.error") is None
    assert len({url for url in seen if url.startswith(store.endpoint_url)}) == 2
