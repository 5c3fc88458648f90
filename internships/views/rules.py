from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audit.actions import record
from internships.forms.pursuits import RulesForm
from internships.models import Rules
from schools.access import for_school
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
    return render(request, "internships/rules.html", {"school": school, "form": form})
