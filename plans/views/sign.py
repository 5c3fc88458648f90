from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from plans.access import for_plan
from plans.actions.hold import PlanError
from plans.actions.sign import DayError, covered_by, sign, sign_before_witness
from plans.compare import compare
from plans.content import visible
from plans.defaults import BEFORE_SIGNING
from plans.forms.life import SignForm, WitnessForm
from plans.people import signing_rows
from plans.reading import version_for
from plans.standing import signatures_of, standing_of_plan
from schools.roles import Permission, Role

P = Permission


@for_plan(P.PLAN_SIGN)
def sign_here(request, plan):
    """The version that is ready, as this person's role sees it; what changed since they signed; the button."""
    roles = request.team.signing_roles()
    if not roles:
        raise PermissionDenied
    if not plan.can_be_signed:
        return render(request, "plans/sign_nothing.html", {"plan": plan})
    role = _role(request, roles)
    form = SignForm(request.POST or None, number=plan.version.number, role=role)
    if request.method == "POST" and form.is_valid():
        try:
            sign(plan=plan, by=request.user, on=request.day, at=timezone.now(), **form.cleaned_data)
        except PlanError as error:
            form = SignForm(_sent_again(request, plan), number=plan.version.number, role=role)
            form.is_valid()
            refuse(form, error)
        else:
            messages.success(request, _("You signed version %(number)s.") % {"number": plan.version.number})
            return redirect("plans:show", plan.pk)
    return render(request, "plans/sign.html", _context(request, plan, form, role, roles))


def _sent_again(request, plan):
    """What was sent, for the version that is ready now: the next try is about what stands on the page now."""
    sent = request.POST.copy()
    sent["number"] = plan.version.number
    return sent


def _role(request, roles) -> str:
    """Somebody with two roles signs in one of them at a time, and sees what that one sees."""
    asked = request.POST.get("role") or request.GET.get("as")
    return asked if asked in roles else roles[0]


def _context(request, plan, form, role, roles):
    signatures = [one for one in signatures_of(plan) if one.user_id == request.user.pk and one.role == role]
    last = max(signatures, key=lambda one: one.version.number, default=None)
    covered = covered_by(plan.version, role)
    has_signed = last is not None and last.version_id == plan.version_id
    return {
        "plan": plan, "form": form, "content": covered, "role": role, "questions": BEFORE_SIGNING, "last": last,
        "others": _others(roles, role), "has_signed": has_signed,
        "changes": _changes(last.version if last and not has_signed else None, role, covered),
        "replaced": _changes(_seen(request, plan), role, covered),
    }  # fmt: skip


def _others(roles, role):
    return [(other, Role(other).label) for other in roles if other != role]


def _changes(version, role, covered):
    """What changed from an earlier version to this one, as far as the role may see both."""
    if version is None:
        return None
    keys = {section["key"] for section in covered["sections"]}
    return compare(visible(version.content, {role}, keys), covered)


def _seen(request, plan):
    """The version that stood on the page that was sent, where another has taken its place since."""
    seen = request.POST.get("number", "")
    return plan.versions.filter(number=seen).exclude(pk=plan.version_id).first() if seen.isdecimal() else None


@for_plan(P.PLAN_MANAGE)
def witness(request, plan):
    """Who can sign on this phone or has signed on paper."""
    standing = standing_of_plan(plan, request.team.rows, request.day)
    signed = {one.user_id for one in standing.signatures if one.version_id == plan.version_id}
    people = {
        row.user_id: row for row in signing_rows(request.team.rows, request.day) if row.user_id != request.user.pk
    }
    context = {
        "plan": plan,
        "people": [(row, row.user_id in signed) for row in people.values()],
    }
    return render(request, "plans/witness.html", context)


@for_plan(P.PLAN_MANAGE)
def witness_one(request, plan, user_id):
    """The version as one person sees it, to be signed by them before a witness."""
    rows = [row for row in signing_rows(request.team.rows, request.day) if row.user_id == user_id]
    if not rows or not plan.can_be_signed or user_id == request.user.pk:
        return redirect("plans:witness", plan.pk)
    user, roles = rows[0].user, list(dict.fromkeys(row.role for row in rows))
    role = _role(request, roles)
    if _covers_more_than_i_read(request, plan, role):
        messages.error(request, _("You may not read all that %(name)s signs.") % {"name": user.name})
        return redirect("plans:witness", plan.pk)
    said = {"role": role, "day": request.day, "day_first": plan.student.school.day_first}
    form = WitnessForm(request.POST or None, number=plan.version.number, **said)
    if request.method == "POST" and form.is_valid():
        try:
            sign_before_witness(
                plan=plan, user=user, by=request.user, on=request.day, at=timezone.now(), **form.cleaned_data
            )
        except PlanError as error:
            form = WitnessForm(_sent_again(request, plan), number=plan.version.number, **said)
            form.is_valid()
            refuse(form, error, "signed_on" if isinstance(error, DayError) else "typed_name")
        else:
            messages.success(
                request, _("The signature of %(name)s is kept, with you as its witness.") % {"name": user.name}
            )
            return redirect("plans:show", plan.pk)
    covered = covered_by(plan.version, role)
    context = {
        "plan": plan, "form": form, "user_who_signs": user, "content": covered, "others": _others(roles, role),
        "replaced": _changes(_seen(request, plan), role, covered),
    }  # fmt: skip
    return render(request, "plans/witness_one.html", context)


def _covers_more_than_i_read(request, plan, role) -> bool:
    """A witness has before them what the other signs: not where a section is closed to the witness."""
    mine = {section["key"] for section in version_for(plan.version, plan, request.standing)["sections"]}
    return any(section["key"] not in mine for section in covered_by(plan.version, role)["sections"])
