from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import links
from accounts.access import for_link, forget, lead_to, refused
from accounts.actions import joining
from accounts.actions.links import LinkError
from accounts.models import Link


@login_not_required
@never_cache
@require_safe
def open_link(request, token):
    """A link in an e-mail. Mail scanners open it too: it only leads to the page that has the button."""
    # Short codes are taken by /join/ alone, where tries are counted.
    link = Link.objects.of_secret(token).filter(way=Link.Way.EMAIL).first()
    if link is None:
        return redirect("accounts:lost")
    if ending := link.ending(timezone.now()):
        return refused(request, link, ending)
    return lead_to(link)


@login_not_required
@require_safe
def lost(request):
    """No such link, or not in this browser: the same page for both."""
    return render(request, "accounts/lost.html")


@for_link(links.ADDRESS)
def confirm_address(request, link):
    if request.method != "POST":
        return render(request, "accounts/confirm_address.html", {"link": link})
    try:
        joining.confirm_address(link=link, now=timezone.now())
    except LinkError as error:
        messages.error(request, str(error))
        return redirect("accounts:lost")
    messages.success(request, _("Thank you. We write to %(address)s from now on.") % {"address": link.subject})
    return forget(redirect("/"), link)
