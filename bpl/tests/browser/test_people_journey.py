"""People come in, and nothing that is typed about them is lost, in a real browser."""

import pytest
from playwright.sync_api import expect

import rosters.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from students.actions.notes import write_note
from students.models import Student

NAMES = ["O", "N" * 200, "محمد عبد الرحمن", "李明", "Nguyễn Thị Ánh"]


def test_a_session_that_ended_while_typing_loses_no_word(cast, open_as):
    cast.ada.set_password("a-long-word-of-adas")
    cast.ada.save()
    write_note(student=cast.student("sam"), level="staff", text="Likes wood.", by=cast.ada)
    page = open_as(cast.ada, f"/students/{cast.student('sam').pk}/notes/", phone=True)
    page.locator("summary").get_by_text("Write a note").click()
    page.locator("main textarea").fill("Sam wants to build a boat of his own.")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form .btn-primary").click()
    page.get_by_label("Sign-in name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill("a-long-word-of-adas")
    page.get_by_role("button", name="Sign in", exact=True).click()
    words = page.locator("main textarea")
    expect(words).to_be_visible()
    expect(words).to_have_value("Sam wants to build a boat of his own.")


def test_what_a_table_leaves_out_is_said_once_and_everybody_comes(cast, open_as, axe):
    page = open_as(cast.lead, f"/schools/{cast.school.pk}/people/paste/")
    page.get_by_label("The table").fill("Name\tPassword\n" + "\n".join(f"{name}\tsecret" for name in NAMES))
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("passwords may stand in it: Password")).to_be_visible()
    page.get_by_label("Grade", exact=False).first.fill("9")
    page.get_by_role("button", name="Read the table like this").click()
    assert axe(page) == []
    page.get_by_role("button", name="Bring in 5 rows").click()
    expect(page.locator("main")).to_contain_text("李明")
    assert Student.objects.filter(enrolments__grade="9", started_on=cast.school.today()).count() == len(NAMES)


@pytest.mark.parametrize("address", ["/students/", "/schools/{school}/people/invitations/", "/advisories/{advisory}/"])
def test_long_names_do_not_widen_a_phone(cast, open_as, address):
    cast.sam.preferred_name, cast.sam.family_name = "N" * 200, "M" * 200
    cast.sam.save()
    at = address.format(school=cast.school.pk, advisory=cast.advisory.pk)
    page = open_as(cast.lead, at, phone=True)
    expect(page.locator("main")).to_contain_text("NNN")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
