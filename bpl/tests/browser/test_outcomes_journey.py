"""A lead who has never seen the figures finds the gap in college acceptance and the students behind "not known" from
home, by what is visible; and somebody who has left answers a survey from their phone."""

import datetime
import re

import pytest
from django.core import mail
from playwright.sync_api import expect

import notices.tasks  # noqa: F401 (a task that nobody imported is not done at once)
import outcomes.tasks  # noqa: F401
from accounts.models import User
from bpl.tests.cast import NOW
from common.names import fold
from outcomes.actions.refresh import refresh_school
from outcomes.models import Background, Destination, Leaver
from outcomes.tests.factories import YES, a_held, a_survey, asked
from students.models import Enrolment, Student

LEFT_ON = datetime.date(2026, 6, 20)
# Of each side: accepted, not accepted, not known.
POOR, PEERS = (18, 4, 8), (27, 1, 2)
KINDS = {True: "accepted", False: "not_accepted"}


def a_class(cast) -> None:
    """The class of 2026: thirty whose meals are free, of whom 18 were accepted at a college, and thirty others, of whom
    27 were. That is 60 % and 90 %."""
    a_held(cast, "meals")
    sides = [(meals, counts) for meals, side in (("free", POOR), ("no", PEERS)) for counts in _dealt(side)]
    names = [f"Grad{number:02}" for number in range(len(sides))]
    users = User.objects.bulk_create(
        User(username=name.lower(), given_name=name, family_name="Ellis", search_name=fold(f"{name} Ellis"))
        for name in names
    )
    students = Student.objects.bulk_create(
        Student(school=cast.school, user=user, started_on=datetime.date(2022, 9, 1)) for user in users
    )
    ours, written = {"school": cast.school, "by": cast.lead}, {"at": NOW - datetime.timedelta(days=90)}
    Enrolment.objects.bulk_create(
        Enrolment(student=one, starts_on=one.started_on, ends_on=LEFT_ON, grade="12") for one in students
    )
    Leaver.objects.bulk_create(
        Leaver(student=one, left_on=LEFT_ON, class_of=2026, how="graduated", grade="12", **ours, **written)
        for one in students
    )
    Background.objects.bulk_create(
        Background(student=one, kind="meals", value=meals, since=one.started_on, **ours)
        for one, (meals, _counts) in zip(students, sides, strict=True)
    )
    Destination.objects.bulk_create(
        _said(one, counts, **ours, **written)
        for one, (_meals, counts) in zip(students, sides, strict=True) if counts is not None
    )  # fmt: skip
    refresh_school(school=cast.school, now=NOW)


def _dealt(side):
    return [counts for counts, number in zip((True, False, None), side, strict=True) for _one in range(number)]


def _said(student, counts, **ours) -> Destination:
    day = datetime.date(2026, 5, 4)
    return Destination(
        student=student, kind=KINDS[counts], level="two_year" if counts else "", starts_on=day, said_on=day,
        source="adviser", **ours,
    )  # fmt: skip


class Reader:
    """Somebody who goes on by what they see. Every page they come to is a good one; their clicks are counted."""

    def __init__(self, page, axe):
        self.page, self.axe, self.clicks = page, axe, 0
        self.look()

    def look(self):
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        assert self.axe(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url

    def click(self, role, name, **more):
        self.clicks += 1
        self.page.locator("main").get_by_role(role, name=name, **more).first.click()
        self.page.wait_for_load_state()
        self.look()

    def sees(self, *texts):
        for text in texts:
            expect(self.page.locator("main").get_by_text(text).first).to_be_visible()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_a_lead_reads_the_dashboard_for_one_grade(cast, open_as, axe, phone):
    a_class(cast)
    lead = Reader(open_as(cast.lead, phone=phone), axe)
    lead.click("link", "Outcomes and the gap")
    lead.page.get_by_label("Read for").select_option(label="12")
    lead.click("button", "Show")
    expect(lead.page.get_by_role("heading", name="Grade: 12")).to_be_visible()
    # All of the class left from it, so it is like everybody.
    line = lead.page.get_by_role("row").filter(has_text="Accepted at a college")
    expect(line).to_contain_text("75%")
    lead.sees("10 of 60 are not known: Accepted at a college.", "of everybody, not of this group alone")
    lead.click("link", re.compile(r"Who they are\s*: Accepted at a college"))
    lead.sees("Accepted at a college: Class of 2026, Grade: 12")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_a_new_lead_finds_the_gap_and_who_is_behind_not_known(cast, open_as, axe, phone):
    a_class(cast)
    lead = Reader(open_as(cast.lead, phone=phone), axe)

    # From home: are we all right, and where not. The interval was worked out apart, from two Wilson intervals.
    lead.click("link", "Outcomes and the gap")
    lead.sees(
        re.compile(r"In \d of \d figures disadvantaged students are clearly behind their peers\."),
        "Accepted at a college: 60% of disadvantaged students, 90% of peers; +30 points (+8 to +49).",
    )
    lead.click("link", "Accepted at a college", exact=True)
    lead.sees("45 of 60 students; 95% interval 63–84%", "+30 points between peers and disadvantaged students")
    lead.sees("clear: the interval leaves out zero", "What counts", "Of whom", "Source")

    # Who they are, in three clicks from home; each with the place where it is written down.
    lead.click("link", "10", exact=True)
    assert lead.clicks == 3
    expect(lead.page.get_by_role("link", name=re.compile("^Write down what is known"))).to_have_count(10)
    expect(lead.page.get_by_role("link", name="Ask the clearinghouse for many at once")).to_be_visible()
    lead.click("link", re.compile("^Write down what is known.*Grad22 Ellis"))
    lead.click("link", "Accepted, with an offer of a place")
    write_down_an_offer(lead)

    # Worked out again: whoever may see small groups sees it at once, and what is published stays.
    lead.page.goto(f"/schools/{cast.school.pk}/outcomes/")
    lead.click("button", "Work out again now")
    lead.sees("The figures are being worked out again.")
    lead.click("link", "With small groups, as last counted")
    lead.sees("Accepted at a college: 63% of disadvantaged students, 90% of peers; +27 points")
    lead.click("link", "Accepted at a college", exact=True)
    lead.sees("46 of 60 students", "Not to be passed on")
    lead.click("link", "Back to what is published")
    lead.sees("45 of 60 students")
    lead.click("link", "10", exact=True)
    # The list is asked anew, and says so.
    lead.sees("The published number may be of an earlier day.", "Not known (9)")


def write_down_an_offer(lead):
    page = lead.page
    page.get_by_label("Kind of place").select_option(label="two-year college")
    page.get_by_label("College, university or provider").fill("Rivertown College")
    page.get_by_label("Offered on").fill("2026-05-20")
    page.get_by_label("Who says so?").select_option(label="themselves")
    page.get_by_label("seen in writing, or told by themselves").check()
    lead.click("button", "Write it down")
    lead.sees("Written down.", "Rivertown College")
    row = Destination.objects.get(student__user__given_name="Grad22")
    assert (row.kind, row.level, row.starts_on) == ("accepted", "two_year", datetime.date(2026, 5, 20))


def the_link() -> str:
    """By the post office: an e-mail that has gone keeps no words."""
    (letter,) = mail.outbox
    assert letter.to == [YES["email"]]
    return re.search(r"/l/[\w-]+/", letter.body)[0]


def yes_to(page, question):
    page.get_by_role("group", name=question).get_by_label("yes").check()


def test_a_former_student_answers_by_a_link_on_their_phone(cast, open_as, new_context, axe):
    survey = a_survey(cast, consent=YES)
    assert asked(survey) == 1
    link = the_link()
    page = new_context(phone=True).new_page()
    page.goto(link)
    omar = Reader(page, axe)
    omar.sees("Riverside would like to know.")
    yes_to(omar.page, "Are you at college, at university or in training now?")
    omar.page.get_by_label("What kind of place is it?").select_option(label="two-year college")
    omar.page.get_by_label("Where?").first.fill("Rivertown College")
    omar.page.get_by_role("group", name="Do you work now?").get_by_label("no").check()
    omar.look()
    omar.click("button", "Send it")
    omar.sees("Riverside has your answer.")
    row = Destination.objects.get(survey=survey)
    assert (row.kind, row.level, row.where, row.source) == ("enrolled", "two_year", "Rivertown College", "self")

    # Opened again, it shows nothing of what was said, and asks nothing.
    omar.page.goto(link)
    omar.look()
    expect(omar.page.get_by_text("Rivertown College")).to_have_count(0)
    expect(omar.page.get_by_role("button", name="Send it")).to_have_count(0)

    # Who stayed in touch reads it where they look for whom to ask.
    ben = Reader(open_as(cast.ben, "/stay-in-touch/", phone=True), axe)
    ben.click("link", "Omar Haddad")
    ben.sees("Rivertown College", "answer to the survey")
