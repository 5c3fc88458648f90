"""A student's evidence on a phone: a sound of twelve megabytes on a network that drops, a tab that closes, a photo."""

import re
import struct

import pytest
from playwright.sync_api import expect

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from exhibitions.models import Evidence
from files.models import Upload
from files.tests.factories import a_jpeg


@pytest.fixture
def a_sound(tmp_path):
    """Seventy seconds of silence in CD quality, uncompressed."""
    data = bytes(12 * 1024 * 1024)
    head = (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 2, 44100, 176400, 4, 16)
    )
    path = tmp_path / "At the saw.wav"
    path.write_bytes(head + b"data" + struct.pack("<I", len(data)) + data)
    return path


def test_a_file_goes_on_where_it_stopped(cast, open_as, a_sound, axe):
    address = f"/students/{cast.student('sam').pk}/evidence/"
    sam = open_as(cast.sam, address, phone=True)
    axe(sam)
    pieces = []

    def after_one(route):
        pieces.append(route.request.headers["upload-offset"])
        route.continue_() if len(pieces) == 1 else route.abort("internetdisconnected")

    sam.route("**/uploads/*/", lambda route: after_one(route) if route.request.method == "PATCH" else route.continue_())
    sam.get_by_label("Files", exact=True).set_input_files(a_sound)
    expect(sam.get_by_text("is coming; you may go on")).to_be_visible()
    expect(sam.locator("[data-upload-list] progress")).to_have_attribute("value", re.compile(r"^[3-6]\d$"))
    # The tab is closed in the middle, and the network comes back only then: else the last pieces go at once.
    sam.on("dialog", lambda dialog: dialog.accept())
    sam.goto(address)
    expect(sam.locator(".gallery")).to_contain_text("% has arrived. Choose the same file again to go on.")
    sam.unroute_all(behavior="ignoreErrors")
    first = Upload.objects.get()
    assert 0 < first.offset < first.length
    sam.get_by_label("Files", exact=True).set_input_files(a_sound)
    expect(sam.locator(".gallery")).to_contain_text("sound", timeout=60_000)
    first.refresh_from_db()
    assert (Upload.objects.count(), first.state, first.stored.kind) == (1, "done", "audio")
    sam.get_by_role("link", name="Say what it shows").click()
    axe(sam)
    sam.get_by_label("What does it show?").fill("The saw, and who is near it")
    sam.get_by_role("button", name="Keep it").click()
    rosa = open_as(cast.rosa, address, phone=True)
    rosa.get_by_role("link", name="The saw, and who is near it").click()
    expect(rosa.locator("audio")).to_be_visible()
    axe(rosa)


def test_several_at_once_and_one_that_cannot_be_taken(cast, open_as, tmp_path):
    (tmp_path / "hull.jpg").write_bytes(a_jpeg(1200, 900))
    (tmp_path / "setup.jpg").write_bytes(b"MZ\x90\0" + bytes(500))
    sam = open_as(cast.sam, f"/students/{cast.student('sam').pk}/evidence/", phone=True)
    sam.get_by_label("Files", exact=True).set_input_files([tmp_path / "hull.jpg", tmp_path / "setup.jpg"])
    expect(sam.locator(".gallery")).to_contain_text("Files of this kind cannot be taken.")
    expect(sam.locator(".gallery img")).to_be_visible()
    assert Evidence.objects.filter(upload__state="done").count() == 1


WAITING = "Object.keys(localStorage).filter((key) => key.startsWith('tus::'))"


def test_names_of_files_leave_the_browser_with_who_signs_out(cast, open_as, a_sound):
    """And when the server has given their upload up, or somebody else has signed in."""
    sam = open_as(cast.sam, f"/students/{cast.student('sam').pk}/evidence/")
    sam.route("**/uploads/*/", lambda route: route.abort("internetdisconnected"))
    sam.get_by_label("Files", exact=True).set_input_files(a_sound)
    # Not wait_for_function: the page's own policy forbids what that evaluates.
    for _look in range(75):
        if len(sam.evaluate(WAITING)) == 1:
            break
        sam.wait_for_timeout(200)
    old = """(key) => {
        const creationTime = new Date(Date.now() - 8 * 86400e3).toString();
        const kept = { ...JSON.parse(localStorage.getItem(key)), creationTime };
        localStorage.setItem(key + "0", JSON.stringify(kept));
        localStorage.setItem(key.replace("evidence-", "evidence-0"), localStorage.getItem(key));
    }"""
    [key] = sam.evaluate(WAITING)
    sam.evaluate(old, key)
    sam.on("dialog", lambda dialog: dialog.accept())
    sam.goto("/")
    assert sam.evaluate(WAITING) == [key] and "At the saw.wav" in key
    sam.locator("header summary").click()
    sam.get_by_role("button", name="Sign out").click()
    expect(sam.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert sam.evaluate(WAITING) == []
