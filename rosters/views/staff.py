import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.people import PersonError
from accounts.models import User
from common.forms import refuse
from rosters.access import Reach
from rosters.actions import staff as actions
from rosters.forms.people import EndForm, NewStaffForm, RoleForm, StaffDetailsForm
from rosters.invited import described
from schools.access import for_school
from schools.actions.staff import StaffRoleError
from schools.models import StaffRole
from schools.roles import Permission
from students.actions.reach import ReachError

DAY = datetime.timedelta(days=1)
REFUSALS = (actions.StaffError, StaffRoleError)


@for_school(Permission.SCHOOL_STAFF)
def staff(request, school):
    """Who works here, in which roles, and whether they sign in; who comes, and who has left."""
    day = school.today()
    rows = list(
        StaffRole.objects.filter(school=school).select_related("user").order_by("user__search_name", "starts_on")
    )
    rows = [row for row in rows if row.ends_on != row.starts_on]
    here = [row for row in rows if row.ends_on is None or row.ends_on > day]
    users = list({row.user_id: row.user for row in here}.values())
    invitees = {one.user.pk: one for one in described(users, Reach(request.user, school, day), timezone.now())}
    context = {
        "school": school, "day": day,
        "people": [(invitees[user.pk], [row for row in here if row.user_id == user.pk]) for user in users],
        "gone": [row for row in rows if row not in here and row.user_id not in invitees],
    }  # fmt: skip
    return render(request, "rosters/staff.html", context)


@for_school(Permission.SCHOOL_STAFF)
def add(request, school):
    """Somebody begins to work here."""
    form = NewStaffForm(request.POST or None, school=school, day=school.today())
    if request.method == "POST" and form.is_valid():
        try:
            row = _add(school, request.user, **form.cleaned_data)
        except (*REFUSALS, PersonError) as error:
            field = getattr(error, "field", None)
            refuse(form, error, field if field in form.fields else None)
        else:
            messages.success(request, _("%(name)s works here. Invite them next.") % {"name": row.user.name})
            return redirect("rosters:staff_member", school.pk, row.user_id)
    return render(request, "rosters/staff_add.html", {"school": school, "form": form})


def _add(school, by, *, chosen, names, role, starts_on, last_day):
    until = last_day + DAY if last_day else None
    return actions.add_staff(school=school, chosen=chosen, names=names, role=role, by=by, on=starts_on, until=until)


@for_school(Permission.SCHOOL_STAFF)
def member(request, school, user_id):
    """One person of the staff: roles over time, one more role, names, the sign-in."""
    user, form = _member(school, user_id), RoleForm(request.POST or None, school=school, day=school.today())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        until = said["last_day"] + DAY if said["last_day"] else None
        try:
            actions.give(
                user=user, school=school, role=said["role"], by=request.user, on=said["starts_on"], until=until
            )
        except REFUSALS as error:
            refuse(form, error, "role")
        else:
            messages.success(request, _("The role is given."))
            return redirect("rosters:staff_member", school.pk, user.pk)
    return _page(request, school, user, role_form=form)


@require_POST
@for_school(Permission.SCHOOL_STAFF)
def details(request, school, user_id):
    user = _member(school, user_id)
    form = StaffDetailsForm(request.POST, user=user)
    if form.is_valid():
        try:
            actions.correct(
                user=user,
                school=school,
                by=request.user,
                on=school.today(),
                now=timezone.now(),
                names=form.names(),
                contact=form.contact(),
            )
        except (ReachError, PersonError) as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("rosters:staff_member", school.pk, user.pk)
    return _page(request, school, user, details_form=form)


@require_POST
@for_school(Permission.SCHOOL_STAFF)
def end_role(request, school, user_id, role_id):
    """One role ends today; the others go on."""
    row = get_object_or_404(
        StaffRole.objects.select_related("user", "school"), school=school, user_id=user_id, pk=role_id
    )
    try:
        actions.take_role(row=row, by=request.user, on=school.today())
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("%(name)s is no longer %(role)s.") % {"name": row.user.name, "role": row.get_role_display()}
        )
    return redirect("rosters:staff_member", school.pk, user_id)


@for_school(Permission.SCHOOL_STAFF)
def leave(request, school, user_id):
    """Somebody stops working here: what they have in charge is handed over first."""
    user = _member(school, user_id)
    form = EndForm(request.POST or None, school=school, day=school.today(), button=_("End all roles here"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(user=user, school=school, by=request.user, on=form.cleaned_data["last_day"] + DAY)
        except REFUSALS as error:
            refuse(form, error, "last_day")
        else:
            messages.success(request, _("%(name)s stops working here. What they wrote stays.") % {"name": user.name})
            return redirect("rosters:staff_member", school.pk, user.pk)
    charges = actions.charges_of(user, school, school.today())
    return render(
        request, "rosters/staff_leave.html", {"school": school, "person": user, "form": form, "charges": charges}
    )


def _member(school, user_id) -> User:
    """Somebody who works here, or did."""
    user = User.objects.filter(pk=user_id, staff_roles__school=school).first()
    if user is None:
        raise Http404
    return user


def _page(request, school, user, *, role_form=None, details_form=None):
    day = school.today()
    reach = Reach(request.user, school, day)
    rows = user.staff_roles.filter(school=school).order_by("-starts_on", "-id")
    context = {
        "school": school, "person": user, "day": day, "roles": [row for row in rows if row.ends_on != row.starts_on],
        "role_form": role_form or RoleForm(school=school, day=day),
        "details_form": details_form or StaffDetailsForm(user=user),
        "charges": actions.charges_of(user, school, day),
        "invitee": described([user], reach, timezone.now())[0],
        "may_invite": reach.people().filter(pk=user.pk).exists(),
    }  # fmt: skip
    context["details_form"].helper.form_action = reverse("rosters:staff_details", args=[school.pk, user.pk])
    return render(request, "rosters/staff_member.html", context)
