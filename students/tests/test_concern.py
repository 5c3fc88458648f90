"""A concern goes to the school's safeguarding leads alone."""

import pytest

from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from notices.models import Email, Notice
from schools.actions.staff import end_role
from schools.models import StaffRole
from schools.roles import Role
from students.actions.concern import ConcernError, add_step, close_concern, raise_concern, take_concern
from students.models import Concern, Note

TEXT = "He had bruises on both arms."


def tell(client, cast, person, **changes):
    client.force_login(person)
    return client.post(f"/students/{cast.student('sam').pk}/concern/", {"text": TEXT} | changes, follow=True)


def concern(cast):
    return raise_concern(student=cast.student("sam"), text=TEXT, by=cast.mo, on=TODAY)


def test_a_mentor_can_pass_one_on(cast, client):
    page = tell(client, cast, cast.mo).content.decode()
    assert "It was passed on to the safeguarding lead." in page
    assert Concern.objects.get().by == cast.mo


def test_whoever_raised_it_sees_that_it_was_passed_on_and_nothing_more(cast, client):
    tell(client, cast, cast.mo)
    page = client.get(f"/students/{cast.student('sam').pk}/concern/").content.decode()
    assert "What you passed on" in page and "bruises" not in page


def test_the_notice_is_urgent_and_names_no_detail(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        concern(cast)
    notice = Notice.objects.get()
    assert (notice.user, notice.is_urgent) == (cast.safeguarding, True)
    told = f"{notice.title} {notice.body}" + "".join(f"{mail.subject} {mail.text}" for mail in Email.objects.all())
    assert "Sam" not in told and "bruises" not in told


def test_it_stands_in_no_log_that_others_read(cast):
    concern(cast)
    event = Event.objects.get(action="students.concern.raised")
    assert event.school_id is None and "bruises" not in str(event.details)


def test_nobody_else_is_shown_it(cast, client):
    row = concern(cast)
    for person in (cast.lead, cast.ada, cast.mo, cast.sam):
        client.force_login(person)
        assert client.get(f"/students/{row.student_id}/concerns/{row.pk}/").status_code == 403
        assert client.get("/concerns/").status_code == 404


def test_without_a_safeguarding_lead_it_says_whom_to_tell_and_keeps_the_words(cast, client):
    end_role(row=StaffRole.objects.get(role=Role.SAFEGUARDING), by=cast.lead, on=TODAY)
    page = tell(client, cast, cast.mo).content.decode()
    assert "Your school has named no safeguarding lead: tell Lee Whitfield in person now." in page
    assert "He had bruises on both arms." in page and not Concern.objects.exists()


def test_a_double_tap_is_one_concern(cast, client):
    for _tap in range(2):
        tell(client, cast, cast.mo, key="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert (Concern.objects.count(), Notice.objects.count()) == (1, 1)


def test_it_is_taken_once(cast):
    row = take_concern(concern=concern(cast), by=cast.safeguarding, now=NOW)
    again = take_concern(concern=row, by=cast.lead, now=NOW)
    assert again.taken_by == cast.safeguarding


def test_steps_are_safeguarding_notes(cast, client):
    row = concern(cast)
    add_step(concern=row, text="Rang the duty desk.", by=cast.safeguarding)
    assert Note.objects.get().level == "safeguarding"
    client.force_login(cast.safeguarding)
    page = client.get(f"/students/{row.student_id}/concerns/{row.pk}/").content.decode()
    assert "Rang the duty desk." in page and "bruises" in page


def test_it_is_closed_once_with_its_outcome(cast):
    row = close_concern(concern=concern(cast), outcome="Referred.", by=cast.safeguarding, now=NOW)
    with pytest.raises(ConcernError, match="closed already"):
        close_concern(concern=row, outcome="Something else", by=cast.safeguarding, now=NOW)


def test_reading_one_is_written_down(cast, client):
    row = concern(cast)
    client.force_login(cast.safeguarding)
    client.get(f"/students/{row.student_id}/concerns/{row.pk}/")
    assert Event.objects.reads().get().action == "students.concern.read"


def test_it_waits_until_somebody_takes_it(cast, client):
    row = concern(cast)
    client.force_login(cast.safeguarding)
    assert "in nobody's hands" in client.get("/concerns/").content.decode()
    client.post(f"/students/{row.student_id}/concerns/{row.pk}/take/")
    assert "Saoirse Kelly has it" in client.get("/concerns/").content.decode()


def test_other_words_from_the_same_page_are_another_concern(cast, client):
    for words in (TEXT, TEXT, "And he has not eaten."):
        tell(client, cast, cast.mo, text=words, key="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert list(Concern.objects.order_by("pk").values_list("text", flat=True)) == [TEXT, "And he has not eaten."]
