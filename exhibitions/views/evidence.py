from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from exhibitions.access import evidence_seen, may_change, may_remove, name_of_maker, one_seen
from exhibitions.actions import evidence as actions
from exhibitions.actions.evidence import ChangedMeanwhile, EvidenceError, role_of
from exhibitions.forms.evidence import EvidenceForm, FilesForm
from exhibitions.models import Evidence
from exhibitions.room import left_for
from files import tus
from files.limits import PIECE, TAKEN, sizes
from files.serving import answer
from internships.access import seen_at
from internships.models import Placement
from schools.roles import Permission
from students.access import for_student

A_PAGE = 24
P = Permission


@for_student(P.EVIDENCE_SEE)
def index(request, student):
    """What the student has to show, the newest first; a learning goal narrows it."""
    return _index(request, student, FilesForm())


def _index(request, student, form):
    goals = list(student.school.goals.filter(retired_on__isnull=True))
    goal = next((one for one in goals if str(one.pk) == request.GET.get("goal")), None)
    found = evidence_seen(request, student).prefetch_related("goals", "items")
    if goal:
        found = found.filter(goals=goal)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    for one in page.object_list:
        one.may_change, one.by_name = may_change(one, request), name_of_maker(one, request)
        one.may_remove = may_remove(one, request)
    context = {
        "student": student, "page": page, "goals": goals, "goal": goal, "form": form, "taken": f"{TAKEN} {sizes()}",
        "left": left_for(student, request.user), "piece": PIECE // 2, "query": f"&goal={goal.pk}" if goal else "",
    }  # fmt: skip
    return render(request, "exhibitions/evidence.html", context)


@require_POST
@for_student(P.EVIDENCE_ADD)
def upload(request, student):
    """A browser announces a file that comes in pieces (files/tus.py)."""
    said = tus.asked_for(request)
    if said is None:
        return tus.answer(400)
    name, length = said
    try:
        evidence = actions.begin_file(
            student=student, name=name, length=length, by=request.user, role=role_of(request.standing),
            now=timezone.now(), placement=_only_placement(request, student),
        )  # fmt: skip
    except EvidenceError as error:
        return tus.answer(413, str(error))
    return tus.created(evidence.upload, reverse("files:upload", args=[evidence.upload_id]))


def _placements(request, student) -> list[Placement]:
    """Those that something can be said to belong to: a mentor's own, else all that the person may see."""
    return seen_at(Placement.objects.filter(student=student).with_place(), request.standing, P.EVIDENCE_ADD)


def _only_placement(request, student) -> Placement | None:
    """What a mentor adds belongs to where they mentor, where that is one place."""
    if P.EVIDENCE_SEE in request.standing.beside_mentoring:
        return None
    found = [one for one in _placements(request, student) if one.cause in request.standing.causes]
    return found[0] if len(found) == 1 else None


@require_POST
@for_student(P.EVIDENCE_ADD)
def send(request, student):
    """Files from a plain form, whole."""
    form = FilesForm(request.POST, request.FILES)
    if form.is_valid():
        for file in form.cleaned_data["files"]:
            try:
                actions.take_file(
                    student=student, file=file, by=request.user, role=role_of(request.standing), now=timezone.now(),
                    placement=_only_placement(request, student),
                )  # fmt: skip
            except EvidenceError as error:
                refuse(form, error, "files")
    if form.errors:
        return _index(request, student, form)
    messages.success(request, _("They are here, and are looked at now. Say next what each of them shows."))
    return redirect("exhibitions:evidence", student.pk)


@for_student(P.EVIDENCE_ADD)
def add(request, student):
    """A link, or words."""
    form = EvidenceForm(request.POST or None, student=student, placements=_placements(request, student))
    if request.method == "POST" and form.is_valid():
        said = form.said
        said["placement"] = said.get("placement") or _only_placement(request, student)
        actions.add(student=student, by=request.user, role=role_of(request.standing), now=timezone.now(), **said)
        messages.success(request, _("It is there."))
        return redirect("exhibitions:evidence", student.pk)
    return render(request, "exhibitions/evidence_form.html", {"student": student, "form": form})


@for_student(P.EVIDENCE_SEE)
def show(request, student, evidence_id):
    """One piece of evidence, large."""
    evidence = one_seen(request, student, evidence_id)
    evidence.by_name = name_of_maker(evidence, request)
    context = {
        "student": student, "evidence": evidence, "may_change": may_change(evidence, request),
        "may_remove": may_remove(evidence, request),
    }  # fmt: skip
    return render(request, "exhibitions/evidence_one.html", context)


@for_student(P.EVIDENCE_ADD)
def change(request, student, evidence_id):
    """Say what it shows, what it belongs to, and whether it is ready."""
    evidence, theirs = _mine(request, student, evidence_id), None
    form = EvidenceForm(
        request.POST or None, instance=evidence, student=student, placements=_placements(request, student)
    )
    if request.method == "POST" and form.is_valid():
        said = form.said
        said["placement"] = said.get("placement") or _only_placement(request, student)
        said["version"] = form.cleaned_data["version"] or 0
        try:
            actions.tell(evidence=evidence, by=request.user, now=timezone.now(), **said)
        except ChangedMeanwhile as error:
            theirs = error.now
            refuse(form, error)
            form.go_on_from(theirs)
        else:
            messages.success(request, _("Saved."))
            return redirect("exhibitions:evidence", student.pk)
    context = {"student": student, "form": form, "evidence": evidence, "theirs": theirs}
    return render(request, "exhibitions/evidence_form.html", context)


def _mine(request, student, evidence_id) -> Evidence:
    evidence = one_seen(request, student, evidence_id)
    if not may_change(evidence, request):
        raise PermissionDenied
    return evidence


@require_POST
@for_student(P.EVIDENCE_ADD)
def remove(request, student, evidence_id):
    """Take it out, with its file, for ever."""
    evidence = one_seen(request, student, evidence_id)
    if not may_remove(evidence, request):
        raise PermissionDenied
    actions.remove(evidence=evidence, by=request.user, now=timezone.now())
    messages.success(request, _("It is gone."))
    return redirect("exhibitions:evidence", student.pk)


@for_student(P.EVIDENCE_SEE)
def file(request, student, evidence_id, small=False):
    """Its bytes, after the same door as its page."""
    stored = one_seen(request, student, evidence_id).file
    if stored is None:
        raise Http404
    return answer(request, stored, small=small)
