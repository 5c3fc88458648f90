from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.actions import record
from internships.forms.pursuits import QuestionForm, RulesForm
from internships.models import Question, Rules
from internships.questions import take_over
from internships.ready import READY
from schools.access import for_school
from schools.models import School
from schools.roles import Permission


@for_school(Permission.SCHOOL_SETTINGS)
def change(request, school):
    """Who says yes before a student may call a place, and for how long that holds."""
    form = RulesForm(request.POST or None, instance=Rules.of(school))
    changed = form.changed_data if request.method == "POST" else []
    if request.method == "POST" and form.is_valid():
        rules = form.save()
        record("internships.rules.changed", by=request.user, subject=rules, school_id=school.pk, changed=changed)
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


@for_school(Permission.SCHOOL_SETTINGS)
def questions(request, school):
    """What is asked at check-in and of mentors: take over the usual ones, add one, or ask one no more."""
    form = QuestionForm(request.POST if "add" in request.POST else None)
    if request.method == "POST":
        if "usual" in request.POST:
            take_over(school)
        elif request.POST.get("retire", "").isdecimal():
            rows = Question.objects.filter(school=school, pk=request.POST["retire"], retired_on__isnull=True)
            rows.update(retired_on=school.today())
        elif form.is_valid():
            Question.objects.create(
                school=school, order=Question.objects.filter(school=school).count(), **form.cleaned_data
            )
        if not form.errors:
            record("internships.rules.changed", by=request.user, subject=school, school_id=school.pk, questions=True)
            messages.success(request, _("Saved."))
            return redirect("internships:questions", school.pk)
    asked = Question.objects.filter(school=school, retired_on__isnull=True)
    return render(request, "internships/questions.html", {"school": school, "form": form, "questions": asked})
