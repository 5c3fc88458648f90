from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from schools.roles import Permission, Role
from students.access import for_student
from students.actions import enrol
from students.actions.interests import InterestError, add_interest, drop_interest
from students.actions.record import RecordError, change_record
from students.forms.record import GradeForm, InterestForm, RecordForm
from students.words import grade_word


@for_student(Permission.STUDENT_EDIT)
def record(request, student):
    """Names, birthday, number."""
    form = RecordForm(request.POST or None, student=student)
    if request.method == "POST" and form.is_valid():
        try:
            change_record(student=student, by=request.user, on=request.day, **form.cleaned_data)
        except RecordError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("dashboards:student", student.pk)
    return render(request, "students/record.html", {"student": student, "form": form})


@for_student(Permission.STUDENT_OVERVIEW)
def enrolment(request, student):
    """The grades so far; whoever may edit moves the student up."""
    may_edit = _may(request, Permission.STUDENT_EDIT)
    form = GradeForm(request.POST or None, student=student, day=request.day) if may_edit else None
    if request.method == "POST" and form.is_valid():
        try:
            enrol.move_up(student=student, by=request.user, **form.cleaned_data)
        except enrol.EnrolmentError as error:
            refuse(form, error, "on")
        else:
            messages.success(request, _("Saved. Team, advisory and plan go on untouched."))
            return redirect("students:enrolment", student.pk)
    context = {
        "student": student, "form": form, "day": request.day, "rows": student.enrolments.order_by("-starts_on", "-id"),
        "grade_word": grade_word(student.school), "age": student.age(request.day),
    }  # fmt: skip
    return render(request, "students/enrolment.html", context)


@for_student(Permission.STUDENT_OVERVIEW)
def interests(request, student):
    """What the student cares about now, and what they once did."""
    may_write = _may(request, Permission.INTERESTS_WRITE)
    is_own = Role.STUDENT in request.standing.roles
    form = InterestForm(request.POST or None, is_own=is_own) if may_write else None
    if request.method == "POST" and form.is_valid():
        try:
            add_interest(student=student, by=request.user, **form.cleaned_data)
        except InterestError as error:
            refuse(form, error, "words")
        else:
            return redirect("students:interests", student.pk)
    rows = list(student.interests.select_related("by"))
    context = {
        "student": student, "form": form, "is_own": is_own, "rows": [row for row in rows if row.dropped_at is None],
        "dropped": [row for row in rows if row.dropped_at],
    }  # fmt: skip
    return render(request, "students/interests.html", context)


@require_POST
@for_student(Permission.INTERESTS_WRITE)
def drop(request, student, interest_id):
    interest = get_object_or_404(student.interests.select_related("student"), pk=interest_id)
    drop_interest(interest=interest, by=request.user, now=timezone.now())
    messages.success(request, _("It stands under what was once so."))
    return redirect("students:interests", student.pk)


def _may(request, permission) -> bool:
    """Whether the page offers its form; somebody who sends it without may not."""
    may = permission in request.can
    if request.method == "POST" and not may:
        raise PermissionDenied
    return may
