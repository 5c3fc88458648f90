import datetime

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.people import PersonError
from audit.actions import record_read
from common.forms import refuse
from schools.roles import Permission
from students.access import for_student
from students.actions import family, homes
from students.actions.decision import latest_decisions
from students.actions.newcomers import bring_in_guardian
from students.actions.reach import ReachError, change_reach
from students.forms.family import DetailsForm, EndForm, GuardianForm, HomeForm, ReachForm, RightsForm
from students.models import Home, Student


@for_student(Permission.GUARDIANS_SEE)
def guardians(request, student):
    """The family, its homes and rights. Reading this is written down, as all reading of family data is."""
    rows = (
        student.guardianships.exclude(ends_on=F("starts_on"))
        .select_related("user", "home")
        .order_by("-starts_on", "-id")
    )
    now = [row for row in rows if row.holds(request.day)]
    _log_reading(request, student)
    coming = [row for row in rows if row.starts_on > request.day]
    gone = [row for row in rows if row not in now and row not in coming]
    context = {
        "student": student, "day": request.day, "decisions": latest_decisions(student), "homes": _homes(now),
        "family": [row for row in now if not row.is_barred], "barred": [row for row in now if row.is_barred],
        "more": [(_("From a later day"), coming), (_("Before"), gone)],
    }  # fmt: skip
    return render(request, "students/guardians.html", context)


def _log_reading(request, student):
    record_read("students.guardians.read", by=request.user, school_id=student.school_id, student_id=student.pk)


def _homes(rows) -> list[tuple[Home, list]]:
    """Each home with its adults."""
    found = {row.home_id: (row.home, []) for row in rows if row.home_id}
    for row in rows:
        if row.home_id:
            found[row.home_id][1].append(row)
    return list(found.values())


@for_student(Permission.GUARDIANS_EDIT)
def add(request, student):
    form = GuardianForm(request.POST or None, student=student, by=request.user, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            row = _bring_in(student, request.user, **form.cleaned_data)
        except (family.GuardianshipError, PersonError) as error:
            refuse(form, error, getattr(error, "field", None))
        else:
            messages.success(request, _("%(name)s belongs to the family of %(student)s.") % _names(row))
            return redirect("students:guardians", student.pk)
    return render(request, "students/guardian_add.html", {"student": student, "form": form})


def _bring_in(student, by, *, starts_on, last_day, **link):
    until = last_day + datetime.timedelta(days=1) if last_day else None
    return bring_in_guardian(student=student, by=by, on=starts_on, until=until, **link)


def _names(row):
    return {"name": row.user.name, "student": row.student.name}


@for_student(Permission.GUARDIANS_EDIT)
def guardian(request, student, guardianship_id):
    """One link: what is known, its rights, its end."""
    row = _row(student, guardianship_id)
    form = DetailsForm(request.POST or None, guardianship=row, by=request.user, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            _change(row, request.user, **form.cleaned_data)
        except family.GuardianshipError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("students:guardian", student.pk, row.pk)
    if request.method == "GET":
        _log_reading(request, student)
    return _page(request, row, details=form)


def _change(row, by, *, new_home, home, **facts):
    if new_home is not None:
        home = homes.add_home(student=row.student, by=by, **new_home)
    family.change_details(guardianship=row, by=by, home=home, **facts)


@require_POST
@for_student(Permission.GUARDIANS_EDIT)
def rights(request, student, guardianship_id):
    row = _row(student, guardianship_id)
    form = RightsForm(request.POST, guardianship=row, day=request.day)
    if form.is_valid():
        try:
            row = family.change_rights(guardianship=row, by=request.user, **form.cleaned_data)
        except family.GuardianshipError as error:
            refuse(form, error, "rights")
        else:
            messages.success(request, _("The rights of %(name)s are changed.") % {"name": row.user.name})
            return redirect("students:guardians", student.pk)
    return _page(request, row, rights=form)


@require_POST
@for_student(Permission.GUARDIANS_EDIT)
def end(request, student, guardianship_id):
    row = _row(student, guardianship_id)
    form = EndForm(request.POST, school=student.school, day=request.day)
    if form.is_valid():
        try:
            family.end_guardianship(guardianship=row, by=request.user, on=form.cleaned_data["on"])
        except family.GuardianshipError as error:
            refuse(form, error, "on")
        else:
            messages.success(
                request, _("The link with %(name)s ends. What they wrote stays.") % {"name": row.user.name}
            )
            return redirect("students:guardians", student.pk)
    return _page(request, row, end=form)


@require_POST
@for_student(Permission.GUARDIANS_EDIT)
def reach(request, student, guardianship_id):
    """E-mail, phone and language of somebody who does not sign in yet."""
    row = _row(student, guardianship_id)
    form = ReachForm(request.POST, user=row.user)
    if form.is_valid():
        try:
            _change_reach(row, request, form.cleaned_data)
        except (ReachError, PersonError) as error:
            refuse(form, error, getattr(error, "field", None))
        else:
            messages.success(request, _("Saved."))
            return redirect("students:guardian", student.pk, row.pk)
    return _page(request, row, reach=form)


def _change_reach(row, request, said):
    school = row.student.school
    change_reach(user=row.user, school=school, by=request.user, on=request.day, now=timezone.now(), **said)


@for_student(Permission.GUARDIANS_EDIT)
def home(request, student, home_id):
    found = get_object_or_404(Home.objects.filter(guardianships__student=student).distinct(), pk=home_id)
    facts = {"name": found.name, "address": found.address, "phone": found.phone}
    form = HomeForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        homes.change_home(home=found, student=student, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("students:guardians", student.pk)
    context = {"student": student, "home": found, "form": form, "others": _others(request, found, student)}
    return render(request, "students/home.html", context)


def _others(request, home, student):
    """Names of others who live there, as far as I may see them, and how many more there are."""
    rows = home.guardianships.on(request.day).exclude(student=student)
    others = Student.objects.filter(pk__in=rows.values("student_id")).select_related("user")
    seen = list(others.open_to(request.user, Permission.STUDENT_SEE, request.day))
    return {"seen": seen, "more": others.count() - len(seen)}


def _row(student, guardianship_id):
    rows = student.guardianships.select_related("user", "home", "student__school", "student__user")
    return get_object_or_404(rows, pk=guardianship_id)


def _page(request, row, **bound):
    """The page of one link, with the form that came back and fresh ones beside it."""
    at = {"student_id": row.student_id, "guardianship_id": row.pk}
    day = request.day
    forms = {
        "details": DetailsForm(guardianship=row, by=request.user, day=day),
        "rights": RightsForm(guardianship=row, day=day),
        "end": EndForm(school=row.student.school, day=day),
        "reach": ReachForm(user=row.user),
    } | bound
    for name in ("rights", "end", "reach"):
        forms[name].helper.form_action = reverse(f"students:guardian_{name}", kwargs=at)
    forms["details"].helper.form_action = reverse("students:guardian", kwargs=at)
    context = {"student": row.student, "row": row, "is_open": row.ends_on is None or row.ends_on > day, **forms}
    return render(request, "students/guardian.html", context)
