from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coedit.access import may_read
from common.forms import refuse
from internships.actions import projects as actions
from internships.actions.projects import ProjectError
from internships.forms.projects import CheckpointForm, DecisionForm, EndProjectForm, MarkForm, ProjectForm
from internships.models import Project
from internships.projecting import standing_of, words_of
from internships.views.placements import placement_seen
from schools.roles import Permission
from students.access import for_student

P = Permission


def _project(request, student, placement_id, project_id) -> Project:
    """The project with its placement, through the placement that this person may see."""
    placement = placement_seen(request, student, placement_id)
    project = get_object_or_404(placement.projects, pk=project_id)
    project.placement = placement
    return project


@for_student(P.PROJECT_WRITE)
def new(request, student, placement_id):
    """Begin the project of a placement; where one runs, that is shown."""
    placement = placement_seen(request, student, placement_id)
    running = placement.projects.filter(ended_at__isnull=True).first()
    if running and request.method != "POST":
        return redirect("internships:project", student.pk, placement.pk, running.pk)
    form = ProjectForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            project = actions.begin_project(placement=placement, by=request.user, at=timezone.now(), **form.said)
        except ProjectError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("It is begun. Now write together what it will be."))
            return redirect("internships:project", student.pk, placement.pk, project.pk)
    context = {"student": student, "placement": placement, "form": form}
    return render(request, "internships/project_form.html", context)


@for_student(P.JOURNAL_SEE)
def show(request, student, placement_id, project_id):
    """The proposal in its parts, the checkpoints, and what was said of its drafts."""
    return _page(request, student, _project(request, student, placement_id, project_id))


def _page(request, student, project, **forms):
    found = standing_of(project, request.day)
    may_write = P.PROJECT_WRITE in request.can and not project.is_over
    context = {
        "student": student, "placement": project.placement, "project": project, "found": found,
        "parts": [part for part in found.parts if may_read(part.text, request.standing)],
        "goals": list(project.goals.all()), "items": list(project.items.select_related("plan__term")),
        "may_write": may_write, "may_decide": P.PROJECT_APPROVE in request.can and found.state == "handed_in",
        "may_end": (may_write or P.PROJECT_APPROVE in request.can) and not project.is_over,
        "sees_plan": P.PLAN_SEE in request.can,
        "checkpoint": CheckpointForm(school=student.school), "decision": DecisionForm(), "ending": EndProjectForm(),
        **forms,
    }  # fmt: skip
    return render(request, "internships/project.html", context)


@for_student(P.PROJECT_WRITE)
def change(request, student, placement_id, project_id):
    project = _project(request, student, placement_id, project_id)
    form = ProjectForm(request.POST or None, instance=project, placement=project.placement)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_project(project=project, by=request.user, **form.said)
        except ProjectError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return _back(project)
    context = {"student": student, "placement": project.placement, "project": project, "form": form}
    return render(request, "internships/project_form.html", context)


def _back(project):
    return redirect("internships:project", project.placement.student_id, project.placement_id, project.pk)


@require_POST
@for_student(P.PROJECT_WRITE)
def add_checkpoint(request, student, placement_id, project_id):
    project = _project(request, student, placement_id, project_id)
    form = CheckpointForm(request.POST, school=student.school)
    if form.is_valid():
        try:
            actions.add_checkpoint(project=project, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            refuse(form, error, error.field)
        else:
            return _back(project)
    return _page(request, student, project, checkpoint=form)


@for_student(P.PROJECT_WRITE)
def checkpoint(request, student, placement_id, project_id, checkpoint_id):
    """Change one, or take it out."""
    project = _project(request, student, placement_id, project_id)
    row = get_object_or_404(project.checkpoints, pk=checkpoint_id)
    row.project = project
    title = row.title
    form = CheckpointForm(request.POST if "due_on" in request.POST else None, instance=row, school=student.school)
    try:
        if "drop" in request.POST:
            actions.drop_checkpoint(checkpoint=row, by=request.user)
            return _back(project)
        if request.method == "POST" and form.is_valid():
            actions.change_checkpoint(checkpoint=row, by=request.user, **form.cleaned_data)
            return _back(project)
    except ProjectError as error:
        if "drop" in request.POST:
            messages.error(request, str(error))
        else:
            refuse(form, error, error.field)
    context = {"student": student, "placement": project.placement, "project": project, "title": title, "form": form}
    return render(request, "internships/checkpoint.html", context)


@require_POST
@for_student(P.PROJECT_WRITE)
def mark(request, student, placement_id, project_id, checkpoint_id):
    """One button: it is there, or it is not after all."""
    project = _project(request, student, placement_id, project_id)
    row = get_object_or_404(project.checkpoints, pk=checkpoint_id)
    row.project = project
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _back(project)
    return _done(
        request, project,
        lambda: actions.mark_checkpoint(
            checkpoint=row, done=form.cleaned_data["done"] == "yes", words=form.cleaned_data["words"],
            by=request.user, now=timezone.now(),
        ),
        _("Saved."), typed=form.cleaned_data["words"],
    )  # fmt: skip


@require_POST
@for_student(P.PROJECT_WRITE)
def hand_in(request, student, placement_id, project_id):
    project = _project(request, student, placement_id, project_id)
    return _done(
        request, project, lambda: actions.hand_in(project=project, by=request.user, now=timezone.now()),
        _("It is handed in; the adviser is told."),
    )  # fmt: skip


def _done(request, project, act, words, typed=""):
    """Do it; what is refused stands on the project's page, with what was typed."""
    try:
        act()
    except ProjectError as error:
        kept = " " + _("You wrote: “%(words)s”") % {"words": typed} if typed else ""
        messages.error(request, f"{error}{kept}")
    else:
        messages.success(request, words)
    return _back(project)


@require_POST
@for_student(P.PROJECT_APPROVE)
def say(request, student, placement_id, project_id, number):
    """Approve a draft, or give it back with a word."""
    project = _project(request, student, placement_id, project_id)
    form = DecisionForm(request.POST)
    form.full_clean()
    approved = "approve" in request.POST
    try:
        actions.decide(
            project=project, number=number, approved=approved, by=request.user, now=timezone.now(),
            words=form.cleaned_data.get("words", ""),
        )  # fmt: skip
    except ProjectError as error:
        refuse(form, error, error.field)
        return _page(request, student, project, decision=form)
    words = _("It is approved. Student and mentor are told.") if approved else _("It goes back with your words.")
    messages.success(request, words)
    return _back(project)


@for_student(P.JOURNAL_SEE)
def draft(request, student, placement_id, project_id, number):
    """The proposal as it was handed in once."""
    project = _project(request, student, placement_id, project_id)
    row = get_object_or_404(project.drafts.select_related("handed_in_by", "decided_by"), number=number)
    parts = project.parts.select_related("text__student__school")
    context = {
        "student": student, "placement": project.placement, "project": project, "draft": row,
        "parts": words_of(row, parts, request.user, request.standing),
    }  # fmt: skip
    return render(request, "internships/project_draft.html", context)


@require_POST
@for_student(P.JOURNAL_SEE)
def end(request, student, placement_id, project_id):
    """Done, or dropped."""
    project = _project(request, student, placement_id, project_id)
    if not request.can & {P.PROJECT_WRITE, P.PROJECT_APPROVE}:
        raise PermissionDenied
    form = EndProjectForm(request.POST)
    if not form.is_valid():
        return _page(request, student, project, ending=form)
    found = form.cleaned_data
    try:
        actions.end_project(
            project=project, ending=found["ending"], words=found["end_words"], by=request.user, now=timezone.now()
        )
    except ProjectError as error:
        refuse(form, error, error.field)
        return _page(request, student, project, ending=form)
    messages.success(request, _("The project has ended. What was written stays."))
    return _back(project)
