"""Notes in three levels: who may read, who did, and corrections that rub nothing out."""

import pytest

from audit.models import Event
from students.actions.notes import NoteError, correct_note, write_note
from students.models import Level, Note


def note(cast, level=Level.STAFF, text="Came in singing.", by=None):
    return write_note(student=cast.student("sam"), level=level, text=text, by=by or cast.ada)


def page(client, cast, person, level="staff"):
    client.force_login(person)
    return client.get(f"/students/{cast.student('sam').pk}/notes/{level}/").content.decode()


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        ("staff", "Ada Lindqvist, Clara Novak, Cora Banks, Lee Whitfield, Saoirse Kelly, Stef Moreau"),
        ("restricted", "Ada Lindqvist, Lee Whitfield, Saoirse Kelly"),
        ("safeguarding", "Saoirse Kelly"),
    ],
)
def test_each_level_names_who_may_read_it(cast, client, level, readers):
    assert f"{level.capitalize()}: {readers}" in page(client, cast, cast.safeguarding, level)


def test_a_note_is_seen_on_its_own_level_alone(cast, client):
    note(cast, Level.RESTRICTED, "Money is short at home.")
    assert "Money is short" not in page(client, cast, cast.ada, "staff")
    assert "Money is short" in page(client, cast, cast.ada, "restricted")


def test_a_level_that_i_may_not_read_is_not_offered(cast, client):
    client.force_login(cast.cover)
    address = f"/students/{cast.student('sam').pk}/notes/"
    assert "Safeguarding:" not in client.get(address).content.decode()
    response = client.post(address, {"level": "safeguarding", "text": "Words that must not be lost"})
    assert "Words that must not be lost" in response.content.decode() and not Note.objects.exists()


def test_reading_a_restricted_note_is_written_down(cast, client):
    row = note(cast, Level.RESTRICTED)
    text = page(client, cast, cast.lead, "restricted")
    event = Event.objects.reads().get()
    assert (event.actor, event.details["notes"]) == (cast.lead, [row.pk])
    assert "Who has read this page" in text


def test_everyday_reading_is_not(cast, client):
    note(cast)
    page(client, cast, cast.ada)
    page(client, cast, cast.ada, "restricted")
    assert not Event.objects.reads().exists()


def test_safeguarding_stands_in_no_log_of_the_schools(cast, client):
    note(cast, Level.SAFEGUARDING, by=cast.safeguarding)
    page(client, cast, cast.safeguarding, "safeguarding")
    about = Event.objects.about_student(cast.student("sam").pk).filter(action__startswith="students.note")
    assert {event.school_id for event in about} == {None}


def test_a_correction_keeps_what_stood_there(cast, client):
    row = note(cast, text="Lives with her aunt.")
    client.force_login(cast.lead)
    address = f"/students/{row.student_id}/notes/{row.pk}/correct/"
    client.post(address, {"level": "staff", "text": "Lives with his aunt."})
    text = page(client, cast, cast.ada)
    assert "Lives with his aunt." in text and "Lives with her aunt." in text
    assert Note.objects.current().get().by == cast.lead


def test_a_correction_for_fewer_people_takes_the_old_words_along(cast, client):
    row = note(cast, text="He said something frightening.")
    correct_note(note=row, level=Level.SAFEGUARDING, text="He said: …", by=cast.safeguarding)
    assert "frightening" not in page(client, cast, cast.ada)
    assert "frightening" in page(client, cast, cast.safeguarding, "safeguarding")


def test_a_correction_is_never_for_more_people(cast):
    row = note(cast, Level.RESTRICTED)
    with pytest.raises(NoteError, match="for fewer people, not for more"):
        correct_note(note=row, level=Level.STAFF, text="…", by=cast.ada)


def test_two_people_correcting_at_once_lose_nothing(cast, client):
    row = note(cast)
    correct_note(note=row, level=Level.STAFF, text="Ada's words", by=cast.ada)
    client.force_login(cast.lead)
    address = f"/students/{row.student_id}/notes/{row.pk}/correct/"
    text = client.post(address, {"level": "staff", "text": "Lee's words"}).content.decode()
    assert "Ada Lindqvist corrected this note while you did" in text and "Lee&#x27;s words" in text


def test_a_double_tap_is_one_note(cast, client):
    client.force_login(cast.ada)
    facts = {"level": "staff", "text": "Once.", "key": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
    for _tap in range(2):
        client.post(f"/students/{cast.student('sam').pk}/notes/", facts)
    assert Note.objects.count() == 1


def test_other_words_from_the_same_page_are_another_note(cast, client):
    client.force_login(cast.ada)
    page = {"level": "staff", "key": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
    for words in ("Came in singing.", "Came in singing.", "Left in tears."):
        client.post(f"/students/{cast.student('sam').pk}/notes/", page | {"text": words})
    assert list(Note.objects.order_by("pk").values_list("text", flat=True)) == ["Came in singing.", "Left in tears."]
