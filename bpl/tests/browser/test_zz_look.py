"""A learner profile is put together on a phone, and read by somebody outside through its link."""

import re
import datetime

from playwright.sync_api import expect

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
import notices.tasks  # noqa: F401
from bpl.tests.cast import NOW
from coedit.tests.factories import a_text
from exhibitions.actions.exhibitions import name_it, put_in
from exhibitions.models import Narrative, Share
from exhibitions.tests.factories import a_choice, a_file, a_link, a_past_exhibition, an_agreed, an_exhibition
from files.tests.factories import a_jpeg
from internships.tests.factories import a_begun_placement


def two_exhibitions(cast):
    """With what was agreed, and a photo and a film that were shown."""
    now, before = an_exhibition(cast), a_past_exhibition(cast)
    others = [a_past_exhibition(cast, f"Week {n}", first=cast.last_term.starts_on + n * 7 * datetime.timedelta(days=1)) for n in range(1,4)]
    for one in others: an_agreed(one, "empirical", 4)
    name_it(exhibition=now, title="A boat that floats", by=cast.sam)
    photo, film = a_file(cast, name="The hull.jpg", data=a_jpeg(800, 600)), a_link(cast)
    for one in (photo, film):
        one.goals.set(cast.school.goals.filter(key__in=["empirical", "social"]))
        put_in(exhibition=now, evidence=one, by=cast.sam)
    for at, key in enumerate(("empirical", "quantitative", "communication", "social", "qualities", "motivation")):
        an_agreed(before, key, 1 + at % 3)
        an_agreed(now, key, None if key == "social" else 2 + at % 3)
    return now, photo


def test_a_student_puts_a_profile_together_and_shares_it(cast, open_as, axe):
    exhibition, _photo = two_exhibitions(cast)
    a_choice(cast, a_begun_placement(cast))
    narrative = Narrative.objects.create(
        exhibition=exhibition, text=a_text(cast, "Sam *measures* twice."), begun_by=cast.ada, begun_at=NOW,
        released_by=cast.ada, released_at=NOW,
    )  # fmt: skip
    a_choice(cast, narrative)
    sam = open_as(cast.sam, f"/students/{cast.student('sam').pk}/profile/", phone=True)
    assert axe(sam) == [] and shot(sam) is None
    sam.get_by_label("About me").fill("I like things that float.")
    sam.get_by_role("button", name="Save").first.click()
    expect(sam.get_by_text("Saved.")).to_be_visible()
    sam.locator("summary", has_text="Evidence").click()
    sam.get_by_role("button", name=re.compile("Put it in.*The hull")).click()
    hull = sam.locator(".piece", has=sam.get_by_role("heading", name="The hull"))
    expect(hull).to_be_in_viewport()
    hull.get_by_text("Say why it is here").click()
    assert axe(sam) == [] and shot(sam) is None
    hull.get_by_label("Why it is here").fill("I sanded it twice.")
    hull.get_by_role("button", name="Save").click()
    hull.get_by_role("button", name="one place up").click()
    expect(sam.locator(".piece h3")).to_have_text(["Blackstone Boats", "The hull", "A boat that floats"])
    sam.get_by_role("link", name="Share it by a link").click()
    assert axe(sam) == [] and shot(sam) is None
    sam.get_by_label("For whom?").fill("Brown University")
    sam.get_by_role("button", name="Make a link").click()
    address = sam.get_by_role("button", name="Copy the link").get_attribute("data-copy")

    visitor = open_as(None, address, phone=True)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Sam Okafor")
    assert axe(visitor) == [] and shot(visitor) is None
    visitor.get_by_role("cell").get_by_role("link", name="The hull").first.click()
    expect(visitor.get_by_role("heading", name="The hull")).to_be_in_viewport()
    visitor.emulate_media(media="print")
    # As wide as the words on A4.
    visitor.set_viewport_size({"width": 673, "height": 900})
    expect(visitor.get_by_text("I sanded it twice.")).to_be_visible()
    visitor.screenshot(path="/tmp/print.png", full_page=True)
    assert visitor.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    sam.reload()
    expect(sam.locator(".rows")).to_contain_text(re.compile(r"Opened once, on"))
    sam.on("dialog", lambda dialog: dialog.accept())
    sam.get_by_role("button", name=re.compile("Take it back.*Brown University")).click()
    sam.locator("dialog[open]").get_by_role("button", name="Take it back").click()
    expect(sam.locator(".rows")).to_contain_text("taken back on")
    assert visitor.goto(address).status == 410 and Share.objects.get().opened == 1
    assert axe(visitor) == [] and shot(visitor) is None

SHOTS = []


def shot(page):
    SHOTS.append(1)
    page.screenshot(path=f"/tmp/shot{len(SHOTS)}.png", full_page=True)


def test_desk(cast, open_as, axe):
    exhibition, photo = two_exhibitions(cast)
    a_choice(cast, photo)
    a_choice(cast, exhibition)
    a_choice(cast, a_begun_placement(cast))
    page = open_as(cast.sam, f"/students/{cast.student('sam').pk}/profile/")
    page.screenshot(path="/tmp/desk1.png", full_page=True)
    assert axe(page) == []
    page.goto(f"/students/{cast.student('sam').pk}/profile/print/")
    assert axe(page) == []
    page.emulate_media(media="print")
    page.screenshot(path="/tmp/desk2.png", full_page=True)
    pdf = page.request.get(f"/students/{cast.student('sam').pk}/profile/profile.pdf").body()
    __import__("pathlib").Path("/tmp/profile.pdf").write_bytes(pdf)
