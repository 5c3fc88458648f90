import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advisories.access import MANAGE, for_advisory
from advisories.actions.charge import ChargeError, end_charge, hand_over, take_charge
from advisories.forms import ChargeForm, HandOverForm
from common.forms import refuse
from students.actions.team import TeamError


@for_advisory(MANAGE)
def take(request, advisory):
    """Give the advisory an adviser, a second one, or cover."""
    form = ChargeForm(request.POST or None, advisory=advisory, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            charge = _take(advisory, request.user, **form.cleaned_data)
        except (ChargeError, TeamError) as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s has the advisory.") % {"name": charge.user.name})
            return redirect("advisories:roster", advisory.pk)
    return render(request, "advisories/take.html", {"advisory": advisory, "form": form})


def _take(advisory, by, *, user, kind, starts_on, last_day, reason):
    until = last_day + datetime.timedelta(days=1) if last_day else None
    return take_charge(advisory=advisory, user=user, by=by, on=starts_on, kind=kind, until=until, reason=reason)


@for_advisory(MANAGE)
def hand(request, advisory, charge_id):
    """A handover: one adviser until that day, another from it."""
    charge = get_object_or_404(advisory.charges.select_related("advisory__school", "user"), pk=charge_id)
    form = HandOverForm(request.POST or None, charge=charge, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(charge=charge, by=request.user, **form.cleaned_data)
        except (ChargeError, TeamError) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The advisory is handed over."))
            return redirect("advisories:roster", advisory.pk)
    return render(request, "advisories/hand_over.html", {"advisory": advisory, "charge": charge, "form": form})


@require_POST
@for_advisory(MANAGE)
def end(request, advisory, charge_id):
    charge = get_object_or_404(advisory.charges.on(request.day).select_related("user"), pk=charge_id)
    end_charge(charge=charge, by=request.user, on=request.day)
    messages.success(request, _("%(name)s no longer has this advisory.") % {"name": charge.user.name})
    return redirect("advisories:roster", advisory.pk)
