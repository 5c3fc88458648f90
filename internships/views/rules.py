from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.actions import record
from internships.forms.pursuits import RulesForm
from internships.models import Rules
from internships.ready import READY
from schools.access import for_school
from schools.models import School
from schools.roles import Permission


@for_school(Permission.SCHOOL_SETTINGS)
def change(request, school):
    """Who says yes before a student may call a place, and for how long that holds."""
    form = RulesForm(request.POST or None, instance=Rules.of(school))
    if request.method == "POST" and form.is_valid():
        rules = form.save()
        record("internships.rules.changed", by=request.user, subject=rules, school_id=school.pk, **form.cleaned_data)
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("internships:rules", school.pk)
    context = {"school": school, "form": form, "systems": School.System.choices}
    return render(request, "internships/rules.html", context)


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def ready(request, school):
    """Take over which forms and papers are usual in one country; the rest stays."""
    rules = Rules.of(school)
    if (system := request.POST.get("system")) not in READY:
        return redirect("internships:rules", school.pk)
    for name, value in READY[system].items():
        setattr(rules, name, value)
    rules.save()
    record("internships.rules.changed", by=request.user, subject=rules, school_id=school.pk, ready=system)
    messages.success(request, _("Taken over. Change what is different here."))
    return redirect("internships:rules", school.pk)
