import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from rosters.actions.leaving import LeavingError, leave_school, take_back
from rosters.forms.people import LeaveForm
from schools.roles import Permission
from students.access import for_student

DAY = datetime.timedelta(days=1)


@for_student(Permission.STUDENT_EDIT)
def leave(request, student):
    """What ends with a student's time here, and the form that ends it; what was ended before can be taken back."""
    here = student.enrolments.exclude(ends_on__lte=request.day).exists()
    form = LeaveForm(request.POST or None, school=student.school, day=request.day) if here else None
    if request.method == "POST" and form and form.is_valid():
        said = form.cleaned_data
        try:
            leave_school(
                student=student, by=request.user, on=said["last_day"] + DAY, reason=said["reason"], how=said["how"],
                consent=form.consent,
            )  # fmt: skip
        except LeavingError as error:
            refuse(form, error, "last_day")
        else:
            messages.success(
                request,
                _("%(name)s leaves after %(day)s.") % {"name": student.name, "day": date_format(said["last_day"])},
            )
            return redirect("students:index")
    return render(request, "rosters/leave.html", _facts(request, student, form))


def _facts(request, student, form) -> dict:
    day = request.day
    leavings = list(student.leavings.select_related("by", "taken_back_by"))
    return {
        "student": student, "form": form, "leavings": leavings, "day": day,
        "seat": student.seats.on(day).select_related("advisory").first(),
        "guardians": student.guardianships.on(day).exclude(rights="barred").select_related("user"),
        "mentorships": student.mentorships.on(day).select_related("mentor__user"),
        "may_take_back": _may_take_back(student, leavings),
    }  # fmt: skip


def _may_take_back(student, leavings) -> bool:
    """Whether the last leaving still is one: nobody enrolled the student from then on."""
    last = leavings[0] if leavings else None
    return bool(last) and last.taken_back_at is None and not student.enrolments.overlapping(last.on, None).exists()


@require_POST
@for_student(Permission.STUDENT_EDIT)
def back(request, student, leaving_id):
    """It was a mistake."""
    leaving = get_object_or_404(student.leavings.select_related("student"), pk=leaving_id)
    try:
        unlinked = take_back(leaving=leaving, by=request.user, now=timezone.now())
    except LeavingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s never left.") % {"name": student.name})
        for sentence in unlinked:
            messages.warning(request, sentence)
    return redirect("rosters:leave", student.pk)
