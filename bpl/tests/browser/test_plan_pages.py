"""A plan's pages: good ones for everybody, on a phone and a desk, with a mouse, the keyboard and without script."""

import pytest
from playwright.sync_api import expect

from bpl.tests.cast import NOW
from plans.actions.comments import open_thread
from plans.parts import parts_of
from plans.tests.factories import a_plan, a_ready_plan, an_item, signs, team_of

PAGES = [
    ("sam", "/plans/{plan}/"),
    ("ada", "/plans/{plan}/"),
    ("sam", "/plans/{plan}/items/new/"),
    ("sam", "/plans/{plan}/items/{item}/"),
    ("mo", "/plans/{plan}/sign/"),
    ("ada", "/plans/{plan}/witness/{rosa}/"),
    ("ada", "/plans/{plan}/ready/"),
    ("ada", "/plans/{plan}/versions/"),
    ("ada", "/plans/{plan}/versions/1/to/0/"),
    ("sam", "/plans/{plan}/print/"),
    ("sam", "/plans/{plan}/meetings/new/"),
    ("lead", "/schools/{school}/plans/"),
    ("lead", "/schools/{school}/plan-template/"),
]


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_they_are_open_to_everybody(cast, open_as, axe, phone):
    plan = a_ready_plan(cast)
    part = plan.sections.select_related("plan", "text").get(key="who_i_am")
    open_thread(on=part, words="Tell more, @Sam.", by=cast.ada, at=NOW, team=team_of(plan, cast.ada))
    signs(plan, cast.sam)
    item = plan.items.get()
    item.item_goals.create(goal=cast.school.goals.first(), how="I test it.")
    known = {"plan": plan.pk, "item": item.pk, "rosa": cast.rosa.pk, "school": cast.school.pk}
    wrong = {}
    for name, address in PAGES:
        page = open_as(getattr(cast, name), address.format(**known), phone=phone)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if found := axe(page):
            wrong[address] = found
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        page.context.close()
    assert wrong == {}


def titles(plan):
    return [item.title for item in parts_of(plan).items]


def test_work_is_dragged_into_another_order(cast, open_as):
    plan = a_plan(cast)
    for title in ("Sail", "Weld"):
        an_item(plan, title)
    page = open_as(cast.sam, f"/plans/{plan.pk}/")
    handles = page.locator("[data-handle]")
    handles.nth(1).scroll_into_view_if_needed()
    # Texts that come into view open, which moves what is below them.
    expect(page.locator("[data-text][data-synced=true]").first).to_be_attached()
    expect(page.locator("[data-text].is-open:not([data-synced=true])")).to_have_count(0)
    handles.nth(1).hover()
    page.mouse.down()
    end = page.locator("[data-item]").first.bounding_box()
    page.mouse.move(end["x"] + 30, end["y"] + 4, steps=12)
    page.mouse.up()
    expect(page.locator("[data-item] h3").first).to_contain_text("Weld")
    page.wait_for_load_state()
    assert titles(plan) == ["Weld", "Sail"]


def test_everything_works_without_script(cast, open_as):
    plan = a_plan(cast)
    for title in ("Sail", "Weld"):
        an_item(plan, title)
    page = open_as(cast.sam, f"/plans/{plan.pk}/", java_script_enabled=False)
    page.get_by_role("button", name="“Weld” one place up").click()
    expect(page.locator("[data-item] h3").first).to_contain_text("Weld")
    page.get_by_label("How far “Weld” is").select_option("doing")
    page.locator("[data-item]").first.get_by_role("button", name="Save").click()
    expect(page.locator("[data-item]").first.locator(".badge").first).to_have_text("doing")
    assert titles(plan) == ["Weld", "Sail"]
