"""What a reader does with notices. It concerns nobody else, and stands in no log."""

import datetime

from django.db import transaction

from accounts.models import User
from notices.models import Notice, Preference


def mark_read(*, notice: Notice, by: User, now: datetime.datetime) -> None:
    """Reading twice keeps the first time."""
    Notice.objects.unread().filter(pk=notice.pk, user=by).update(read_at=now, waits_since=None)


def mark_all_read(*, by: User, until: datetime.datetime, now: datetime.datetime) -> int:
    """Mark what the reader has seen on the page, and nothing that came after it."""
    return Notice.objects.unread().filter(user=by, last_at__lte=until).update(read_at=now, waits_since=None)


@transaction.atomic
def choose_digest(*, user: User, digest: str) -> Preference:
    """How often e-mail comes. Who wants none is not sent what waits already."""
    chosen, _is_new = Preference.objects.update_or_create(user=user, defaults={"digest": digest})
    if digest == Preference.Digest.NONE:
        Notice.objects.waiting().filter(user=user).update(waits_since=None)
    return chosen
