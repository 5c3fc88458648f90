"""Learning on site, on phones: a journal with photos that are too large for bad mobile data, and a project's proposal
that student and mentor write at once, handed in and approved."""

import os

from playwright.sync_api import expect

from bpl.tests.cast import NOW, TODAY
from files.tests.factories import a_jpeg, where
from internships.actions.projects import begin_project
from internships.models import JournalEntry, Project
from internships.projecting import standing_of
from internships.tests.factories import a_begun_placement


def address(placement, rest=""):
    return f"/students/{placement.student_id}/internship/{placement.pk}/{rest}"


def a_file(name, data):
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_a_photo_goes_out_small_and_what_is_too_large_is_named(cast, open_as, axe):
    placement = a_begun_placement(cast)
    large = a_jpeg(3200, 2400, quality=95, exif=where().tobytes())
    assert len(large) > 3 * 1024 * 1024
    broken = b"\xff\xd8" + os.urandom(30 * 1024 * 1024)
    sam = open_as(cast.sam, address(placement, "journal/"), phone=True)
    sam.get_by_label("What happened, and what did you learn?").fill("We sanded the hull.")
    sam.get_by_label("Photos").set_input_files([a_file("hull.jpg", large), a_file("broken.jpg", broken)])
    expect(sam.get_by_role("alert")).to_contain_text("“broken.jpg” is larger than a photo may be (25 MB)")
    expect(sam.get_by_role("status").filter(has_text="hull.jpg")).to_be_visible()
    sizes = sam.evaluate("[...document.querySelector('[data-photos]').files].map((file) => file.size)")
    # What leaves the phone, beside what the camera made.
    assert len(sizes) == 1 and sizes[0] < len(large) / 2
    axe(sam)
    sam.get_by_role("button", name="Keep it").click()
    photo = sam.get_by_role("img", name="Photo 1 of")
    expect(photo).to_be_visible()
    expect(photo).not_to_have_js_property("naturalWidth", 0)
    assert photo.evaluate("(image) => image.naturalWidth") > 100
    assert JournalEntry.objects.get().photos.get().file.width == 2000
    axe(sam)


def test_two_write_a_proposal_at_once_and_it_is_approved(cast, open_as, axe):
    placement = a_begun_placement(cast)
    project = begin_project(placement=placement, title="A bench for the yard", by=cast.sam, at=NOW)
    pages = {
        name: open_as(cast.people[name], address(placement, f"project/{project.pk}/"), phone=name != "ada")
        for name in ("sam", "mo", "ada")
    }
    sam, mo, ada = pages.values()
    for page, title, words in (
        (sam, "What and why", "A bench that stands in the rain."),
        (mo, "Authenticity: who needs it", "Visitors wait for us outside."),
    ):
        part = page.get_by_role("region", name=title)
        part.locator("[data-text-write]").click()
        paper = part.locator(".ProseMirror")
        expect(paper).to_be_focused()
        page.evaluate("() => new Promise(done => setTimeout(done, 250))")
        page.keyboard.type(words)
        expect(part.locator("[data-text]")).to_have_attribute("data-saved", "true")
    # The mentor's words come to the student without anybody loading the page again.
    sam.get_by_role("region", name="Authenticity: who needs it").scroll_into_view_if_needed()
    expect(sam.get_by_role("region", name="Authenticity: who needs it")).to_contain_text("Visitors wait for us")
    sam.reload()
    axe(sam)
    sam.get_by_text("Add a checkpoint").click()
    sam.get_by_label("What is there by then?").fill("A drawing")
    sam.get_by_label("By which day?").fill(TODAY.isoformat())
    sam.get_by_role("button", name="Add the checkpoint").click()
    expect(sam.get_by_role("region", name="Checkpoints")).to_contain_text("A drawing")
    sam.get_by_role("button", name="Hand it in").click()
    ada.reload()
    ada.get_by_label("What you think of it").fill("Ask who sits on it.")
    ada.get_by_role("button", name="Approve it").click()
    expect(ada.locator("main")).to_contain_text("Do the work, checkpoint by checkpoint.")
    axe(ada)
    assert standing_of(Project.objects.get(), TODAY).state == "approved"
