"""The door of one-purpose links: the secret is exchanged for a cookie that only the link's own page receives."""

from functools import wraps

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from accounts import links
from accounts.models import Link
from accounts.senders import language_for, sender_of

COOKIE, SALT = "link", "accounts.link"
# Long enough for a form that is filled in over a school day; a browser that is closed forgets it at once.
HOLDS_FOR = 12 * 60 * 60


def lead_to(link: Link):
    """Send whoever showed the secret to the link's page, with the cookie for it."""
    page = links.page_of(link)
    response = redirect(page)
    response.set_signed_cookie(
        COOKIE, str(link.pk), salt=SALT, path=page, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


def forget(response, link: Link):
    response.delete_cookie(COOKIE, path=links.page_of(link), samesite="Lax")
    return response


def for_link(*purposes: str):
    """A page that a one-purpose link opens, without signing in: the view receives `link` in place of `link_id`.

    Who has not shown the secret in this browser is told to open the link again and learns nothing about it; a link
    that has ended says so. The page is in the language of the person whose link it is.
    """

    def decorate(view):
        @wraps(view)
        @never_cache
        def through_the_door(request, link_id, *args, **kwargs):
            link = _shown_link(request, link_id)
            if link is None or link.purpose not in purposes:
                return redirect("accounts:lost")
            if ending := link.ending(timezone.now()):
                return refused(request, link, ending)
            language = language_for(link.user, sender_of(link.school_id))
            with translation.override(language):
                response = view(request, link, *args, **kwargs)
            response.headers["Content-Language"] = language
            return response

        through_the_door.login_required = False
        return through_the_door

    return decorate


def refused(request, link: Link, ending: str):
    """The page of a link that has ended: to whoever holds its secret, and to nobody else."""
    context = {"link": link, "ending": ending, "sender": sender_of(link.school_id)}
    return render(request, "accounts/link_ended.html", context, status=410)


def _shown_link(request, link_id: int) -> Link | None:
    shown = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOLDS_FOR)
    if shown != str(link_id):
        return None
    return Link.objects.select_related("user").filter(pk=link_id).first()
