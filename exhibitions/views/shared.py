"""A learner profile as somebody outside sees it, through the student's link and without signing in."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exhibitions import profile as profiles
from exhibitions.actions.profile import opened
from exhibitions.sharing import ending, share_of
from exhibitions.views.profile import pdf_of, with_addresses
from files.serving import answer
from schools.models import StaffRole
from schools.roles import Permission
from students.access import permissions_on

COOKIE, SALT = "profile", "exhibitions.share"
TWO_DAYS = 48 * 60 * 60


def for_share(view):
    """The view receives the `share` whose secret is in the address: 404 where there is none, 410 once it has ended."""

    @login_not_required
    @never_cache
    @require_safe
    @wraps(view)
    def through_the_door(request, secret, *args, **kwargs):
        share = share_of(secret)
        if share is None:
            raise Http404
        request.day = share.student.school.today()
        if ending(share, request.day):
            response = render(request, "exhibitions/profile_ended.html", status=410)
        else:
            response = view(request, share, secret, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # The address is the key: no page that is linked here may learn it.
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return through_the_door


@for_share
def show(request, share, secret):
    """The profile. That it was opened is counted here, though it is a GET: once a browser and day."""
    profile = _profile(share)
    with_addresses(profile, secret, "exhibitions:profile_link_small", file="exhibitions:profile_link_file")
    for evidence in profile.evidence:
        evidence.page_at = f"#evidence-{evidence.pk}"
    context = {
        "student": share.student, "profile": profile, "at": "link", "may_curate": False, "secret": secret,
        "until": share.until,
    }  # fmt: skip
    response = render(request, "exhibitions/profile_link.html", context)
    if _counts(request, share):
        opened(share=share, now=timezone.now())
        response.set_signed_cookie(
            COOKIE, _today(request, share), salt=SALT, max_age=TWO_DAYS, secure=settings.SESSION_COOKIE_SECURE,
            path=reverse("exhibitions:profile_link", args=[secret]), httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


def _profile(share):
    return profiles.profile_of(share.student, profiles.for_outside(share.student))


def _counts(request, share) -> bool:
    """Not who only asks for the head, not a browser that fetches ahead, not the same browser twice a day, and nobody
    who may see the profile without the link or works at the school."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    seen = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=TWO_DAYS)
    return seen != _today(request, share) and not _is_of_the_school(request, share.student)


def _today(request, share) -> str:
    return f"{share.pk} {request.day.isoformat()}"


def _is_of_the_school(request, student) -> bool:
    if not request.user.is_authenticated:
        return False
    if Permission.PROFILE_SEE in permissions_on(student, request.user, request.day):
        return True
    return StaffRole.objects.on(request.day).filter(user=request.user, school=student.school_id).exists()


@for_share
def as_pdf(request, share, secret):
    return pdf_of(request, _profile(share))


@for_share
def file(request, share, secret, evidence_id, small=False):
    """The bytes of what the student chose, and of nothing else."""
    found = get_object_or_404(profiles.for_outside(share.student), pk=evidence_id)
    if found.file is None:
        raise Http404
    return answer(request, found.file, small=small)
