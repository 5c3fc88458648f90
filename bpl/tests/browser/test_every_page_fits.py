"""Every page on a phone: nothing is wider than the screen, smaller than one can read, or too small to hit."""

from django.urls import reverse
from playwright.sync_api import expect

from bpl.tests.cast import PEOPLE
from bpl.tests.test_every_page import GETS

# One who may open a page stands for all of them: first those who may do most on it.
MOST_FIRST = ["lead", "ada", "coordinator", "sam", "rosa", "mo", *PEOPLE]
# Of targets as WCAG 2.2 means them (2.5.8): links within a sentence and fields with a label may be smaller.
LOOK = """() => {
  const root = document.documentElement;
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".visually-hidden");
  const seen = [...document.body.querySelectorAll("*")].filter(isSeen);
  const isWide = (e) => root.scrollWidth > root.clientWidth && e.getBoundingClientRect().right > root.clientWidth + 1;
  const isFine = (e) => !e.children.length && e.innerText?.trim() && parseFloat(getComputedStyle(e).fontSize) < 12;
  const isTarget = (e) =>
    e.matches("a[href], button, input, select, textarea, summary") &&
    getComputedStyle(e).display !== "inline" && !e.labels?.length;
  const isSmall = ({ width, height }) => Math.min(width, height) < 23.5;
  const says = (elements) => elements.slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
  return {
    wide: says(seen.filter(isWide)),
    fine: says(seen.filter(isFine)),
    small: says(seen.filter((e) => isTarget(e) && isSmall(e.getBoundingClientRect()))),
  };
}"""


def visitor(row):
    if row.public:
        return "anonymous"
    return next(name for name in MOST_FIRST if row.signed_in or name in row.ok.split())


def test_every_page_fits_a_phone(cast, new_context):
    pages, wrong = {}, {}
    for row in (row for row in GETS if row.public or row.signed_in or row.ok):
        person = visitor(row)
        if person not in pages:
            pages[person] = new_context(getattr(cast, person, None), phone=True).new_page()
        address = reverse(row.name, kwargs=row.kwargs(cast)) + row.query
        found = look(pages[person], address)
        if any(found.values()):
            wrong[f"{address} for {person}"] = found
    assert wrong == {}


def look(page, address) -> dict[str, list[str]]:
    # Letters, tables, photos and films are no pages: Chromium makes documents of its own around them.
    if not page.request.get(address).headers["content-type"].startswith("text/html"):
        return {}
    return page.evaluate(LOOK) if page.goto(address).status == 200 else {}


def test_the_tab_that_one_is_on_is_in_view(cast, open_as):
    page = open_as(cast.ada, f"/students/{cast.student('sam').pk}/notes/", phone=True)
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
