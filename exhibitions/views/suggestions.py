from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exhibitions.models import Remark
from exhibitions.suggested import SuggestionError, answer
from plans.access import for_plan
from plans.actions.hold import PlanError
from schools.roles import Permission


@require_POST
@for_plan(Permission.PLAN_ITEMS)
def take(request, plan, remark_id):
    """Take a panel's suggestion into the plan as work, or leave it."""
    # What its maker took back or corrected is no suggestion any more.
    rows = Remark.objects.standing().filter(
        kind=Remark.Kind.SUGGESTION, seat__exhibition__student=plan.student_id, seat__handed_in_at__isnull=False
    )
    remark = get_object_or_404(rows, pk=remark_id)
    takes = request.POST.get("do") == "take"
    try:
        taken = answer(
            remark=remark, plan=plan, title=request.POST.get("title", ""), takes=takes, by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except (SuggestionError, PlanError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is part of the plan now.") if taken.item else _("It is left."))
    return redirect("plans:show", plan.pk)
