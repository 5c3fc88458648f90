"""A reader's own notices and choices."""

from django.db.models import Count

from common.prepared import Prepared
from notices.doors import still_seen_by
from notices.models import Notice, Preference


def notices_of(user):
    """The notices that this person may read today: their own, without those about students they no longer see."""
    return Notice.objects.filter(user=user).about_none_but(still_seen_by(user, set(_students_in(user=user.pk))))


_students_in = Prepared(
    lambda user: (
        Notice.objects.filter(user=user, student_id__isnull=False).order_by().values_list("student_id", flat=True)
        .distinct()
    )
)  # fmt: skip


_unread_of = Prepared(
    lambda user: (
        Notice.objects.unread().filter(user=user).order_by().values("user").annotate(count=Count("pk"))
        .values_list("count", flat=True)
    )
)  # fmt: skip


def unread_count(request) -> int:
    """The number on the bell, read once a request."""
    if not hasattr(request, "_unread_count"):
        request._unread_count = sum(_unread_of(user=request.user.pk))
    return request._unread_count


def digest_of(user) -> str:
    found = Preference.objects.filter(user=user).first()
    return found.digest if found else Preference.Digest.DAILY


def email_settings(user, request) -> dict:
    """For the page about oneself: what this person chose, and what there is to choose."""
    return {"digest": digest_of(user), "choices": Preference.Digest.choices}
