"""Links to a learner profile for people outside. Whoever has the link has the profile, until its day."""

import base64
import datetime

from django.utils.crypto import salted_hmac

from accounts.codes import digest
from exhibitions.models import Share

LONGEST = datetime.timedelta(days=366)


def secret_from(seed: str) -> str:
    """What stands in the address, the same each time: 256 bits. Without the site's key a seed leads to none."""
    made = salted_hmac("exhibitions.share", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def secret_of(share: Share) -> str | None:
    """To show the student again; None where the site has another key by now. The link that was given holds even so."""
    secret = secret_from(share.seed)
    return secret if digest(secret) == share.digest else None


def share_of(secret: str) -> Share | None:
    """The link that has this secret, whether or not it still opens."""
    rows = Share.objects.select_related("student__user", "student__school")
    return rows.filter(digest=digest(secret)).first()


def ending(share: Share, on: datetime.date) -> str:
    """Why it opens no more: "revoked", "past" or "closed"; "" while it does."""
    if share.revoked_at:
        return "revoked"
    if share.until < on:
        return "past"
    return "closed" if share.student.user.closed_at else ""
