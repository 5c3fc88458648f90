"""What nobody needs any more goes at night."""

import datetime

from accounts.models import User
from notices.doors import still_seen_by
from notices.models import Email, Notice

READ_STAYS = datetime.timedelta(days=180)
EMAIL_STAYS = datetime.timedelta(days=400)


def tidy(*, now: datetime.datetime) -> None:
    """Drop notices about students whom their reader no longer sees, those read long ago, and the log of old e-mail."""
    _drop_behind_closed_doors()
    Notice.objects.filter(read_at__lt=now - READ_STAYS).delete()
    Email.objects.filter(created_at__lt=now - EMAIL_STAYS).delete()


def _drop_behind_closed_doors():
    """Else the bell would count what its page may not show."""
    unread = Notice.objects.unread().exclude(student_id=None)
    for user in User.objects.filter(pk__in=unread.values("user_id")).iterator():
        mine = unread.filter(user=user)
        about = set(mine.values_list("student_id", flat=True).order_by().distinct())
        mine.exclude(student_id__in=still_seen_by(user, about)).delete()
