"""A student's attendance: the last word of each session counts, and what stood there before stays."""

import datetime

import pytest

from bpl.tests.cast import TODAY
from students.actions.attendance import AttendanceError, mark, mark_in_office
from students.marks import totals, weeks
from students.models import AttendanceMark

DAY = datetime.timedelta(days=1)


def code(cast, code):
    return cast.school.attendance_codes.get(code=code)


def office(cast, **changes):
    facts = {"student": cast.student("sam"), "date": TODAY, "by": cast.coordinator, "today": TODAY, "session": "am"}
    return mark_in_office(**(facts | {"code": code(cast, "E")} | changes))


def marks():
    return AttendanceMark.objects.current().select_related("code")


def test_the_offices_word_counts_over_the_circles(cast):
    mark(student=cast.student("sam"), date=TODAY, code=code(cast, "A"), by=cast.ada)
    office(cast, note="dentist")
    assert [(words, number) for words, _tone, number in totals(marks())] == [("absent, excused", 1)]


def test_a_correction_in_the_office_keeps_its_history(cast, client):
    office(cast)
    client.force_login(cast.coordinator)
    address = f"/students/{cast.student('sam').pk}/attendance/{TODAY}/"
    client.post(address, {"session": "am", "code": str(code(cast, "T").pk), "note": "bus"})
    page = client.get(address).content.decode()
    assert "Absent, excused" in page and "Late" in page and AttendanceMark.objects.count() == 2


def test_a_day_to_come_is_refused(cast):
    with pytest.raises(AttendanceError, match="has not begun"):
        office(cast, date=TODAY + DAY)


def test_a_day_before_the_enrolment_is_refused(cast):
    with pytest.raises(AttendanceError, match="not enrolled"):
        office(cast, date=datetime.date(2025, 8, 1))


def test_another_schools_code_is_refused(cast):
    with pytest.raises(AttendanceError, match="another school"):
        office(cast, code=cast.other_school.attendance_codes.first())


def test_weeks_hold_school_days_and_marked_days(cast):
    saturday = datetime.date(2026, 11, 21)
    office(cast, date=saturday)
    shown = weeks(marks(), datetime.date(2026, 11, 16), TODAY)
    assert [day.date.day for day in shown[0] if not day.is_outside] == [23, 24]
    assert [day.date.day for day in shown[1]] == [16, 17, 18, 19, 20, 21]


def test_a_parent_sees_the_mark_and_not_the_reason(cast, client):
    office(cast, note="a reason for staff")
    client.force_login(cast.rosa)
    page = client.get(f"/students/{cast.student('sam').pk}/attendance/").content.decode()
    assert "Ausente, justificado" in page and "a reason for staff" not in page


def test_an_earlier_term_can_be_read(cast, client):
    office(cast, date=datetime.date(2026, 4, 7), code=code(cast, "P"))
    client.force_login(cast.sam)
    address = f"/students/{cast.student('sam').pk}/attendance/"
    assert "present: 1" not in client.get(address).content.decode()
    assert "present: 1" in client.get(address, {"term": cast.last_term.pk}).content.decode()


def test_a_day_that_is_none_is_not_found(cast, client):
    client.force_login(cast.lead)
    for day in ("2026-02-30", "0001-01-01", "tomorrow"):
        assert client.get(f"/students/{cast.student('sam').pk}/attendance/{day}/").status_code == 404


def test_a_day_beyond_all_calendars_is_not_there(cast, client):
    client.force_login(cast.ada)
    for day in ("9999-12-31", "0001-01-01", "2026-13-45", "soon"):
        assert client.get(f"/students/{cast.student('sam').pk}/attendance/{day}/").status_code == 404
