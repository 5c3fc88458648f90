from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from advisories.actions.one_to_one import OneToOneError, hold_one_to_one
from advisories.forms import OneToOneForm
from common.forms import refuse
from schools.roles import Permission
from students.access import for_student


@for_student(Permission.ONE_TO_ONE_SEE)
def one_to_ones(request, student):
    """Talks held, the next step, when the next one is due. Private notes only for those who hold them."""
    may_hold = Permission.ONE_TO_ONE_HOLD in request.can
    if request.method == "POST" and not may_hold:
        raise PermissionDenied
    form = OneToOneForm(request.POST or None, student=student, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            hold_one_to_one(student=student, by=request.user, today=request.day, **form.cleaned_data)
        except OneToOneError as error:
            refuse(form, error, "held_on")
        else:
            messages.success(request, _("The one-to-one is saved."))
            return redirect("advisories:one_to_ones", student.pk)
    talks = list(student.one_to_ones.select_related("by")[:50])
    context = {
        "student": student, "form": form if may_hold else None, "talks": talks,
        "shows_private": Permission.NOTES_STAFF in request.can,
        "due_on": talks[0].due_on(student.school.one_to_one_days) if talks else None, "today": request.day,
    }  # fmt: skip
    return render(request, "advisories/one_to_ones.html", context)
