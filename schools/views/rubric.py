from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from schools.access import for_school
from schools.actions.rubric import RubricError, change_rubric
from schools.forms.rubric import RubricForm
from schools.models import Rubric
from schools.roles import Permission
from schools.rubrics import shipped_for, words_of


@for_school(Permission.SCHOOL_SETTINGS)
def edit(request, school):
    """What exhibitions are judged by: levels, criteria, what each level looks like. Saving makes a new version."""
    current = Rubric.objects.filter(school=school, is_current=True).select_related("created_by").first()
    words = words_of(current) if current else shipped_for(school)
    version = current.version if current else 0
    form = RubricForm(request.POST or None, school=school, words=words, base_version=version)
    if request.method == "POST" and form.is_valid():
        try:
            rubric = change_rubric(
                school=school, words=form.words(), base_version=form.cleaned_data["base_version"], by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except RubricError as error:
            refuse(form, error, error.field)
            form.meet(version)
        else:
            messages.success(request, _("Saved as version %(number)s.") % {"number": rubric.version})
            return redirect("schools:rubric", school.pk)
    return render(request, "schools/rubric.html", {"school": school, "current": current, "form": form})
