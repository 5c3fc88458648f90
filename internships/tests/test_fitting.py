"""What fits whom, and why: the reason is said, and nobody is shown whom one may not see."""

import pytest

from internships.fit import fit
from internships.models import Opportunity
from internships.tests.factories import an_opportunity
from mentors.models import Organisation
from mentors.tests.factories import a_mentor
from students.actions.interests import add_interest
from students.models import Interest


def cares(words="", tags="") -> Interest:
    interest = Interest(words=words, tags=tags)
    interest.search = f"{words} {tags}".lower()
    return interest


def offer(title="Help to build a skiff", tags="", place_tags="", about="") -> Opportunity:
    place = Organisation(name="Blackstone Boats", tags=place_tags)
    return Opportunity(
        title=title, tags=tags, about=about, organisation=place, search=f"{title} {about} {tags}".lower()
    )


@pytest.mark.parametrize(
    ("interest", "opportunity", "score"),
    [
        (cares(tags="boats"), offer(tags="Boats"), 3),
        (cares(tags="boats, wood"), offer(tags="wood", place_tags="boats, sea"), 6),
        (cares(tags="skiff"), offer(), 2),
        (cares("I would like to work with wood"), offer(tags="wood"), 2),
        (cares(tags="art"), offer("A part in a play"), 0),
        (cares("Cooking for many", "food"), offer(tags="boats"), 0),
        (cares(tags="Música"), offer(tags="musica"), 3),
        (cares(), offer(), 0),
    ],
)
def test_shared_tags_count_more_than_tags_in_words_and_parts_of_words_nothing(interest, opportunity, score):
    assert fit([interest], opportunity).score == score


def test_each_point_has_its_reason_the_strongest_first():
    found = fit([cares("The sea at night", "boats, wood, skiff")], offer(tags="boats, sea", place_tags="wood"))
    assert found.reasons == [
        "You care about boats and wood, and so do they.",
        "You care about skiff, which is part of it.",
        "You wrote about sea, which they do.",
    ]


def test_signs_in_a_tag_are_only_signs():
    assert fit([cares(tags="c++ (games)")], offer(tags="c++ (games)")).score == 3


@pytest.fixture
def offers(cast):
    radio = a_mentor(cast, "Ruth", "Harbor Radio").organisation
    return an_opportunity(cast, tags="boats"), an_opportunity(cast, "A show of one's own", organisation=radio)


def browse(client, cast, student="sam"):
    return client.get(f"/students/{cast.student(student).pk}/opportunities/").content.decode()


def test_a_student_finds_first_what_fits_and_reads_why(cast, client, offers):
    add_interest(student=cast.student("sam"), words="Things that float", tags="boats", by=cast.sam)
    client.force_login(cast.sam)
    page = browse(client, cast)
    assert page.index("Help to build a skiff") < page.index("A show of one&#x27;s own")
    assert "You care about boats, and so do they." in page


def test_whom_to_call_is_not_told(cast, client, offers):
    cast.boatyard.phone = "401 555 0177"
    cast.boatyard.save()
    client.force_login(cast.sam)
    page = client.get(f"/students/{cast.student('sam').pk}/opportunities/{offers[0].pk}/").content.decode()
    assert "401 555 0177" not in page and "Mo Alvarez" not in page and "adviser and coordinator have said yes" in page


def test_without_an_interest_it_says_so(cast, client, offers):
    client.force_login(cast.sam)
    assert "No interest is written down yet" in browse(client, cast)


def test_an_adviser_reads_it_of_the_student(cast, client, offers):
    add_interest(student=cast.student("sam"), words="Things that float", tags="boats", by=cast.sam)
    client.force_login(cast.ada)
    page = client.get(f"/students/{cast.student('sam').pk}/opportunities/{offers[0].pk}/").content.decode()
    assert "Sam cares about boats." in page


def test_students_are_suggested_to_whoever_may_see_them(cast, client, offers):
    for name in ("sam", "omar"):
        add_interest(student=cast.student(name), words="Things that float", tags="boats", by=cast.lead)
    address = f"/schools/{cast.school.pk}/opportunities/{offers[0].pk}/"
    shown = {}
    for who in ("ada", "ben", "lead"):
        client.force_login(getattr(cast, who))
        page = client.get(address).content.decode()
        shown[who] = [name for name in ("sam", "omar") if cast.student(name).name in page]
    assert shown == {"ada": ["sam"], "ben": ["omar"], "lead": ["sam", "omar"]}


def test_browsing_costs_the_same_however_much_is_offered(cast, client, django_assert_max_num_queries):
    for n in range(40):
        an_opportunity(cast, f"Work {n}")
    client.force_login(cast.sam)
    with django_assert_max_num_queries(10):
        browse(client, cast)
