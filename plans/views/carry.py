from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from plans.access import for_plan
from plans.actions.carry import carry_over
from plans.actions.hold import PlanError
from plans.carrying import offers_for
from plans.forms.carrying import CarryForm
from schools.roles import Permission


@for_plan(Permission.PLAN_ITEMS)
def carry(request, plan):
    """What the last plan left unfinished, thing by thing: take it, take it and change it, leave it."""
    offers = offers_for(plan, request.standing)
    form = CarryForm(request.POST or None, offers=offers)
    if request.method == "POST" and form.is_valid():
        try:
            to_change = carry_over(plan=plan, offers=offers, choices=form.choices(), by=request.user, at=timezone.now())
        except PlanError as error:
            refuse(form, error)
        else:
            return _next(request, plan, to_change)
    return render(request, "plans/carry_over.html", {"plan": plan, "offers": offers, "form": form})


def _next(request, plan, to_change):
    """Straight to the first piece of work that somebody wants to change; the others are named."""
    if not to_change:
        messages.success(request, _("Carried over."))
        return redirect("plans:show", plan.pk)
    if rest := to_change[1:]:
        names = ", ".join(item.title for item in rest)
        messages.info(request, _("To change as well: %(names)s") % {"names": names})
    return redirect("plans:edit_item", plan.pk, to_change[0].pk)
