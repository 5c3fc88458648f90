from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import links
from accounts.actions import closing, joining, people
from accounts.actions.links import revoke_all
from accounts.forms import AboutForm, AddressForm
from common.forms import refuse


def profile(request):
    """What somebody is called, how they are reached, in which language, and how they sign in."""
    form = AboutForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request.user, form.cleaned_data)
        except people.PersonError as error:
            refuse(form, error, error.field)
        else:
            with translation.override(request.user.language or translation.get_language()):
                messages.success(request, _("Saved."))
            return redirect("accounts:profile")
    return _page(request, about=form)


@transaction.atomic
def _save(user, said):
    now = timezone.now()
    people.change_name(user=user, by=user, preferred_name=said["preferred_name"])
    people.change_contact(user=user, by=user, now=now, phone=said["phone"], language=said["language"])


@require_POST
def address(request):
    """Ask for a new address; it counts once it is confirmed there."""
    form = AddressForm(request.POST, user=request.user)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="new_address", user=request.user):
            joining.ask_address(user=request.user, email=email, by=request.user, now=timezone.now())
            messages.success(
                request, _("We have written to %(email)s. Open the link in that e-mail.") % {"email": email}
            )
            return redirect("accounts:profile")
        form.add_error("email", _("That was often for one day. Please try again tomorrow."))
    return _page(request, address=form)


@require_POST
def take_back_address(request):
    revoke_all(user=request.user, by=request.user, now=timezone.now(), purpose=links.ADDRESS)
    return redirect("accounts:profile")


@require_POST
def sign_out_everywhere(request):
    """End all other sessions: a phone that is lost, a Chromebook that was left open."""
    user = closing.sign_out_everywhere(user=request.user, by=request.user)
    update_session_auth_hash(request, user)
    messages.success(request, _("Done. You are signed in on this device only."))
    return redirect("accounts:profile")


def _page(request, about=None, address=None):
    waiting = request.user.links.usable(timezone.now()).filter(purpose=links.ADDRESS).first()
    context = {
        "about": about or AboutForm(user=request.user), "address": address or AddressForm(user=request.user),
        "waiting_address": waiting and waiting.subject,
    }  # fmt: skip
    return render(request, "accounts/profile.html", context)
