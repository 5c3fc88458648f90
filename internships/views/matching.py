from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from internships.actions.matching import MatchingError, accept, change, choices_for, lock, propose
from internships.forms.matching import ChangeForm, ProposeForm
from internships.models import Matching, MatchLine
from schools.access import for_school
from schools.roles import Permission
from students.models import Student


@for_school(Permission.SCHOOL_PLACEMENTS)
def index(request, school):
    """Proposals so far, and another one."""
    form = ProposeForm(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        matching = propose(school=school, by=request.user, now=timezone.now(), **form.cleaned_data)
        return redirect("internships:matching", school.pk, matching.pk)
    found = Matching.objects.filter(school=school).select_related("advisory", "school", "asked_by")[:20]
    return render(request, "internships/matchings.html", {"school": school, "form": form, "matchings": found})


@for_school(Permission.SCHOOL_PLACEMENTS)
def show(request, school, matching_id):
    """One proposal: who would go where and why, who has no place and why not."""
    matching = _matching(school, matching_id)
    seen = Student.objects.filter(school=school).open_to(request.user, Permission.PLACEMENT_SEE, school.today())
    lines = matching.lines.filter(student__in=seen).select_related(
        "student__user", "opportunity__organisation__merged_into", "pursuit"
    )
    lines = sorted(lines, key=lambda line: (line.opportunity_id is not None, line.student.user.search_name))
    context = {
        "school": school, "matching": matching, "lines": lines,
        "without": sum(line.opportunity_id is None for line in lines),
    }  # fmt: skip
    return render(request, "internships/matching.html", context)


def _matching(school, matching_id) -> Matching:
    rows = Matching.objects.filter(school=school).select_related("advisory", "school")
    return get_object_or_404(rows, pk=matching_id)


def _line(school, matching_id, line_id) -> MatchLine:
    rows = MatchLine.objects.filter(matching__school=school, matching=matching_id)
    return get_object_or_404(rows.select_related("matching__school", "student__user", "opportunity"), pk=line_id)


@require_POST
@for_school(Permission.SCHOOL_PLACEMENTS)
def again(request, school, matching_id):
    """Once more, leaving what is locked or accepted."""
    old = _matching(school, matching_id)
    matching = propose(
        school=school, by=request.user, now=timezone.now(), advisory=old.advisory, starts_on=old.starts_on, after=old
    )
    return redirect("internships:matching", school.pk, matching.pk)


@require_POST
@for_school(Permission.SCHOOL_PLACEMENTS)
def lock_line(request, school, matching_id, line_id):
    line = _line(school, matching_id, line_id)
    lock(line=line, is_locked=not line.is_locked, by=request.user)
    return redirect("internships:matching", school.pk, matching_id)


@require_POST
@for_school(Permission.SCHOOL_PLACEMENTS)
def accept_line(request, school, matching_id, line_id):
    """The student pursues it from here, as if they had asked themselves."""
    line = _line(school, matching_id, line_id)
    try:
        accept(line=line, by=request.user, on=school.today(), now=timezone.now())
    except MatchingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s pursues it now.") % {"name": line.student.name})
    return redirect("internships:matching", school.pk, matching_id)


@for_school(Permission.SCHOOL_PLACEMENTS)
def change_line(request, school, matching_id, line_id):
    """Another place for one student."""
    line = _line(school, matching_id, line_id)
    form = ChangeForm(request.POST or None, possible=choices_for(line))
    if request.method == "POST" and form.is_valid():
        try:
            change(line=line, opportunity=form.cleaned_data["opportunity"], by=request.user)
        except MatchingError as error:
            messages.error(request, str(error))
        return redirect("internships:matching", school.pk, matching_id)
    return render(request, "internships/match_change.html", {"school": school, "line": line, "form": form})
