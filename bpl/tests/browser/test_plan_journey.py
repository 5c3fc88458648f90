"""Four people write one plan at once, review it, sign it, close it, and carry it into the next term."""

from playwright.sync_api import Page, expect

from plans.models import Plan, Signature
from plans.tests.factories import a_plan
from schools.models import Term

SAID = {
    "Sam": "a boat of my own",
    "Rosa": "finish school before you sail",
    "Mo": "weld a seam that holds",
    "Ada": "do one thing at once",
}


def block_sockets(page: Page) -> None:
    page.route_web_socket("**/ws/**", lambda socket: socket.close())


def part(page: Page, section):
    return page.locator(f"#section-{section.pk}")


def begin_to_write(page: Page, section, words: str) -> None:
    """Open one section and write in a paragraph of one's own; the page's language does not matter."""
    part(page, section).locator("[data-text-write]").click()
    paper = paper_of(page, section)
    expect(paper).to_be_focused()
    # For 200 ms after it gained the focus the editor takes a jump for the browser's mistake.
    page.evaluate("() => new Promise(done => setTimeout(done, 250))")
    page.keyboard.press("Control+End")
    if paper.inner_text().strip():
        page.keyboard.press("Enter")
    page.keyboard.type(words)


def paper_of(page: Page, section):
    return part(page, section).locator(".ProseMirror")


def write_together(pages: dict, section, said: dict) -> None:
    """Everybody has the section open, each with a paragraph of their own, and all write on word by word in turn."""
    for name, page in pages.items():
        begin_to_write(page, section, f"{name}:")
        for other in pages.values():
            if paper_of(other, section).count():
                expect(paper_of(other, section)).to_contain_text(f"{name}:")
    for words in zip(*(sentence.split() for sentence in said.values()), strict=True):
        for page, word in zip(pages.values(), words, strict=True):
            page.keyboard.type(f" {word}")
    paragraphs = [f"{name}: {sentence}" for name, sentence in said.items()]
    for page in pages.values():
        expect(paper_of(page, section).locator("p")).to_have_text(paragraphs)
        expect(part(page, section).locator("[data-text]")).to_have_attribute("data-saved", "true")


def state_of(page: Page, words: str) -> None:
    expect(page.locator(".page__lede")).to_contain_text(words)


def sign(page: Page, plan) -> None:
    page.goto(f"/plans/{plan.pk}/sign/")
    page.locator("main form [type=submit]").click()
    expect(page).to_have_url(f"{page.url.split('/plans/')[0]}/plans/{plan.pk}/")


def test_four_people_write_sign_close_and_carry_over(cast, open_as, new_context):
    plan = a_plan(cast)
    address = f"/plans/{plan.pk}/"
    goals = plan.sections.get(key="life_goals")
    sam, ada = open_as(cast.sam, address), open_as(cast.ada, address)
    rosa = open_as(cast.rosa, address, phone=True)
    mo = new_context(cast.mo).new_page()
    block_sockets(mo)
    mo.goto(address)

    pages = {"Sam": sam, "Rosa": rosa, "Mo": mo, "Ada": ada}
    write_together(pages, goals, SAID)

    _add_work(sam, plan)
    _review(sam, ada, plan)
    family = plan.sections.get(key="family")
    for page in pages.values():
        sign(page, plan)
        sees_family = page is not mo
        expect(part(page, family)).to_have_count(int(sees_family))
    state_of(ada, "active")
    assert Signature.objects.count() == 4

    ada.goto(f"{address}close/")
    ada.get_by_role("button", name="Close the plan").click()
    state_of(ada, "closed")
    for page in pages.values():
        page.goto(address)
        expect(part(page, goals)).to_contain_text("a boat of my own")
        expect(page.locator("[data-text-write]")).to_have_count(0)
    _next_term(cast, sam)


def _add_work(sam, plan):
    sam.goto(f"/plans/{plan.pk}/items/new/")
    sam.get_by_label("What is the work?").fill("Build a dinghy")
    sam.get_by_role("checkbox", name="Empirical reasoning").check()
    sam.get_by_label("What evidence will I show at my exhibition?").fill("It floats, with me in it.")
    sam.get_by_role("button", name="Add the work").click()
    expect(sam.get_by_role("heading", name="Build a dinghy")).to_be_visible()


def _review(sam, ada, plan):
    sam.goto(f"/plans/{plan.pk}/")
    sam.get_by_role("link", name="Ask for the review").click()
    sam.get_by_role("button", name="Ask for the review").click()
    state_of(sam, "in review")
    ada.goto(f"/plans/{plan.pk}/")
    ada.get_by_role("link", name="Make it ready to sign").click()
    ada.get_by_role("button", name="Make version 1 ready").click()
    expect(ada.get_by_text("Version 1 is ready to sign.")).to_be_visible()


def _next_term(cast, sam):
    sam.goto(f"/students/{cast.student('sam').pk}/plans/")
    sam.get_by_label("Term").select_option("Winter 2027")
    sam.get_by_role("button", name="Begin the plan").click()
    expect(sam.get_by_role("heading", level=1)).to_have_text("Carry over what is unfinished")
    sam.locator("li").filter(has_text="Build a dinghy").get_by_role("radio", name="take it as it is").check()
    sam.locator("li").filter(has_text="Life goals").get_by_role("radio", name="begin with these words").check()
    sam.get_by_role("button", name="Carry over").click()
    expect(sam.get_by_role("heading", name="Build a dinghy")).to_be_visible()
    expect(sam.get_by_text("a boat of my own")).to_be_visible()
    term = Term.objects.get(name="Winter 2027")
    assert Plan.objects.get(term=term).items.get().evidence == "It floats, with me in it."
