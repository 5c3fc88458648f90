from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outcomes.actions import refresh
from outcomes.places import Place


@require_POST
def ask(request, place: Place):
    refresh.ask(school=place.school, now=timezone.now())
    # Or whoever has just written something down looks for it in vain.
    stays = _("What is published stays as it is until the first of the month.")
    if place.may_see_small:
        stays = _(
            "What is published stays as it is until the first of the month, or until you publish; with small groups "
            "you see it as last counted."
        )
    begun = _("The figures are being worked out again. Look again in a minute.")
    messages.success(request, f"{begun} {stays}")
    return redirect(place.url("dashboard"))


@require_POST
def publish(request, place: Place):
    refresh.publish_now(school=place.school, by=request.user, now=timezone.now())
    messages.success(request, _("Published: everybody who may read the figures reads these from now on."))
    return redirect(place.url("dashboard"))
