import datetime

from advisories.board import board
from advisories.models import OneToOne
from bpl.tests.cast import TODAY


def address(cast):
    return f"/students/{cast.student('sam').pk}/one-to-ones/"


def hold(client, cast, **changes):
    facts = {"held_on": "2026-11-23", "shared_notes": "Oars are nearly done.", "private_notes": "Tired; ask at home."}
    return client.post(address(cast), facts | changes)


def test_the_student_reads_shared_notes_only(cast, client):
    client.force_login(cast.ada)
    hold(client, cast)
    client.force_login(cast.sam)
    page = client.get(address(cast)).content.decode()
    assert "Oars are nearly done." in page and "Tired; ask at home." not in page


def test_a_double_tap_is_one_talk(cast, client):
    client.force_login(cast.ada)
    for _tap in range(2):
        hold(client, cast, key="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert OneToOne.objects.count() == 1


def test_a_day_to_come_is_refused_and_nothing_is_lost(cast, client):
    client.force_login(cast.ada)
    page = hold(client, cast, held_on="2026-11-30").content.decode()
    assert "That day has not begun" in page and "Oars are nearly done." in page
    assert not OneToOne.objects.exists()


def test_a_date_in_the_other_countrys_order_is_named(cast, client):
    client.force_login(cast.ada)
    page = hold(client, cast, held_on="23/11/2026").content.decode()
    assert "If you mean 2026-11-23, write that." in page and 'value="23/11/2026"' in page


def test_the_board_says_who_is_due(cast, client):
    client.force_login(cast.ada)
    hold(client, cast)
    due = {row.student.name: row.one_to_one_is_due for row in board(cast.advisory, TODAY)}
    assert due == {"Sam Okafor": False, "Lena Brandt": True}
    later = board(cast.advisory, TODAY + datetime.timedelta(days=14))
    assert all(row.one_to_one_is_due for row in later)


def test_other_words_from_the_same_page_are_another_talk(cast, client):
    client.force_login(cast.ada)
    for words in ("Tired.", "Tired.", "Asleep."):
        hold(client, cast, private_notes=words, key="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert set(OneToOne.objects.values_list("private_notes", flat=True)) == {"Tired.", "Asleep."}
