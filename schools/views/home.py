from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.forms import refuse
from schools.access import for_school, schools_where
from schools.actions.school import SchoolError, change_school
from schools.forms.school import DetailsForm, NumbersForm
from schools.models import Term
from schools.roles import Permission


def index(request):
    """The schools whose settings are mine to change; straight there where it is one."""
    schools = schools_where(request, Permission.SCHOOL_SETTINGS)
    if len(schools) == 1:
        return redirect("schools:home", schools[0].pk)
    return render(request, "schools/index.html", {"schools": schools})


@for_school(Permission.SCHOOL_SETTINGS)
def home(request, school):
    """What is set, and where to change it."""
    day = school.today()
    terms = list(Term.objects.filter(school=school))
    context = {
        "school": school, "day": day,
        "current": next((term for term in terms if term.holds(day)), None),
        "unclosed": [term for term in terms if term.last_day < day and not term.is_closed],
        "closures": school.closures.filter(ends_on__gt=day)[:3],
        "goals": school.goals.filter(retired_on__isnull=True),
        "codes": school.attendance_codes.filter(retired_on__isnull=True),
    }  # fmt: skip
    return render(request, "schools/home.html", context)


@for_school(Permission.SCHOOL_SETTINGS)
def details(request, school):
    return _settings(request, school, DetailsForm, _("Details"))


@for_school(Permission.SCHOOL_SETTINGS)
def numbers(request, school):
    return _settings(request, school, NumbersForm, _("Numbers and choices"))


def _settings(request, school, form_class, heading):
    form = form_class(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        try:
            change_school(school=school, by=request.user, **form.changes())
        except SchoolError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:home", school.pk)
    return render(request, "schools/settings.html", {"school": school, "form": form, "heading": heading})
