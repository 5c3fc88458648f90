import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from advisories.access import RUN, for_advisory
from advisories.actions.circle import CircleError, codes_for_circle, hold_circle
from advisories.board import marks_on, seated_students
from advisories.forms import CircleForm
from advisories.models import Circle
from common.dates import DateError, day_in_address
from common.forms import refuse
from schools.roles import Permission
from students.models import Student


@for_advisory(RUN)
def circle(request, advisory, date: str = ""):
    """One day's circle: one tap a student, a word, notes."""
    day = _day(date) if date else request.day
    students = _mine_to_mark(request, seated_students(advisory, day))
    found = Circle.objects.filter(advisory=advisory, date=day).select_related("by").first()
    form = CircleForm(
        request.POST or None,
        students=students,
        codes=codes_for_circle(advisory.school, day),
        marks=marks_on([student.pk for student in students], day),
        initial={"word": found.word, "notes": found.notes, "version": found.version} if found else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, advisory, day, request)
        except CircleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The circle is saved."))
            return redirect("advisories:board", advisory.pk)
    context = {
        "advisory": advisory, "form": form, "circle": found, "day": day, "today": request.day,
        "day_before": day - datetime.timedelta(days=1), "day_after": day + datetime.timedelta(days=1),
    }  # fmt: skip
    return render(request, "advisories/circle.html", context)


def _mine_to_mark(request, students):
    """Who sat here then and has moved on since is marked by those who have them now."""
    mine = Student.objects.open_to(request.user, Permission.ATTENDANCE_MARK, request.day)
    allowed = set(mine.filter(pk__in=[student.pk for student in students]).values_list("pk", flat=True))
    return [student for student in students if student.pk in allowed]


def _save(form, advisory, day, request):
    hold_circle(
        advisory=advisory, date=day, word=form.cleaned_data["word"], notes=form.cleaned_data["notes"],
        marks=form.marks(), by=request.user, today=request.day, version=form.cleaned_data["version"] or 0,
    )  # fmt: skip


@for_advisory(RUN)
def circles(request, advisory):
    """The words and notes of the days before."""
    found = Circle.objects.filter(advisory=advisory).select_related("by")[:60]
    return render(request, "advisories/circles.html", {"advisory": advisory, "circles": found})


def _day(text):
    try:
        return day_in_address(text)
    except DateError:
        raise Http404 from None
