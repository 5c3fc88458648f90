"""Lists and pages agree: for every person, permission and day, a student is listed exactly when the door opens."""

import datetime

import pytest

from bpl.tests.cast import LAST_YEAR, PEOPLE, TERM_START, TODAY
from schools.roles import STUDENT_PERMISSIONS, Permission
from students.access import permissions_on
from students.actions import team
from students.models import Student

DAYS = [LAST_YEAR - datetime.timedelta(days=1), LAST_YEAR, TERM_START, TODAY, datetime.date(2026, 11, 28)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_lists_agree_with_the_door(cast, day):
    students = list(Student.objects.select_related("school"))
    for person in PEOPLE:
        user = getattr(cast, person)
        opened = {student.pk: permissions_on(student, user, day) for student in students}
        for permission in STUDENT_PERMISSIONS:
            listed = set(Student.objects.open_to(user, permission, day).values_list("pk", flat=True))
            assert listed == {pk for pk, held in opened.items() if permission in held}, (person, permission)


def test_nobody_is_listed_to_an_outsider(cast):
    for outsider in (cast.stranger, cast.network_lead, cast.former_mentor, cast.dan):
        assert not Student.objects.open_to(outsider, Permission.STUDENT_SEE, TODAY).filter(user=cast.sam).exists()


def test_a_barred_parent_keeps_the_other_child(cast):
    listed = Student.objects.open_to(cast.dan, Permission.PLAN_SIGN, TODAY)
    assert [student.name for student in listed] == ["Kit Okafor"]


def test_a_mentor_of_two_keeps_one_when_the_other_ends(cast):
    team.leave(cause=cast.mentorships["mo", "sam"].cause, by=cast.lead, on=TODAY)
    listed = Student.objects.open_to(cast.mo, Permission.STUDENT_SEE, TODAY)
    assert [student.name for student in listed] == ["Lena Brandt"]


def test_one_who_reads_only_neither_writes_nor_signs(cast):
    held = permissions_on(cast.student("sam"), cast.grandma, TODAY)
    assert Permission.PLAN_SEE in held
    assert not held & {Permission.PLAN_WRITE, Permission.PLAN_COMMENT, Permission.PLAN_SIGN}


def test_today_is_each_schools_own_day(cast, monkeypatch):
    """At 02:00 UTC it is still yesterday in Providence: cover that ended today in London has a night to go there."""
    night = datetime.datetime(2026, 11, 28, 2, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    assert Student.objects.open_to(cast.cover, Permission.STUDENT_SEE).filter(user=cast.sam).exists()
    later = night + datetime.timedelta(hours=4)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert not Student.objects.open_to(cast.cover, Permission.STUDENT_SEE).filter(user=cast.sam).exists()
