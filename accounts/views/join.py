from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import codes, links, sign_in_names
from accounts.access import for_link, forget, lead_to, refused
from accounts.actions import joining
from accounts.actions.links import LinkError
from accounts.forms import AcceptForm, CodeForm
from accounts.models import Link
from accounts.senders import sender_of
from common.forms import refuse


@login_not_required
@never_cache
def join(request):
    """A letter's code, typed, or brought along by the phone that read the letter's square."""
    form = CodeForm(request.POST or None, initial={"code": codes.grouped(codes.tidy(request.GET.get("code", ""))[:12])})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not ratelimit.consume(request, action="join_code", key=code[: codes.GROUP]):
            form.add_error("code", _("Those were too many tries. Wait ten minutes, or ask your school for a new code."))
        elif link := Link.objects.of_secret(code).filter(way=Link.Way.LETTER).first():
            return _lead_to(request, link)
        else:
            form.add_error("code", _("We do not know this code. Look again: there is no O, I or 1 in a code."))
    return render(request, "accounts/join.html", {"form": form})


def _lead_to(request, link):
    ending = link.ending(timezone.now())
    return refused(request, link, ending) if ending else lead_to(link)


@for_link(links.JOIN)
def accept(request, link):
    """Choose a sign-in name and a password, and come in."""
    form = AcceptForm(request.POST or None, user=link.user, initial=_suggested(link.user))
    if request.method == "POST" and form.is_valid():
        try:
            user = joining.accept(link=link, now=timezone.now(), **form.choices())
        except joining.JoinError as error:
            refuse(form, error, error.field)
        except LinkError as error:
            refuse(form, error)
        else:
            return _come_in(request, user, link)
    return render(request, "accounts/accept.html", {"link": link, "form": form, "sender": sender_of(link.school_id)})


def _suggested(user):
    name = "" if user.username else sign_in_names.suggest(user, joining.is_taken)
    return {"username": name, "language": user.language or translation.get_language()}


def _come_in(request, user, link):
    """Through allauth, so that who has a second factor is asked for it here too."""
    if request.user.is_authenticated:
        logout(request)
    response = perform_login(request, user, redirect_url="/")
    with translation.override(user.language):
        messages.success(
            request, _("Welcome, %(name)s. Your sign-in name is %(username)s.")
            % {"name": user.called, "username": user.username},
        )  # fmt: skip
    return forget(response, link)
