"""What is held of one student: written, corrected, taken back; who may see it, and that reading it is written down."""

import datetime
import threading

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from bpl.tests.cast import TODAY
from outcomes.actions.background import BackgroundError, correct, take_back, write
from outcomes.models import Background
from outcomes.tests.factories import a_background, a_held

day = datetime.date
FIRST = day(2026, 9, 1)


def address(cast, *parts):
    return f"/students/{cast.student('sam').pk}/background/" + "".join(f"{part}/" for part in parts)


def page(client, cast, person=None):
    client.force_login(person or cast.lead)
    return client.get(address(cast)).content.decode()


def wrote(cast, student="sam", since=FIRST, source="", **values):
    return write(
        student=cast.student(student), values=values, since=since, source=source, by=cast.lead, on=TODAY
    )  # fmt: skip


def standing():
    return list(Background.objects.current().order_by("kind", "since").values_list("kind", "value", "since"))


# Written down ---------------------------------------------------------------------------------------------------


def test_a_lead_writes_several_kinds_at_once(cast, client):
    a_held(cast, "meals", "care", "language")
    client.force_login(cast.lead)
    typed = {"meals": "reduced", "care": "", "language": "other", "since": "2026-09-01", "source": "Meals form"}
    for _tap in range(2):
        client.post(address(cast, "write"), typed)
    assert standing() == [("language", "other", FIRST), ("meals", "reduced", FIRST)]
    shown = page(client, cast)
    assert "Reduced-price meals" in shown and "since Sept. 1, 2026" in shown
    assert "Says so: Meals form. Written down by Lee Whitfield, Nov. 24, 2026" in shown
    assert "Counts as disadvantaged: eligible for free or reduced-price meals." in shown
    assert "Not recorded." in shown and "special educational needs" not in shown.lower()


def test_a_change_is_a_row_of_its_own(cast, client):
    a_held(cast)
    wrote(cast, meals="free", since=day(2025, 9, 1))
    wrote(cast, meals="no")
    assert [value for _kind, value, _since in standing()] == ["free", "no"]
    shown = page(client, cast)
    assert "Counts among the peers" in shown and "Free meals" in shown


@pytest.mark.parametrize(
    ("values", "since", "words"),
    [
        ({}, FIRST, "Say at least one thing"),
        ({"meals": "no"}, day(2026, 11, 25), "still to come"),
        ({"meals": "no"}, day(2010, 5, 3), "before Sam was born"),
        ({"meals": "past"}, FIRST, "Choose one of what is offered"),
        ({"care": "no"}, FIRST, "does not hold this any more: care experience"),
        ({"meals": "no", "language": "other"}, day(2026, 10, 1), "“free meals” stands since Oct. 1, 2026 already"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(cast, values, since, words):
    a_held(cast, "meals", "language")
    before = a_background(cast, value="free", since=day(2026, 10, 1))
    with pytest.raises(BackgroundError, match=words):
        wrote(cast, since=since, **values)
    assert list(Background.objects.all()) == [before]


def test_what_was_typed_stays_beside_the_refusal(cast, client):
    a_held(cast, "meals")
    a_background(cast)
    client.force_login(cast.lead)
    typed = {"meals": "no", "since": "2026-09-01", "source": "The family"}
    shown = client.post(address(cast, "write"), typed).content.decode()
    assert "Correct that instead" in shown and 'value="The family"' in shown
    assert '<option value="no" selected>' in shown
    shown = client.post(address(cast, "write"), typed | {"since": "09/31/2026"}).content.decode()
    assert "no such day" in shown and 'value="09/31/2026"' in shown


@pytest.mark.parametrize(("system", "offered", "hidden"), [("us", "reduced", "past"), ("england", "past", "reduced")])
def test_each_system_has_its_own_meals(cast, client, system, offered, hidden):
    cast.school.system = system
    cast.school.save()
    a_held(cast, "meals")
    shown = page(client, cast)
    assert f'value="{offered}"' in shown and f'value="{hidden}"' not in shown


# Corrected, taken back ------------------------------------------------------------------------------------------


def test_a_correction_keeps_what_stood_there(cast, client):
    a_held(cast)
    row = wrote(cast, meals="free")[0]
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(address(cast, row.pk), {"value": "reduced", "since": "2026-09-02", "source": "District"})
    assert standing() == [("meals", "reduced", day(2026, 9, 2))]
    assert Background.objects.count() == 2
    shown = page(client, cast)
    assert "Reduced-price meals" in shown and "Free meals" in shown and "corrected" in shown


def test_a_correction_without_a_change_is_none(cast):
    a_held(cast)
    row = wrote(cast, meals="free", source="District")[0]
    said = {"value": "free", "since": FIRST, "source": "District", "by": cast.lead, "on": TODAY}
    assert correct(row=row, **said) == row and Background.objects.count() == 1


def test_two_who_correct_one_row_do_not_overwrite_each_other(cast):
    a_held(cast)
    row = wrote(cast, meals="free")[0]
    said = {"since": FIRST, "source": "", "on": TODAY}
    correct(row=row, value="reduced", by=cast.lead, **said)
    with pytest.raises(BackgroundError, match="Lee Whitfield corrected this meanwhile"):
        correct(row=row, value="no", by=cast.safeguarding, **said)
    with pytest.raises(BackgroundError, match="corrected this meanwhile"):
        take_back(row=row, by=cast.lead)
    assert standing() == [("meals", "reduced", FIRST)]


def test_a_correction_does_not_move_onto_another_value(cast):
    a_held(cast)
    row = wrote(cast, meals="free", since=day(2025, 9, 1))[0]
    wrote(cast, meals="no")
    with pytest.raises(BackgroundError, match="“not eligible” stands since"):
        correct(row=row, value="free", since=FIRST, source="", by=cast.lead, on=TODAY)


def test_what_is_taken_back_stays_readable_and_counts_no_more(cast, client):
    a_held(cast)
    wrote(cast, meals="no", since=day(2025, 9, 1))
    row = wrote(cast, meals="free")[0]
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(address(cast, row.pk, "take-back"))
    assert standing() == [("meals", "no", day(2025, 9, 1))] and Background.objects.count() == 3
    shown = page(client, cast)
    assert "taken back" in shown and "Counts among the peers" in shown
    # And it can be written anew, on the same day.
    wrote(cast, meals="free")
    assert standing()[-1] == ("meals", "free", FIRST)


# Who sees it, and that it is written down -----------------------------------------------------------------------


@pytest.mark.parametrize("person", ["ada", "cover", "coordinator", "sam", "rosa", "mo"])
def test_nobody_else_of_the_team_sees_the_tab(cast, client, person):
    a_held(cast)
    a_background(cast)
    client.force_login(getattr(cast, person))
    assert client.get(address(cast)).status_code == 403
    team = client.get(f"/students/{cast.student('sam').pk}/plans/").content.decode()
    assert address(cast) not in team


def test_the_safeguarding_lead_reads_and_does_not_write(cast, client):
    a_held(cast)
    row = a_background(cast)
    shown = page(client, cast, cast.safeguarding)
    assert "Free meals" in shown and "Write something down" not in shown and address(cast, row.pk) not in shown


def reads():
    return list(Event.objects.reads().order_by("pk").values_list("actor__username", "action", "student_id"))


def test_every_reading_is_written_down(cast, client):
    a_held(cast)
    row = a_background(cast)
    one = ("outcomes.background.read", cast.student("sam").pk)
    page(client, cast, cast.safeguarding)
    assert reads() == [("safeguarding", *one)]
    client.force_login(cast.lead)
    client.get(address(cast, row.pk))
    client.post(address(cast, row.pk), {"value": "no", "since": "nonsense"})
    client.post(address(cast, "write"), {"since": "nonsense"})
    assert reads()[1:] == [("lead", *one)] * 3
    assert "Saoirse Kelly" in page(client, cast)


def test_the_log_never_holds_what_was_written(cast, client):
    a_held(cast)
    row = wrote(cast, meals="reduced", source="District")[0]
    correct(row=row, value="no", since=FIRST, source="Mother", by=cast.lead, on=TODAY)
    take_back(row=Background.objects.get(value="no"), by=cast.lead)
    page(client, cast)
    events = Event.objects.filter(action__startswith="outcomes.background")
    assert [event.action.rpartition(".")[2] for event in events.order_by("pk")] == [
        "written", "corrected", "taken_back", "read"
    ]  # fmt: skip
    kept = str([(event.details, event.subject) for event in events])
    assert not any(word in kept for word in ("reduced", "'no'", "District", "Mother"))


def test_where_nothing_is_held_there_is_nothing_to_read(cast, client):
    a_background(cast)
    shown = page(client, cast)
    assert "The school holds nothing of this" in shown and f"/schools/{cast.school.pk}/background/" in shown
    assert not Event.objects.reads().exists()
    assert f"/schools/{cast.school.pk}/background/" not in page(client, cast, cast.safeguarding)


def test_a_kind_that_is_switched_off_is_shown_nowhere(cast, client):
    a_held(cast, "language")
    row = a_background(cast)
    shown = page(client, cast)
    assert "Free meals" not in shown and 'name="meals"' not in shown and 'name="language"' in shown
    assert "the school does not hold who is eligible" in shown
    assert client.get(address(cast, row.pk)).status_code == 404
    assert client.post(address(cast, row.pk, "take-back")).status_code == 404


def test_nobody_reaches_a_row_by_another_student(cast, client):
    a_held(cast)
    row = a_background(cast, "lena")
    client.force_login(cast.lead)
    assert client.get(address(cast, row.pk)).status_code == 404


def test_the_page_asks_the_same_few_questions_however_long_the_history(cast, client):
    a_held(cast)
    client.force_login(cast.lead)
    wrote(cast, meals="free", since=day(2020, 1, 1))
    client.get(address(cast))
    few = _count(client, cast)
    for number in range(1, 12):
        row = wrote(cast, meals="no" if number % 2 else "free", since=day(2020, number + 1, 1))[0]
        correct(row=row, value=row.value, since=row.since, source="again", by=cast.lead, on=TODAY)
    assert _count(client, cast) == few


def _count(client, cast) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address(cast))
    return len(queries)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="SQLite has one writer at a time")
def test_two_at_once_are_one_row(cast):
    a_held(cast)
    start, failed = threading.Barrier(2), []

    def tap():
        try:
            start.wait()
            wrote(cast, meals="free")
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=tap) for _one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert not failed and Background.objects.count() == 1
