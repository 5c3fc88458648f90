"""A window is opened, students prepare their exhibition in it: title, outline, evidence in its order."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import NOW, TODAY
from coedit.actions import replace, write
from exhibitions.actions.exhibitions import ExhibitionError, begin, name_it, open_window, put_in
from exhibitions.actions.panel import say_times
from exhibitions.models import Exhibition, Window
from exhibitions.tests.factories import a_file, a_link, a_window, an_exhibition
from notices.models import Email
from plans.tests.factories import a_plan, an_item

DAY = datetime.timedelta(days=1)


def page(exhibition, rest=""):
    return f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/{rest}"


def said(cast, **changes):
    last = cast.term.last_day
    facts = {
        "name": "Winter exhibitions", "term": cast.term.pk, "starts_on": (last - 11 * DAY).isoformat(),
        "last_on": last.isoformat(), "slot_minutes": "45", "rooms": "Library\n\n Room 4 \nLibrary",
    }  # fmt: skip
    return facts | changes


def test_a_lead_opens_a_window_once(cast, client):
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(f"/schools/{cast.school.pk}/exhibitions/", said(cast))
    window = Window.objects.get()
    assert [str(room) for room in window.rooms.all()] == ["Library", "Room 4"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_on": "2026-11-01"}, "The last day is before the first."),
        ({"starts_on": "2020-01-01", "last_on": "2020-01-02"}, "do not all lie in"),
        ({"slot_minutes": "900"}, "less than or equal to 180"), ({"rooms": ""}, "This field is required."),
        ({"starts_on": "soon"}, "soon"),
    ],
)  # fmt: skip
def test_a_window_that_cannot_be_is_said_beside_its_field(cast, client, changes, words):
    client.force_login(cast.lead)
    shown = client.post(f"/schools/{cast.school.pk}/exhibitions/", said(cast, **changes)).content.decode()
    assert words in shown and "Winter exhibitions" in shown and not Window.objects.exists()


def test_another_of_the_same_name_is_refused(cast):
    a_window(cast)
    with pytest.raises(ExhibitionError, match="of this name"):
        a_window(cast, last_on=cast.term.last_day - DAY)


def test_a_student_begins_once_names_it_and_chooses_in_an_order(cast, client):
    window = a_window(cast)
    client.force_login(cast.sam)
    address = f"/students/{cast.student('sam').pk}/exhibitions/"
    assert "Begin to prepare it" in client.get(address).content.decode()
    for _tap in range(2):
        client.post(f"{address}begin/", {"window": window.pk})
    exhibition = Exhibition.objects.get()
    client.post(page(exhibition, "name/"), {"title": "A bench that lasts"})
    first, second, third = a_link(cast, title="One"), a_file(cast), a_link(cast, title="Three")
    for one in (first, second, third, first):
        client.post(page(exhibition, "arrange/"), {"do": f"in:{one.pk}"})
    client.post(page(exhibition, "arrange/"), {"do": f"up:{third.pk}"})
    client.post(page(exhibition, "arrange/"), {"do": f"up:{first.pk}"})
    client.post(page(exhibition, "arrange/"), {"do": f"out:{second.pk}"})
    assert [row.evidence for row in exhibition.shown.all()] == [first, third]
    client.force_login(cast.rosa)
    shown = client.get(page(exhibition)).content.decode()
    assert "A bench that lasts" in shown and shown.index("One") < shown.index("Three")


def test_an_empty_title_is_refused_and_the_old_one_stays(cast, client):
    exhibition = an_exhibition(cast)
    client.force_login(cast.sam)
    client.post(page(exhibition, "name/"), {"title": "A bench"})
    assert "This field is required." in client.post(page(exhibition, "name/"), {"title": " "}).content.decode()
    exhibition.refresh_from_db()
    assert exhibition.title == "A bench"


def test_no_draft_and_nobody_else_s_evidence_is_shown(cast, client):
    exhibition = an_exhibition(cast)
    draft, theirs = a_link(cast, ready=False), a_link(cast, "lena")
    for evidence, words in ((draft, "still a draft"), (theirs, "not among")):
        with pytest.raises(ExhibitionError, match=words):
            put_in(exhibition=exhibition, evidence=evidence, by=cast.sam)
    client.force_login(cast.sam)
    assert client.post(page(exhibition, "arrange/"), {"do": f"in:{theirs.pk}"}).status_code == 404
    assert client.post(page(exhibition, "arrange/"), {"do": "in:x"}).status_code == 404


def test_the_outline_is_written_by_student_and_adviser_and_survives_erasing(cast, client):
    exhibition = an_exhibition(cast)
    text = exhibition.outline
    write(text=text, markdown="I show the bench first.", base_id=0, by=cast.sam, now=NOW)
    for person, may in ((cast.sam, "true"), (cast.ada, "true"), (cast.rosa, "false"), (cast.mo, "false")):
        client.force_login(person)
        shown = client.get(page(exhibition)).content.decode()
        assert "I show the bench first." in shown and f'data-may-write="{may}"' in shown, person
    replace(text=text, markdown="I show it.", by=cast.lead, now=NOW)
    assert "I show it." in client.get(page(exhibition)).content.decode()


def test_what_the_plan_promised_stands_beside_what_is_there(cast, client):
    exhibition = an_exhibition(cast)
    plan = a_plan(cast)
    done = an_item(plan, "Build a bench", evidence="The bench itself")
    an_item(plan, "Measure the wood", evidence="A table")
    a_link(cast, title="Film of the bench", items=[done])
    client.force_login(cast.ada)
    shown = client.get(page(exhibition)).content.decode()
    assert "The bench itself" in shown and "Film of the bench" in shown and "nothing yet" in shown


def test_a_window_of_another_school_or_one_that_is_over_is_none(cast, client):
    window = a_window(cast)
    with pytest.raises(ExhibitionError, match="is over"):
        begin(window=window, student=cast.student("sam"), by=cast.sam, on=window.last_on + DAY, now=NOW)
    client.force_login(cast.sam)
    address = f"/students/{cast.student('sam').pk}/exhibitions/begin/"
    for number in ("0", "x", ""):
        assert client.post(address, {"window": number}).status_code == 404


def test_a_window_s_page_costs_the_same_for_more_exhibitions(cast, client):
    exhibition = an_exhibition(cast)
    address = f"/schools/{cast.school.pk}/exhibitions/{exhibition.window_id}/"
    client.force_login(cast.lead)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for name in ("lena", "omar", "kit"):
        begin(window=exhibition.window, student=cast.student(name), by=cast.ada, on=TODAY, now=NOW)
    assert cost() == few


def test_an_opened_window_needs_its_term(cast):
    with pytest.raises(ExhibitionError, match="do not all lie in"):
        open_window(
            school=cast.school, term=cast.term, name="x", starts_on=cast.term.last_day, last_on=cast.term.ends_on,
            slot_minutes=45, rooms=["A"], by=cast.lead, now=NOW,
        )  # fmt: skip


def test_a_window_is_changed_and_a_room_in_use_stays(cast, client):
    exhibition = an_exhibition(cast)
    window = exhibition.window
    library = window.rooms.get(name="Library")
    Exhibition.objects.update(starts_at=NOW, room=library)
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/exhibitions/{window.pk}/change/"
    data = said(cast, times="9:30 am, 1:15 pm", rooms="Library\nAula", needs=["adviser"], slot_minutes="60")
    assert client.post(address, data).status_code == 302
    window.refresh_from_db()
    assert (window.times, window.needs, window.slot_minutes) == (["09:30", "13:15"], ["adviser"], 60)
    assert [str(room) for room in window.rooms.all()] == ["Library", "Aula"]
    answer = client.post(address, data | {"rooms": "Aula", "name": "Spring fair"}).content.decode()
    assert "is needed by Sam Okafor" in answer and "Spring fair" in answer
    answer = client.post(address, data | {"times": "9:00, 9:20"}).content.decode()
    assert "less than 60 minutes apart" in answer and "9:00, 9:20" in answer
    name_it(exhibition=exhibition, title="A boat", by=cast.sam)
    answer = client.post(address.replace("change", "remove"), follow=True).content.decode()
    assert "Sam Okafor has begun to prepare" in answer and Window.objects.exists()


def test_a_window_opened_by_mistake_is_removed(cast, client):
    window = an_exhibition(cast).window
    client.force_login(cast.coordinator)
    client.post(f"/schools/{cast.school.pk}/exhibitions/{window.pk}/remove/")
    assert not Window.objects.exists() and not Exhibition.objects.exists()


def test_a_lead_begins_for_all_who_have_not(cast, client):
    first = an_exhibition(cast)
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(f"/schools/{cast.school.pk}/exhibitions/{first.window_id}/begin/")
    assert {one.student for one in Exhibition.objects.all()} == set(cast.students.values())


def test_an_adviser_sees_how_far_their_own_students_are(cast, client):
    window = an_exhibition(cast).window
    client.force_login(cast.ben)
    address = f"/schools/{cast.school.pk}/exhibitions/"
    shown = client.get(f"{address}{window.pk}/").content.decode()
    assert "Omar Haddad" in shown and "Sam Okafor" not in shown and "Change the window" not in shown
    assert "Open a window" not in client.get(address).content.decode()


def test_everybody_is_asked_once_when_they_cannot_come(cast, client):
    sam = an_exhibition(cast)
    begin(window=sam.window, student=cast.student("kit"), by=cast.lead, on=TODAY, now=NOW)
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/exhibitions/{sam.window_id}/"
    assert "have not said when they cannot come" in client.get(address).content.decode()
    client.post(address + "ask/")
    # Rosa has two children here and is asked once.
    mails = Email.objects.filter(person=cast.rosa)
    assert mails.count() == 1
    say_times(exhibition=sam, user=cast.rosa, cannot=set(), by=cast.rosa, now=NOW)
    client.post(address + "ask/")
    assert mails.count() == 1
