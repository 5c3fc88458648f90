"""The one way out for e-mail, also from rooms that lie below the one that keeps and sends it.

    mailbox.register(deliver)                                                       # in AppConfig.ready of that room
    mailbox.post(to=user.email, person=user, subject=..., text=..., html=..., key="link:12")

An e-mail is a row first, written in the caller's transaction; it is sent once that is committed.
"""

from collections.abc import Callable

_deliverers: list[Callable] = []


class NobodyDelivers(RuntimeError):
    """No room has registered: the site is put together wrongly, and no e-mail may vanish without a word."""


def register(deliver: Callable) -> None:
    _deliverers[:] = [deliver]


def post(
    *, to: str, subject: str, text: str, html: str = "", key: str | None = None, person=None, calendar: bytes = b""
):
    """Hand over one e-mail for `to`. A second one with the same `key` is not written; `calendar` is a calendar file
    that goes with it. Raises NobodyDelivers."""
    if not _deliverers:
        raise NobodyDelivers("No room delivers e-mail: is `notices` among the installed apps?")
    return _deliverers[0](to=to, subject=subject, text=text, html=html, key=key, person=person, calendar=calendar)
