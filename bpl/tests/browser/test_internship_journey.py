"""From an interest to a confirmed week, on phones: with an account and, where people have none, by link."""

import datetime
import re
import zoneinfo

import pytest
from django.core import mail
from playwright.sync_api import expect

import notices.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from bpl.tests.cast import TODAY
from internships.actions.weeks import ask_for_weeks
from internships.models import Placement, SiteWeek, Touch
from internships.tests.factories import TUESDAY, a_check, an_opportunity

ZONE = zoneinfo.ZoneInfo("America/New_York")


def at(hour, minute=0):
    return datetime.datetime.combine(TODAY, datetime.time(hour, minute), ZONE)


@pytest.fixture
def clock(monkeypatch):
    """clock(moment, *pages): what time it is for the school, and for these phones."""

    def set_to(moment, *pages):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment.astimezone(datetime.UTC))
        for page in pages:
            page.clock.set_fixed_time(moment)

    return set_to


def link_for(user) -> str:
    letter = next(one for one in reversed(mail.outbox) if one.to == [user.email] and "/l/" in one.body)
    return re.search(r"/l/[\w-]+/", letter.body).group(0)


def says_yes(page, button):
    page.get_by_label("yes", exact=True).check()
    page.get_by_role("button", name=button).click()


def meet_the_place(cast, sam, ada, open_as, new_context):
    sam.get_by_role("link", name="Meeting the place").click()
    sam.get_by_label("Which day?").fill(TODAY.isoformat())
    sam.get_by_label("At what time?").fill("16:00")
    sam.get_by_label("What do you want to ask?").fill("How did you begin?")
    sam.get_by_role("button", name="Keep it").click()
    says_yes_to(sam, "What did you hear?", "With a canoe, and a book from the library.", "Say so")
    sam.get_by_label("Which day?").fill(TODAY.isoformat())
    sam.get_by_label("From", exact=True).fill("17:00")
    sam.get_by_label("To", exact=True).fill("19:00")
    sam.get_by_role("button", name="Arrange it, and ask").click()
    rosa = open_as(cast.rosa, sam.url, phone=True)
    rosa.locator("#parent_yes_0, [id^=parent_yes]").first.check()
    rosa.locator("form[action$='shadow/parent/'] [type=submit]").click()
    expect(rosa.locator("form[action$='shadow/parent/']")).to_have_count(0)
    host = new_context(phone=True).new_page()
    host.goto(link_for(cast.mo))
    says_yes(host, "Say so")
    expect(host.get_by_role("heading", name="Thank you")).to_be_visible()
    sam.reload()
    says_yes_to(sam, "How was the day?", "They let me plane a board.", "Say so")
    expect(sam.locator("main")).to_contain_text("They let me plane a board.")
    host.goto(link_for(cast.mo))
    says_yes(host, "Say so")
    expect(host.get_by_role("heading", name="Thank you")).to_be_visible()
    ada.goto(sam.url)
    ada.get_by_label("When did you meet?").fill(TODAY.isoformat())
    ada.get_by_label("Who was there").fill("Sam, Mo and Ada")
    ada.get_by_label("What is it for?").fill("A skiff that floats.")
    ada.get_by_role("button", name="Keep it").click()
    expect(ada.locator("main")).to_contain_text("ready for the agreement")


def says_yes_to(page, label, words, button):
    page.get_by_label(label).fill(words)
    says_yes(page, button)


def test_from_an_interest_to_a_confirmed_week(cast, open_as, new_context, clock, axe):
    opportunity = an_opportunity(cast, on=(TUESDAY,), mentor=cast.mentorships["mo", "sam"].mentor)
    a_check(cast, cast.mo)
    sam_page = f"/students/{cast.student('sam').pk}"

    sam = open_as(cast.sam, f"{sam_page}/opportunities/", phone=True)
    sam.get_by_role("link", name=opportunity.title).click()
    sam.get_by_label("Why this place?").fill("I like things that float.")
    sam.get_by_role("button", name="Ask to pursue it").click()
    expect(sam.locator("main")).to_contain_text("with the adviser")
    asked = sam.url

    ada, cora = (open_as(person, asked, phone=True) for person in (cast.ada, cast.coordinator))
    says_yes(ada, "Say so")
    expect(ada.locator("main")).to_contain_text("with the coordinator")
    cora.reload()
    says_yes(cora, "Say so")
    expect(cora.locator("main")).to_contain_text("cleared to call")
    sam.reload()
    expect(sam.locator("main")).to_contain_text("You may call there")

    meet_the_place(cast, sam, ada, open_as, new_context)
    cora.reload()
    cora.get_by_role("link", name="They said yes").click()
    cora.get_by_label("First day").fill(TODAY.isoformat())
    cora.get_by_label("Looked at again on").fill("")
    cora.get_by_role("button", name="Arrange it").click()
    placement = Placement.objects.get(student=cast.student("sam"))
    cora.get_by_role("link", name="The agreement").click()
    cora.get_by_role("button", name="Send it on its way").click()
    expect(cora.locator("main")).to_contain_text("A link was sent to mo@example.org")
    agreement = cora.url

    mo = new_context(phone=True).new_page()
    mo.goto(link_for(cast.mo))
    assert axe(mo) == []
    mo.get_by_label("Whom does the student ask for on site?").fill("Mo")
    mo.get_by_label("Their phone").fill("401 555 0100")
    mo.get_by_label("We are insured").check()
    mo.get_by_label("We show the student").check()
    says_yes(mo, "Send")
    expect(mo.get_by_role("heading", name="Thank you")).to_be_visible()

    rosa = new_context(phone=True).new_page()
    rosa.goto(link_for(cast.rosa))
    expect(rosa.locator("html")).to_have_attribute("lang", "es")
    for name, words in (("emergency_name", "Rosa"), ("emergency_phone", "401 555 0199"), ("transport", "bus 54")):
        rosa.locator(f"[name={name}]").fill(words)
    rosa.locator("[name=agrees][value=yes]").check()
    rosa.locator("main form [type=submit]").click()
    expect(rosa.locator("main form")).to_have_count(0)

    for person, ticks in (
        (cast.sam, ("I am there on time", "I call the place", "I follow the rules")),
        (cast.ada, ()),
        (cast.coordinator, ()),
    ):
        page = open_as(person, agreement, phone=True)
        page.get_by_role("link", name="Do this form").click()
        for tick in ticks:
            page.get_by_label(tick).check()
        says_yes(page, "Send")
        expect(page.locator("main")).to_contain_text("done")
    cora.goto(f"{sam_page}/internship/{placement.pk}/")
    cora.get_by_role("button", name="Let it begin").click()
    expect(cora.locator("main")).to_contain_text("It begins.")

    phone = open_as(cast.sam, "/", phone=True)
    clock(at(9, 2), phone)
    phone.get_by_role("link", name="My day on site").click()
    assert axe(phone) == []
    phone.get_by_role("button", name="Check in").click()
    expect(phone.get_by_role("button", name="Check out")).to_be_visible()
    board = open_as(cast.coordinator, f"/schools/{cast.school.pk}/site-today/", phone=True)
    expect(board.locator("#board")).to_contain_text("on site 09:02")
    assert axe(board) == []

    clock(at(15, 1), phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Check out").click()
    expect(phone.locator("[data-kept-checkin]")).to_be_visible()
    phone.get_by_role("button", name="Check out").click()
    clock(at(17), phone)
    phone.context.set_offline(False)
    expect(phone.locator("main")).to_contain_text("went 15:01")
    assert [touch.claimed_at.astimezone(ZONE).hour for touch in Touch.objects.order_by("claimed_at")] == [9, 15]

    assert ask_for_weeks(placements=Placement.objects.all(), now=at(17)) == 1
    mo = new_context(phone=True).new_page()
    mo.goto(link_for(cast.mo))
    assert axe(mo) == []
    assert not SiteWeek.objects.exists()
    mo.get_by_role("button", name="Yes, that is right").click()
    expect(mo.get_by_role("heading", name="Thank you")).to_be_visible()
    assert placement.site_days.get().minutes == 329
    sam.goto(f"{sam_page}/internship/{placement.pk}/")
    expect(sam.locator("main")).to_contain_text("5:29 of 100:00 hours confirmed")
