import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.dates import DateError, day_in_address
from common.forms import refuse
from schools.models import AttendanceCode, School, Term
from schools.roles import Permission
from students.access import for_student
from students.actions.attendance import AttendanceError, mark_in_office
from students.forms.days import MarkForm
from students.marks import TONES, codes_seen, last_words, totals, weeks
from students.models import AttendanceMark

WITHOUT_TERM = datetime.timedelta(weeks=6)
FIRST_YEAR = 1970


@for_student(Permission.ATTENDANCE_SEE)
def attendance(request, student):
    """A term of marks, week by week, and how many sessions counted as what."""
    terms = list(Term.objects.filter(school=student.school, starts_on__lte=request.day))
    term = _term(request, terms)
    first, last = _days(term, request.day)
    marks = student.attendance.current().filter(date__range=(first, last)).select_related("code")
    marks = last_words(marks)
    for mark in marks:
        mark.tone = TONES[mark.code.counts]
    context = {
        "student": student, "terms": terms, "term": term, "totals": totals(marks),
        "weeks": weeks(marks, max(first, min(student.started_on, last)), last), "codes": codes_seen(marks),
        "two_sessions": _two_sessions(student, marks), "today": request.day,
    }  # fmt: skip
    return render(request, "students/attendance.html", context)


def _term(request, terms) -> Term | None:
    """The term that was asked for, else the one of today, else the last."""
    asked = next((term for term in terms if str(term.pk) == request.GET.get("term")), None)
    return asked or (terms[0] if terms else None)


def _days(term, today):
    if term is None:
        return today - WITHOUT_TERM, today
    return term.starts_on, min(term.last_day, today)


def _two_sessions(student, marks) -> bool:
    """England marks twice a day; elsewhere the afternoon shows once somebody marked it."""
    england = student.school.system == School.System.ENGLAND
    return england or any(mark.session == AttendanceMark.Session.AFTERNOON for mark in marks)


@for_student(Permission.ATTENDANCE_MARK)
def day(request, student, date):
    """The office's page for one day: what was marked, by whom, and a mark of one's own."""
    on = _day(date)
    unretired = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
    codes = AttendanceCode.objects.filter(unretired, school=student.school)
    form = MarkForm(request.POST or None, codes=codes, initial={"session": AttendanceMark.Session.MORNING})
    if request.method == "POST" and form.is_valid():
        try:
            mark_in_office(student=student, date=on, by=request.user, today=request.day, **form.cleaned_data)
        except AttendanceError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Marked."))
            return redirect("students:attendance_day", student.pk, date)
    context = {
        "student": student, "form": form, "day": on, "today": request.day, "history": _history(student, on),
        "day_before": on - datetime.timedelta(days=1), "day_after": on + datetime.timedelta(days=1),
    }  # fmt: skip
    return render(request, "students/attendance_day.html", context)


def _history(student, on):
    """Every mark of the day, the last first; those that still count say so."""
    rows = list(student.attendance.filter(date=on).select_related("code", "by").order_by("-id"))
    corrected = {row.supersedes_id for row in rows}
    counting = {row.pk for row in last_words([row for row in rows if row.pk not in corrected])}
    for row in rows:
        row.counts_now, row.tone = row.pk in counting, TONES[row.code.counts]
    return rows


def _day(text):
    try:
        day = day_in_address(text)
    except DateError:
        raise Http404 from None
    if day.year < FIRST_YEAR:
        raise Http404
    return day
