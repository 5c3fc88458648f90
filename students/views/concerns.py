from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.actions import record_read
from common.forms import refuse
from schools.access import schools_where
from schools.roles import Permission, Role
from students.access import for_student
from students.actions import concern as actions
from students.forms.notes import ConcernForm, OutcomeForm, StepForm
from students.models import Concern, Student
from students.words import emergency_number


@for_student(Permission.CONCERN_RAISE)
def raise_concern(request, student):
    """Pass a worry on. Whoever did sees that it was, and when; nothing more."""
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.raise_concern(student=student, by=request.user, on=request.day, **form.cleaned_data)
        except actions.ConcernError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It was passed on to the safeguarding lead."))
            return redirect("students:concern_raise", student.pk)
    context = {
        "student": student, "form": form, "emergency": emergency_number(student.school),
        "leads": actions.people_with(Role.SAFEGUARDING, student.school, request.day),
        "passed_on": student.concerns.filter(by=request.user).values_list("at", flat=True),
    }  # fmt: skip
    return render(request, "students/concern_raise.html", context)


def concerns(request):
    """Every concern in my schools, those in nobody's hands first: for safeguarding leads alone."""
    schools = schools_where(request, Permission.NOTES_SAFEGUARDING)
    if not schools:
        raise Http404
    students = Student.objects.open_to(request.user, Permission.NOTES_SAFEGUARDING)
    rows = Concern.objects.filter(student__in=students).select_related("student__user", "by", "taken_by", "school")
    waiting = rows.filter(closed_at__isnull=True).order_by("taken_at", "at")
    context = {"waiting": waiting, "closed": rows.filter(closed_at__isnull=False)[:50], "schools": schools}
    return render(request, "students/concerns.html", context)


@for_student(Permission.NOTES_SAFEGUARDING)
def concern(request, student, concern_id):
    """One concern: what was said, who has it, what was done. Reading it is written down."""
    row = _row(student, concern_id)
    record_read("students.concern.read", by=request.user, subject=row, student_id=student.pk)
    return _page(request, row)


@require_POST
@for_student(Permission.NOTES_SAFEGUARDING)
def take(request, student, concern_id):
    actions.take_concern(concern=_row(student, concern_id), by=request.user, now=timezone.now())
    return redirect("students:concern", student.pk, concern_id)


@require_POST
@for_student(Permission.NOTES_SAFEGUARDING)
def step(request, student, concern_id):
    row = _row(student, concern_id)
    form = StepForm(request.POST)
    if form.is_valid():
        actions.add_step(concern=row, by=request.user, **form.cleaned_data)
        return redirect("students:concern", student.pk, concern_id)
    return _page(request, row, step=form)


@require_POST
@for_student(Permission.NOTES_SAFEGUARDING)
def close(request, student, concern_id):
    row = _row(student, concern_id)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            actions.close_concern(concern=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.ConcernError as error:
            refuse(form, error, "outcome")
        else:
            messages.success(request, _("The concern is closed."))
            return redirect("students:concern", student.pk, concern_id)
    return _page(request, row, outcome=form)


def _row(student, concern_id):
    rows = student.concerns.select_related("student__user", "by", "taken_by", "closed_by")
    return get_object_or_404(rows, pk=concern_id)


def _page(request, row, step=None, outcome=None):
    at = [row.student_id, row.pk]
    step, outcome = step or StepForm(), outcome or OutcomeForm()
    step.helper.form_action = reverse("students:concern_step", args=at)
    outcome.helper.form_action = reverse("students:concern_close", args=at)
    steps = row.steps.current().select_related("by").order_by("at", "id")
    context = {"student": row.student, "concern": row, "steps": steps, "step": step, "outcome": outcome}
    return render(request, "students/concern.html", context)
