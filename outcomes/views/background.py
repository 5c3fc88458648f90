"""Who students are at home: one student's, and what a school holds of all of them."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from audit.models import Event
from common.forms import refuse
from outcomes import cuts
from outcomes.actions import background as actions
from outcomes.actions import held as held_actions
from outcomes.actions.background import BackgroundError
from outcomes.background_kinds import counted_as, opens, purpose
from outcomes.forms.background import CorrectForm, HeldForm, WriteForm
from outcomes.models import Background, Held
from schools.access import for_school, school_permissions, staff_roles
from schools.roles import Permission
from students.access import for_student

P = Permission
Kind = Background.Kind
READS_SHOWN = 50


# Of one student ------------------------------------------------------------------------------------------------


@for_student(P.BACKGROUND_SEE)
def student(request, student):
    """What is held of one student, and who has read it. Reading it is written down."""
    return _student(request, student, _write_form(request, student))


@for_student(P.BACKGROUND_EDIT)
def write(request, student):
    """Write down what a student is from a day on."""
    if request.method != "POST":
        return redirect("outcomes:background", student.pk)
    form = _write_form(request, student, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.write(
                student=student, values=form.values, since=said["since"], source=said["source"], by=request.user,
                on=request.day,
            )  # fmt: skip
        except BackgroundError as error:
            refuse(form, error, error.field if error.field in form.fields else None)
        else:
            messages.success(request, _("It is written down."))
            return redirect("outcomes:background", student.pk)
    return _student(request, student, form)


def _write_form(request, student, data=None) -> WriteForm | None:
    if P.BACKGROUND_EDIT not in request.can:
        return None
    action = reverse("outcomes:background_write", args=[student.pk])
    return WriteForm(data, student=student, kinds=Held.of(student.school).kinds, action=action)


def _student(request, student, form):
    kinds = form.kinds if form else Held.of(student.school).kinds
    rows = list(
        Background.objects.filter(student=student, kind__in=kinds)
        .select_related("by", "superseded_by__by").order_by("-since", "-pk")
    )  # fmt: skip
    current = [row for row in reversed(rows) if _is_current(row)]
    held = cuts.values_on(current, request.day, student.school.system)
    if kinds:
        actions.log_reading(school=student.school, students=[student.pk], by=request.user)
    group, rule = counted_as(student.school.system, held, kinds)
    context = {
        "student": student, "form": form, "group": group, "rule": rule,
        "facts": [_fact(kind, rows, current, request.day) for kind in kinds],
        "may_choose": P.SCHOOL_BACKGROUND in school_permissions(staff_roles(request), student.school_id),
        "reads": _reads(student),
    }  # fmt: skip
    return render(request, "outcomes/background.html", context)


def _is_current(row) -> bool:
    return not row.is_withdrawn and getattr(row, "superseded_by", None) is None


def _fact(kind, rows, current, day) -> dict:
    """What holds of one kind, and everything that was written of it, the latest first."""
    of_kind = [row for row in current if row.kind == kind]
    begun = [row for row in of_kind if row.since <= day]
    # As the figures read it: before anything held, what was written down first.
    now = begun[-1] if begun else next(iter(of_kind), None)
    history = [row for row in rows if row.kind == kind and not row.is_withdrawn and row != now]
    return {"kind": Kind(kind), "now": now, "history": [(row, getattr(row, "superseded_by", None)) for row in history]}


def _reads(student):
    events = Event.objects.reads().about_student(student.pk).filter(action="outcomes.background.read")
    return events.select_related("actor")[:READS_SHOWN]


@for_student(P.BACKGROUND_EDIT)
def correct(request, student, row_id):
    """A row in the place of one that was not so."""
    row = _row(student, row_id)
    form = CorrectForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(row=row, by=request.user, on=request.day, **form.cleaned_data)
        except BackgroundError as error:
            refuse(form, error, error.field if error.field in form.fields else None)
        else:
            messages.success(request, _("The correction is saved. What stood there before stays readable."))
            return redirect("outcomes:background", student.pk)
    actions.log_reading(school=student.school, students=[student.pk], by=request.user)
    return render(request, "outcomes/background_correct.html", {"student": student, "row": row, "form": form})


@require_POST
@for_student(P.BACKGROUND_EDIT)
def take_back(request, student, row_id):
    try:
        actions.take_back(row=_row(student, row_id), by=request.user)
    except BackgroundError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is taken back. That it stood there stays readable."))
    return redirect("outcomes:background", student.pk)


def _row(student, row_id) -> Background:
    """One that the school holds: what is switched off is shown nowhere."""
    rows = Background.objects.filter(student=student, kind__in=Held.of(student.school).kinds, is_withdrawn=False)
    row = get_object_or_404(rows.select_related("by"), pk=row_id)
    row.student, row.school = student, student.school
    return row


# What a school holds -------------------------------------------------------------------------------------------


@for_school(P.SCHOOL_BACKGROUND)
def held(request, school):
    """Which kinds the school holds, what each is for, and how small a group is not shown."""
    row = Held.of(school)
    form = HeldForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        held_actions.choose(school=school, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("outcomes:held", school.pk)
    chosen = request.POST.getlist("kinds") if form.is_bound else row.kinds
    counts = _counts(school)
    context = {
        "school": school, "form": form,
        "kinds": [_kind(kind, school, kind in chosen, kind in row.kinds, counts.get(kind)) for kind in Kind],
    }  # fmt: skip
    return render(request, "outcomes/background_held.html", context)


def _counts(school) -> dict[str, dict]:
    rows = Background.objects.filter(school=school).order_by().values("kind")
    return {row["kind"]: row for row in rows.annotate(rows=Count("pk"), students=Count("student", distinct=True))}


def _kind(kind, school, is_chosen, is_held, counted) -> dict:
    return {
        "kind": kind, "is_chosen": is_chosen, "is_held": is_held, "counted": counted,
        "purpose": purpose(kind, school.system), "opens": opens(kind, school.system),
    }  # fmt: skip


@for_school(P.SCHOOL_BACKGROUND)
def delete(request, school, kind):
    """Stop holding a kind and delete all of it: first what that means, then the deed."""
    if kind not in Kind.values:
        raise Http404
    if request.method == "POST":
        number = held_actions.delete_all(school=school, kind=kind, by=request.user, now=timezone.now())
        words = ngettext("%(count)d row is deleted.", "%(count)d rows are deleted.", number)
        messages.success(request, words % {"count": number})
        return redirect("outcomes:held", school.pk)
    context = {"school": school, "kind": Kind(kind), "counted": _counts(school).get(kind)}
    return render(request, "outcomes/background_delete.html", context)
