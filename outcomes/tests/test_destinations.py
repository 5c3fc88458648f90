"""What became of somebody: who says so, as of when; said beside what others say, corrected and never overwritten."""

import datetime
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from internships.tests.factories import a_begun_placement
from outcomes.actions import destinations
from outcomes.actions.destinations import DestinationError
from outcomes.known import history
from outcomes.models import Destination, Leaver
from outcomes.tests.factories import YES, a_destination, a_leaver

DAY = datetime.timedelta(days=1)
FACTS = {
    "kind": "enrolled", "level": "four_year", "where": "State", "starts_on": datetime.date(2026, 9, 1),
    "said_on": TODAY, "source": "self", "confidence": "certain",
}  # fmt: skip


def page(client, student, rest=""):
    return client.get(reverse("outcomes:destinations", args=[student.pk]) + rest).content.decode()


def post(client, student, rest, **data):
    return client.post(reverse("outcomes:destinations", args=[student.pk]) + rest, data)


FORM = {
    "level": "two_year", "where": "Rivertown College", "what": "Welding", "starts_on": "2026-09-01",
    "said_on": "2026-11-20", "source": "family", "confidence": "likely", "words": "His aunt told me.",
}  # fmt: skip


def test_it_is_written_down_with_who_says_so(cast, client):
    student = a_leaver(cast).student
    client.force_login(cast.ben)
    assert post(client, student, "record/enrolled/", **FORM).status_code == 302
    row = Destination.objects.get()
    assert (row.kind, row.level, row.where, row.source, row.by) == (
        "enrolled", "two_year", "Rivertown College", "family", cast.ben,
    )  # fmt: skip
    assert (row.said_on, row.school, row.ends_on) == (datetime.date(2026, 11, 20), cast.school, None)
    shown = page(client, student)
    assert "Enrolled" in shown and "Rivertown College" in shown and "family" in shown and "Nov. 20, 2026" in shown
    assert Event.objects.get(action="outcomes.destination.recorded").student_id == student.pk


def test_a_form_sent_twice_is_one_row_and_other_words_are_another(cast, client):
    student = a_leaver(cast).student
    client.force_login(cast.ben)
    key = uuid.uuid4()
    for where in ("Rivertown College", "Rivertown College", "State"):
        post(client, student, "record/enrolled/", **FORM | {"where": where, "key": key})
    assert sorted(row.where for row in Destination.objects.all()) == ["Rivertown College", "State"]


def test_each_kind_has_its_own_form(cast, client):
    student = a_leaver(cast).student
    client.force_login(cast.ben)
    for kind, has, has_not in [
        ("accepted", "Offered on", "Hours a week"), ("work", "Employer", "Kind of place"),
        ("neither", "Since", "Employer"), ("credential", "Given by", "Last day"),
        ("not_accepted", "Known since", "Where"),
    ]:  # fmt: skip
        (shown,) = re.findall(r'(?s)<div class="stack measure">.*?</form>', page(client, student, f"record/{kind}/"))
        assert has in shown and has_not not in shown, kind
    assert client.get(reverse("outcomes:destination_record", args=[student.pk, "nonsense"])).status_code == 404


def test_the_words_are_those_of_the_country(cast, client):
    student = a_leaver(cast).student
    client.force_login(cast.ben)
    american = page(client, student, "record/enrolled/")
    assert "two-year college" in american and "further education" not in american
    cast.school.system = "england"
    cast.school.save()
    english = page(client, student, "record/enrolled/")
    assert "further education" in english and "two-year college" not in english


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"said_on": TODAY + DAY}, "said_on"),
        ({"starts_on": TODAY, "said_on": TODAY - DAY}, "starts_on"),
        ({"ends_on": datetime.date(2026, 8, 1)}, "ends_on"),
        ({"ends_on": TODAY + DAY}, "ends_on"),
    ],
)
def test_nobody_knows_the_future(cast, facts, field):
    student = a_leaver(cast).student
    with pytest.raises(DestinationError) as refused:
        destinations.record(student=student, by=cast.ben, on=TODAY, now=NOW, **FACTS | facts)
    assert refused.value.field == field and not Destination.objects.exists()


def test_what_was_typed_stays_beside_what_is_wrong(cast, client):
    student = a_leaver(cast).student
    client.force_login(cast.ben)
    shown = post(client, student, "record/enrolled/", **FORM | {"said_on": "2027-01-01"}).content.decode()
    assert "That day is still to come." in shown and "His aunt told me." in shown and not Destination.objects.exists()


def test_a_job_came_through_one_of_their_own_internships(cast, client):
    mine, theirs = a_begun_placement(cast), a_begun_placement(cast, "lena")
    sam = a_leaver(cast, "sam", on=TODAY + DAY).student
    client.force_login(cast.ada)
    data = {
        "where": "Blackstone Boats", "hours_a_week": "38", "starts_on": "2026-11-20", "said_on": "2026-11-24",
        "source": "self", "confidence": "certain", "placement": mine.pk,
    }  # fmt: skip
    assert "came through an internship" in post(client, sam, "record/work/", **data).content.decode()
    data["through_internship"] = "yes"
    assert post(client, sam, "record/work/", **data | {"placement": theirs.pk}).status_code == 200
    assert post(client, sam, "record/work/", **data).status_code == 302
    row = Destination.objects.get()
    assert (row.through_internship, row.placement, row.hours_a_week) == (True, mine, 38)
    assert "through the internship at Blackstone Boats" in page(client, sam)


@pytest.mark.parametrize(("said", "means"), [("no", False), ("", None)])
def test_not_through_one_is_something_else_than_not_known(cast, client, said, means):
    student = a_leaver(cast).student
    client.force_login(cast.ben)
    data = {"where": "Shop", "starts_on": "2026-11-20", "said_on": "2026-11-24", "source": "self"}
    post(client, student, "record/work/", **data, confidence="certain", through_internship=said)
    assert Destination.objects.get().through_internship is means


def test_a_correction_supersedes_and_both_can_be_read(cast, client):
    row = a_destination(cast) if a_leaver(cast) else None
    client.force_login(cast.ben)
    shown = page(client, row.student, f"{row.pk}/correct/")
    assert "Rivertown College" in shown and 'value="2026-09-01"' in shown
    key = uuid.uuid4()
    for _tap in range(2):
        post(client, row.student, f"{row.pk}/correct/", **FORM | {"where": "State", "key": key})
    new = Destination.objects.standing().get()
    assert (new.where, new.supersedes) == ("State", row)
    shown = page(client, row.student)
    assert "What stood there before" in shown and "Rivertown College" in shown and "State" in shown
    with pytest.raises(DestinationError, match="in the meantime"):
        destinations.correct(destination=row, by=cast.lead, on=TODAY, now=NOW, **FACTS)


def test_taken_back_twice_is_once(cast, client):
    row = a_destination(cast) if a_leaver(cast) else None
    client.force_login(cast.ben)
    for _tap in range(2):
        assert post(client, row.student, f"{row.pk}/take-back/").status_code == 302
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by) == (NOW, cast.ben)
    assert Event.objects.filter(action="outcomes.destination.withdrawn").count() == 1
    shown = page(client, row.student)
    assert "Nothing is known yet" in shown and "Taken back by Ben Castillo" in shown
    with pytest.raises(DestinationError):
        destinations.correct(destination=row, by=cast.lead, on=TODAY, now=NOW, **FACTS)


def test_what_contradicts_stands_side_by_side(cast, client):
    a_leaver(cast)
    enrolled = a_destination(cast)
    out = a_destination(cast, kind="neither", source="family", where="", what="")
    before = a_destination(
        cast, kind="not_enrolled", where="", what="", starts_on=datetime.date(2026, 6, 1),
        said_on=datetime.date(2026, 8, 1),
    )  # fmt: skip
    told, _withdrawn = history(cast.student("omar"))
    assert {one.row.pk: [row.pk for row in one.against] for one in told} == {
        enrolled.pk: [out.pk], out.pk: [enrolled.pk], before.pk: [],
    }  # fmt: skip
    client.force_login(cast.ben)
    assert page(client, cast.student("omar")).count("Against it stands") == 2


def test_an_offer_after_a_refusal_is_no_contradiction(cast):
    a_leaver(cast)
    march, may = datetime.date(2026, 3, 1), datetime.date(2026, 5, 1)
    a_destination(cast, kind="not_accepted", where="", what="", starts_on=march, said_on=march)
    a_destination(cast, kind="accepted", starts_on=may, said_on=may)
    assert [one.against for one in history(cast.student("omar"))[0]] == [[], []]
    a_destination(cast, kind="not_accepted", where="", what="", starts_on=may, said_on=may + DAY)
    assert [len(one.against) for one in history(cast.student("omar"))[0]] == [1, 1, 0]


def test_an_offer_is_written_down_before_leaving(cast, client):
    sam = cast.student("sam")
    client.force_login(cast.ada)
    assert "Still at school" in page(client, sam)
    post(client, sam, "record/accepted/", **FORM | {"starts_on": "2026-11-20"})
    assert Destination.objects.get().kind == "accepted"


def test_the_student_reads_it_and_writes_nothing(cast, client):
    a_leaver(cast)
    a_destination(cast)
    client.force_login(cast.omar)
    shown = page(client, cast.student("omar"))
    assert "Rivertown College" in shown and "Write down what is known" not in shown and "Correct" not in shown
    assert post(client, cast.student("omar"), "record/enrolled/", **FORM).status_code == 403


def test_consent_is_the_last_word_and_theirs_to_take_back(cast, client):
    student = a_leaver(cast, consent=YES).student
    client.force_login(cast.omar)
    assert "mine@example.org" in page(client, student)
    for _tap in range(2):
        post(client, student, "contact/", may_ask="no", email="mine@example.org")
    rows = [(row.may_ask, row.email, row.by) for row in student.contact_consents.all()]
    assert rows == [(False, "", cast.omar), (True, "mine@example.org", cast.lead)]
    client.force_login(cast.ben)
    shown = post(client, student, "contact/", may_ask="yes", email="mine@").content.decode()
    assert "mine@" in shown and "invalid-feedback" in shown and student.contact_consents.count() == 2


def test_another_schools_student_is_not_there(cast, client):
    row = a_destination(cast) if a_leaver(cast) else None
    client.force_login(cast.stranger)
    for rest in ("", "record/work/", f"{row.pk}/correct/"):
        assert client.get(reverse("outcomes:destinations", args=[row.student_id]) + rest).status_code == 404
    # Nor by another student's address.
    client.force_login(cast.ada)
    assert client.get(reverse("outcomes:destination_correct", args=[cast.student("sam").pk, row.pk])).status_code == 404
    assert post(client, cast.student("sam"), f"{row.pk}/take-back/").status_code == 404
    assert Leaver.objects.exists() and Destination.objects.standing().exists()


def test_the_page_asks_as_much_of_many_rows_as_of_few(cast, client):
    a_leaver(cast, consent=YES)
    client.force_login(cast.ben)
    counts = []
    for number in (2, 9):
        for _row in range(number):
            a_destination(cast)
            destinations.correct(destination=a_destination(cast), by=cast.lead, on=TODAY, now=NOW, **FACTS)
        with CaptureQueriesContext(connection) as queries:
            page(client, cast.student("omar"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
