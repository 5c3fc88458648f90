"""Closing an account without losing what it wrote."""

import datetime

from django.db import transaction
from django.db.models import F

from accounts.actions.links import revoke_all
from accounts.models import User
from audit.actions import record
from common.live import hint


@transaction.atomic
def close_account(*, user: User, by: User, now: datetime.datetime, school_id: int | None = None) -> User:
    """Nobody signs in with it any more: sessions and links end now. What the person wrote stays, with the name."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if locked.closed_at is None:
        locked.is_active, locked.closed_at = False, now
        locked.save(update_fields=["is_active", "closed_at"])
        end_sessions(user=locked)
        revoke_all(user=locked, by=by, now=now)
        record("accounts.account.closed", by=by, subject=locked, school_id=school_id)
    user.refresh_from_db()
    return user


@transaction.atomic
def reopen_account(*, user: User, by: User, school_id: int | None = None) -> User:
    """The same name and password hold again; old sessions and links do not come back."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if locked.closed_at is not None:
        locked.is_active, locked.closed_at = True, None
        locked.save(update_fields=["is_active", "closed_at"])
        record("accounts.account.reopened", by=by, subject=locked, school_id=school_id)
    user.refresh_from_db()
    return user


def end_sessions(*, user: User) -> None:
    """Sign the person out everywhere, live texts included."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    hint("account", user_id=user.pk)


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> User:
    """End every session of a person. The view keeps the one it was asked from."""
    end_sessions(user=user)
    record("accounts.sessions.ended", by=by, subject=user)
    user.refresh_from_db(fields=["session_generation"])
    return user
