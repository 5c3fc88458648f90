"""Who leaves is not lost from sight: the adviser of the last day stays in touch, for three years and for that alone."""

import datetime
import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from advisories.actions.charge import take_charge
from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from outcomes.actions.leaving import say_how
from outcomes.models import Leaver, Survey
from outcomes.models.leaver import class_of, months_after
from outcomes.tests.factories import HALF_A_YEAR_AGO, YES, a_leaver
from rosters.actions.arriving import take_in
from rosters.actions.leaving import leave_school, take_back
from rosters.actions.staff import leave as staff_leaves
from rosters.drift import Kind, differences
from schools.models import StaffRole
from schools.roles import GRANTS, Role
from students.access import permissions_on
from students.actions.enrol import enrol
from students.causes import in_words
from students.models import Student, TeamMember

DAY = datetime.timedelta(days=1)
FRIDAY = datetime.date(2026, 11, 27)


def contacts(leaver) -> list[tuple]:
    rows = TeamMember.objects.filter(cause=leaver.cause).order_by("user__username")
    return [(row.user.username, row.role, row.starts_on, row.ends_on) for row in rows]


@pytest.mark.parametrize(
    ("left_on", "year"),
    [((2026, 8, 31), 2026), ((2026, 9, 1), 2026), ((2026, 9, 2), 2027), ((2027, 1, 1), 2027), ((2027, 6, 20), 2027)],
)
def test_a_class_ends_on_31_august(left_on, year):
    assert class_of(datetime.date(*left_on)) == year


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ((2026, 8, 31), 6, (2027, 2, 28)), ((2026, 5, 24), 6, (2026, 11, 24)), ((2024, 2, 29), 36, (2027, 2, 28)),
        ((2026, 11, 24), -6, (2026, 5, 24)), ((2026, 1, 31), -11, (2025, 2, 28)),
    ],
)  # fmt: skip
def test_months_are_those_of_the_calendar(day, months, after):
    assert months_after(datetime.date(*day), months) == datetime.date(*after)


def test_a_leaving_opens_contacts_and_surveys(cast):
    leaver = a_leaver(cast, on=datetime.date(2026, 6, 20), how="graduated")
    assert (leaver.class_of, leaver.grade, leaver.advisory, leaver.by) == (2026, "12", cast.other_advisory, cast.lead)
    assert contacts(leaver) == [("ben", "alumni_contact", leaver.left_on, datetime.date(2029, 6, 20))]
    assert [(one.months, one.due_on) for one in leaver.surveys.all()] == [
        (6, datetime.date(2026, 12, 20)), (12, datetime.date(2027, 6, 20)), (24, datetime.date(2028, 6, 20)),
    ]  # fmt: skip


def test_a_cover_does_not_stay_in_touch(cast):
    leaver = a_leaver(cast, "sam", on=TODAY)
    assert permissions_on(cast.student("sam"), cast.cover, TODAY - DAY)
    assert [row[0] for row in contacts(leaver)] == ["ada"]


def test_a_contact_sees_the_name_and_what_became_of_them_and_no_more(cast, client):
    leaver = a_leaver(cast)
    student = cast.student("omar")
    assert permissions_on(student, cast.ben, TODAY) == GRANTS[Role.ALUMNI_CONTACT]
    client.force_login(cast.ben)
    may_not = (
        "plans:index", "students:notes", "students:team", "students:attendance", "students:guardians",
        "advisories:one_to_ones", "exhibitions:evidence", "internships:placements", "rosters:leave",
    )  # fmt: skip
    for name in may_not:
        assert client.get(reverse(name, args=[student.pk])).status_code == 403, name
    for name in ("dashboards:student", "outcomes:destinations"):
        page = client.get(reverse(name, args=[student.pk]))
        assert page.status_code == 200 and "Omar Haddad" in page.content.decode()
    assert "Omar" not in client.get("/students/?everywhere=1").content.decode()
    assert in_words([leaver.cause]) == {leaver.cause: "adviser on the last day at school, stays in touch"}


def test_the_mentor_and_the_family_do_not_stay(cast):
    a_leaver(cast, "sam")
    for person in (cast.rosa, cast.grandma, cast.mo, cast.specialist):
        assert not permissions_on(cast.student("sam"), person, TODAY)


def test_it_ends_after_three_years(cast):
    leaver = a_leaver(cast)
    last = leaver.in_touch_until - DAY
    assert permissions_on(leaver.student, cast.ben, last).destination_record
    assert not permissions_on(leaver.student, cast.ben, last + DAY)
    assert [row for row in differences(cast.school, last + DAY) if row.place.role == Role.ALUMNI_CONTACT] == []


def test_whoever_died_is_asked_nothing_and_nobody_is_there_to_ask(cast):
    leaver = a_leaver(cast, how="died")
    assert contacts(leaver) == [] and not leaver.surveys.exists()
    assert differences(cast.school, TODAY) == []


def test_whoever_moved_is_another_schools_to_ask(cast):
    leaver = a_leaver(cast, how="moved")
    assert [row[0] for row in contacts(leaver)] == ["ben"] and not leaver.surveys.exists()


def test_how_they_left_is_corrected_and_what_follows_with_it(cast):
    leaver = a_leaver(cast, how="not_known")
    for _tap in range(2):
        say_how(leaver=leaver, how="died", by=cast.ben, on=TODAY, now=NOW)
    assert not leaver.surveys.exists() and not permissions_on(leaver.student, cast.ben, TODAY)
    event = Event.objects.get(action="outcomes.leaver.how")
    assert event.details["before"] == "not_known" and event.details["how"] == "died" and event.actor == cast.ben
    say_how(leaver=leaver, how="graduated", by=cast.lead, on=TODAY, now=NOW)
    assert leaver.surveys.count() == 3 and permissions_on(leaver.student, cast.ben, TODAY).destination_record
    assert differences(cast.school, TODAY) == []


def test_it_is_corrected_on_the_students_page(cast, client):
    leaver = a_leaver(cast, how="not_known")
    client.force_login(cast.ben)
    address = reverse("outcomes:leaver_how", args=[leaver.student_id])
    assert client.post(address, {"how": "nonsense"}).status_code == 200
    client.post(address, {"how": "graduated"})
    assert Leaver.objects.get(pk=leaver.pk).how == "graduated"


def test_taken_back_nobody_is_in_touch_and_nobody_asks(cast):
    sam = cast.student("sam")
    leaving = leave_school(student=sam, by=cast.lead, on=TODAY, how="graduated")
    leaver = sam.leavers.get()
    for _tap in range(2):
        take_back(leaving=leaving, by=cast.lead, now=NOW)
    leaver.refresh_from_db()
    assert leaver.taken_back_at == NOW and not Survey.objects.exists()
    assert not TeamMember.objects.on(TODAY).filter(cause=leaver.cause).exists()
    assert permissions_on(sam, cast.ada, TODAY).plan_sign
    assert differences(cast.school, TODAY) == []


def test_who_comes_back_another_day_is_no_leaver_any_more(cast):
    leaver = a_leaver(cast)
    take_in(
        school=cast.school, chosen=cast.omar, names={}, grade="12", on=TODAY, by=cast.lead, now=NOW,
        advisory=cast.advisory,
    )  # fmt: skip
    leaver.refresh_from_db()
    assert leaver.taken_back_at is not None and not Survey.objects.exists()
    assert not permissions_on(leaver.student, cast.ben, TODAY)
    # In between Ben was in touch: that stays readable.
    assert permissions_on(leaver.student, cast.ben, TODAY - DAY).destination_record
    again = leave_school(student=Student.objects.get(pk=leaver.student_id), by=cast.lead, on=FRIDAY, how="graduated")
    assert Leaver.objects.standing().get(student=leaver.student).left_on == again.on


def test_leaving_twice_counts_the_last(cast):
    leaver = a_leaver(cast)
    enrol(school=cast.school, user=cast.omar, grade="12", by=cast.lead, on=datetime.date(2026, 9, 1))
    leave_school(student=Student.objects.get(pk=leaver.student_id), by=cast.lead, on=TODAY)
    assert Leaver.objects.standing().get(student=leaver.student).left_on == TODAY


def test_drift_knows_them(cast):
    leaver = a_leaver(cast)
    assert differences(cast.school, TODAY) == []
    row = TeamMember.objects.get(cause=leaver.cause)
    row.delete()
    (lost,) = differences(cast.school, TODAY)
    assert (lost.kind, lost.place.user_id, lost.place.until) == (Kind.MISSING, cast.ben.pk, leaver.in_touch_until)
    row.pk, row.user = None, cast.ada
    row.save()
    assert {(one.kind, one.place.user_id) for one in differences(cast.school, TODAY)} == {
        (Kind.MISSING, cast.ben.pk), (Kind.EXTRA, cast.ada.pk),
    }  # fmt: skip


def test_who_stops_working_here_is_in_touch_no_more(cast):
    leaver = a_leaver(cast)
    take_charge(advisory=cast.other_advisory, user=cast.ada, by=cast.lead, on=TODAY)
    charge = cast.other_advisory.charges.get(user=cast.ben)
    charge.ends_on = TODAY
    charge.save()
    TeamMember.objects.filter(user=cast.ben, cause=cast.other_advisory.cause).exclude(ends_on__lte=TODAY).update(
        ends_on=TODAY
    )
    staff_leaves(user=cast.ben, school=cast.school, by=cast.lead, on=TODAY)
    assert not StaffRole.objects.on(TODAY).filter(user=cast.ben).exists()
    assert not permissions_on(leaver.student, cast.ben, TODAY)
    assert differences(cast.school, TODAY) == []


def test_the_form_asks_how_and_whether_they_may_be_asked(cast, client):
    client.force_login(cast.ada)
    sam = cast.student("sam")
    address = reverse("rosters:leave", args=[sam.pk])
    data = {"last_day": "2026-11-26", "reason": "Rivertown College"}
    assert "invalid-feedback" in client.post(address, data).content.decode() and not sam.leavings.exists()
    page = client.post(address, data | {"how": "graduated", "email": "mine@example.org"}).content.decode()
    assert "say that they may be asked" in page and "mine@example.org" in page and not sam.leavings.exists()
    client.post(address, data | {"how": "graduated", "may_ask": "yes", "email": "mine@example.org"})
    assert sam.leavers.get().how == "graduated"
    consent = sam.contact_consents.get()
    assert (consent.may_ask, consent.email, consent.by, consent.said_on) == (True, "mine@example.org", cast.ada, TODAY)


@pytest.mark.parametrize(("said", "rows"), [("", 0), ("no", 1)])
def test_not_talked_about_is_no_no(cast, client, said, rows):
    client.force_login(cast.ada)
    sam = cast.student("sam")
    data = {"last_day": "2026-11-26", "how": "not_known", "may_ask": said}
    client.post(reverse("rosters:leave", args=[sam.pk]), data)
    assert [row.may_ask for row in sam.contact_consents.all()] == [False] * rows


def test_a_planned_leaving_begins_on_its_day(cast):
    leaver = a_leaver(cast, "sam", on=FRIDAY, consent=YES)
    assert permissions_on(leaver.student, cast.ada, TODAY).plan_sign
    assert contacts(leaver)[0][2] == FRIDAY and differences(cast.school, TODAY) == []
    assert permissions_on(leaver.student, cast.ada, FRIDAY) == GRANTS[Role.ALUMNI_CONTACT]


def test_those_who_had_left_before_are_leavers_too(cast):
    leaver = a_leaver(cast, on=HALF_A_YEAR_AGO)
    gone = a_leaver(cast, "sam", on=TODAY)
    take_back(leaving=gone.student.leavings.get(), by=cast.lead, now=NOW)
    Survey.objects.all().delete()
    Leaver.objects.all().delete()
    migration = importlib.import_module("rosters.migrations.0002_leavers")
    for _time in range(2):
        migration.open_leavers(apps, None)
    again = Leaver.objects.get()
    assert (again.student, again.left_on, again.class_of) == (leaver.student, HALF_A_YEAR_AGO, 2026)
    assert (again.how, again.advisory) == ("not_known", cast.other_advisory)
