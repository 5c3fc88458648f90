from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from schools.access import for_school
from schools.actions import codes as actions
from schools.forms.codes import CodeForm
from schools.models import AttendanceCode
from schools.roles import Permission


@for_school(Permission.SCHOOL_SETTINGS)
def codes(request, school):
    rows = list(AttendanceCode.objects.filter(school=school))
    context = {
        "school": school, "codes": [row for row in rows if row.retired_on is None],
        "retired": [row for row in rows if row.retired_on],
    }  # fmt: skip
    return render(request, "schools/codes.html", context)


@for_school(Permission.SCHOOL_SETTINGS)
def add(request, school):
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_code(school=school, by=request.user, **form.cleaned_data)
        except actions.CodeError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Circles offer “%(name)s” from now on.") % {"name": row.name})
            return redirect("schools:codes", school.pk)
    return render(request, "schools/code.html", {"school": school, "form": form})


@for_school(Permission.SCHOOL_SETTINGS)
def change(request, school, code_id):
    row = _code(school, code_id)
    form = CodeForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_code(row=_code(school, code_id), by=request.user, **form.cleaned_data)
        except actions.CodeError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:codes", school.pk)
    return render(request, "schools/code.html", {"school": school, "form": form, "row": row})


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def retire(request, school, code_id):
    row = _code(school, code_id)
    try:
        actions.retire_code(row=row, by=request.user, on=school.today())
    except actions.CodeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s” is retired. Marks that were made with it stay.") % {"name": row.name})
    return redirect("schools:codes", school.pk)


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def bring_back(request, school, code_id):
    row = _code(school, code_id)
    try:
        actions.bring_back_code(row=row, by=request.user)
    except actions.CodeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Circles offer “%(name)s” again.") % {"name": row.name})
    return redirect("schools:codes", school.pk)


def _code(school, code_id) -> AttendanceCode:
    return get_object_or_404(AttendanceCode, school=school, pk=code_id)
