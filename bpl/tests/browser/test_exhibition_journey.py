"""A term's end on phones: from a photo that a student uploads to a released narrative that a parent opens, with a guest
panellist who has no account; and a rating that outlives a dead network, a closed tab and another device."""

import datetime

from playwright.sync_api import expect

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
import notices.tasks  # noqa: F401
from bpl.tests.cast import NOW
from exhibitions.actions.exhibitions import put_in
from exhibitions.models import Evidence, Exhibition, Narrative, Opening, Rating, Seat
from exhibitions.tests.factories import (
    a_guest,
    a_link,
    a_window,
    an_exhibition,
    begun_now,
    criteria,
    link_sent_to,
    seat_of,
)
from files.tests.factories import a_jpeg


def address(exhibition, rest=""):
    return f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/{rest}"


def rate(page, level):
    for group in page.locator(".levels").all():
        group.get_by_label(level).check()


def hand_in(page):
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Handed in. Thank you.")).to_be_visible()


def test_from_a_photo_to_a_narrative_that_a_parent_opens(cast, open_as, new_context, axe, tmp_path):
    window = a_window(cast)
    (tmp_path / "hull.jpg").write_bytes(a_jpeg(1200, 900))
    student = cast.student("sam").pk
    sam = open_as(cast.sam, f"/students/{student}/evidence/", phone=True)
    sam.get_by_label("Files", exact=True).set_input_files(tmp_path / "hull.jpg")
    expect(sam.locator(".gallery img")).to_be_visible()
    sam.get_by_role("link", name="Say what it shows").click()
    sam.get_by_label("What does it show?").fill("The hull, sanded")
    sam.get_by_label("It is ready: my team may see it").check()
    sam.get_by_role("button", name="Keep it").click()
    assert not Evidence.objects.get().is_draft

    # The exhibition: begun, named, the photo in it.
    sam.goto(f"/students/{student}/exhibitions/")
    sam.get_by_role("button", name="Begin to prepare it").click()
    sam.get_by_label("What is it called?").fill("A boat that floats")
    sam.get_by_role("button", name="Save", exact=True).click()
    sam.get_by_role("button", name="Show it").click()
    expect(sam.get_by_role("list").filter(has_text="The hull, sanded").first).to_be_visible()
    axe(sam)
    exhibition = Exhibition.objects.get(window=window)

    # The adviser invites a guest, who has an e-mail address and nothing else.
    ada = open_as(cast.ada, address(exhibition, "panel/"))
    ada.get_by_text("Invite a guest").click()
    ada.get_by_label("Given name").fill("Gus")
    ada.get_by_label("E-mail").fill("gus@example.org")
    axe(ada)
    ada.get_by_role("button", name="Invite the guest").click()
    expect(ada.get_by_text("The link is on its way.")).to_be_visible()
    seat = Seat.objects.get(kind="guest")
    link = link_sent_to(seat.user)
    gus = new_context(phone=True).new_page()
    gus.goto(link)
    expect(gus.get_by_role("heading", name="Sam's exhibition")).to_be_visible()
    expect(gus.get_by_role("link", name="The hull, sanded")).to_be_visible()
    axe(gus)
    gus.get_by_role("link", name="The hull, sanded").click()
    photo = gus.get_by_role("img", name="The hull, sanded")
    expect(photo).to_be_visible()
    expect(photo).not_to_have_js_property("naturalWidth", 0)
    assert photo.evaluate("(image) => image.naturalWidth") > 100
    gus.goto(link)

    # Everybody rates: the student, from home, before it begins; then the guest by the link, and the adviser.
    sam.goto(f"/panels/{seat_of(exhibition, cast.sam).pk}/judge/")
    axe(sam)
    rate(sam, "Developing")
    hand_in(sam)
    begun_now(exhibition)
    gus.get_by_role("link", name="Rate", exact=True).click()
    rate(gus, "Accomplished")
    gus.get_by_label("What was good").fill("You asked the harbour master.")
    gus.get_by_label("A suggestion for the next plan").fill("Build a second boat")
    axe(gus)
    hand_in(gus)
    ada.goto(f"/panels/{seat_of(exhibition, cast.ada).pk}/judge/")
    rate(ada, "Proficient")
    hand_in(ada)
    axe(ada)

    # One judgement, agreed by two; the guest agrees on their own phone too.
    ada.goto(address(exhibition, "together/"))
    form = ada.locator("form", has_text="What the panel agrees on")
    for group in form.locator(".choices").all():
        group.get_by_label("Proficient").check()
    form.get_by_role("button", name="Write it down").click()
    expect(ada.get_by_text("Written down.")).to_be_visible()
    gus.reload()
    axe(gus)
    assert exhibition.agreed.count() == len(criteria(exhibition))

    # The narrative: begun with the facts, read by a second adult, released, opened at home.
    ada.goto(address(exhibition, "narrative/"))
    ada.get_by_role("button", name="Begin the narrative").click()
    expect(ada.get_by_text("You asked the harbour master.")).to_be_visible()
    axe(ada)
    ada.get_by_role("button", name="Ask for a second reader").click()
    lead = open_as(cast.lead, address(exhibition, "narrative/"))
    lead.get_by_role("button", name="Accept it").click()
    expect(lead.get_by_text("Accepted. It can be released now.")).to_be_visible()
    ada.reload()
    ada.get_by_role("button", name="Release it to the family").click()
    ada.get_by_role("dialog").get_by_role("button", name="Release it to the family").click()
    expect(ada.get_by_text("Released. The family has been told.")).to_be_visible()
    rosa = open_as(cast.rosa, address(exhibition, "narrative/"), phone=True)
    expect(rosa.get_by_text("You asked the harbour master.")).to_be_visible()
    axe(rosa)
    assert Narrative.objects.get().is_released
    assert [row.user for row in Opening.objects.all()] == [cast.rosa]


def test_a_rating_outlives_the_network_the_tab_and_another_device(cast, open_as, new_context):
    exhibition = an_exhibition(cast)
    put_in(exhibition=exhibition, evidence=a_link(cast), by=cast.sam)
    seat, link = a_guest(exhibition, cast)
    begun_now(exhibition)
    topic = criteria(exhibition)["communication"]
    context = new_context(phone=True)
    gus = context.new_page()
    gus.goto(link)
    gus.get_by_role("link", name="Rate", exact=True).click()
    form = gus.locator("form[data-judging=ready]")
    expect(form).to_be_visible()
    group = gus.locator(f"#c{topic.pk}")
    group.get_by_label("Developing").check()
    expect(gus.get_by_text("Everything is saved.")).to_be_visible()
    assert Rating.objects.get().level.rank == 2

    # The network is gone: levels and words stay on the phone, also when the tab is closed.
    context.set_offline(True)
    group.get_by_label("Accomplished").check()
    group.get_by_label("What did you see or hear?").fill("She answered every question.")
    expect(gus.get_by_text("No connection. It is kept on this device")).to_be_visible()
    kept = gus.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.startsWith('judge:')).map(([, text]) => text)"
    )
    assert len(kept) == 1 and "every question" not in kept[0]
    gus.close()
    assert Rating.objects.get().level.rank == 2
    context.set_offline(False)

    # Meanwhile the link is opened on another device, and says something else later.
    desk = new_context().new_page()
    desk.goto(link)
    desk.get_by_role("link", name="Rate", exact=True).click()
    expect(desk.locator("form[data-judging=ready]")).to_be_visible()
    desk.locator(f"#c{topic.pk}").get_by_label("What did you see or hear?").fill("Typed at the desk.")
    expect(desk.get_by_text("Everything is saved.")).to_be_visible()

    # The phone is back: what it kept goes out. It was said earlier, so that it does not stand; it is not lost either.
    again = context.new_page()
    again.goto(link)
    again.get_by_role("link", name="Rate", exact=True).click()
    expect(again.get_by_text("Everything is saved.")).to_be_visible()
    standing = Rating.objects.get(replaced_at=None)
    assert (standing.words, standing.level.rank) == ("Typed at the desk.", 2)
    assert Rating.objects.filter(words="She answered every question.", replaced_at__isnull=False).exists()
    desk.reload()
    expect(desk.get_by_text("She answered every question.")).to_have_count(1)

    # Handed in on a dead network: it goes in by itself when the network is back.
    again.reload()
    expect(again.locator("form[data-judging=ready]")).to_be_visible()
    rate(again, "Proficient")
    expect(again.get_by_text("Everything is saved.")).to_be_visible()
    context.set_offline(True)
    again.get_by_role("button", name="Hand in").click()
    expect(again.get_by_text("Your rating is handed in when the connection is back")).to_be_visible()
    context.set_offline(False)
    expect(again.get_by_role("heading", name="All ratings side by side")).to_be_visible()
    seat.refresh_from_db()
    assert seat.handed_in_at is not None

    # The desk's page is from before: it says so, keeps the words, and its button makes a correction of them alone.
    desk.locator(f"#c{topic.pk}").get_by_label("What did you see or hear?").fill("Typed at the desk, later.")
    expect(desk.get_by_role("alert")).to_contain_text("You have handed in already.")
    desk.get_by_role("button", name="Hand in").click()
    expect(desk.get_by_text("Corrected; what you said before is kept.")).to_be_visible()
    standing = Rating.objects.get(criterion=topic, replaced_at=None)
    assert (standing.words, standing.level.rank) == ("Typed at the desk, later.", 3)
    assert NOW - datetime.timedelta(days=1) < seat.handed_in_at
