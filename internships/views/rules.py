from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.actions import record
from internships import prompts as usual
from internships.forms.projects import PromptForm
from internships.forms.pursuits import QuestionForm, RulesForm
from internships.models import Prompt, Question, Rules
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


@for_school(Permission.SCHOOL_SETTINGS)
def prompts(request, school):
    """The first tasks and the parts of a proposal: add one, or ask one no more. What is under way stays as it is."""
    form = PromptForm(request.POST if "title" in request.POST else None, instance=Prompt(school=school))
    if request.method == "POST":
        of = request.POST.get("retire_of") or request.POST.get("of")
        if "title" not in request.POST:
            _retire(school, of, request.POST.get("retire", ""))
        elif form.is_valid():
            usual.add(school, **form.cleaned_data)
        if not form.errors:
            return _prompts_saved(request, school)
    groups = [(kind.label, kind.value, usual.prompts_of(school, kind)) for kind in Prompt.Of]
    return render(request, "internships/prompts.html", {"school": school, "form": form, "groups": groups})


def _retire(school, of, order):
    """Named by its place in the order: the usual ones have no row before the school changes something."""
    if of in Prompt.Of.values and order.isdecimal():
        usual.take_over(school, of)
        rows = Prompt.objects.filter(school=school, of=of, order=order, retired_on__isnull=True)
        rows.update(retired_on=school.today())


def _prompts_saved(request, school):
    record("internships.rules.changed", by=request.user, subject=school, school_id=school.pk, prompts=True)
    messages.success(request, _("Saved. What is under way stays as it is."))
    return redirect("internships:prompts", school.pk)


@for_school(Permission.SCHOOL_SETTINGS)
def prompt(request, school, of, order):
    """Say one in the school's own words."""
    known = usual.prompts_of(school, of) if of in Prompt.Of.values else []
    row = next((one for one in known if one.order == order), None)
    if row is None:
        raise Http404
    # One of the usual has no row yet: its words fill the form, and it becomes the school's when it is saved.
    said = {"title": row.title, "guidance": row.guidance}
    form = PromptForm(request.POST or None, instance=row, initial=said, is_change=True)
    if request.method == "POST" and form.is_valid():
        usual.take_over(school, of)
        rows = Prompt.objects.filter(school=school, of=of, order=order, retired_on__isnull=True)
        rows.update(title=form.cleaned_data["title"], guidance=form.cleaned_data["guidance"])
        return _prompts_saved(request, school)
    return render(request, "internships/prompt.html", {"school": school, "form": form, "prompt": row})
