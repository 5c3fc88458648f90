"""What this room writes to people, each in their own language. common/mailbox.py takes it from here."""

from django.template.loader import render_to_string
from django.utils import translation

from accounts.links import address_of
from accounts.models import Link, User
from accounts.senders import language_for, sender_of
from common import mailbox


def invitation(link: Link, token: str) -> None:
    facts = {"link": link, "address": address_of(token)}
    _post("invitation", link.user, to=link.user.email, school_id=link.school_id, key=f"link:{link.pk}", **facts)


def confirm_address(link: Link, token: str) -> None:
    facts = {"link": link, "address": address_of(token)}
    _post("confirm_address", link.user, to=link.subject, school_id=link.school_id, key=f"link:{link.pk}", **facts)


def address_changed(user: User, old_address: str, school_id: int | None) -> None:
    """To the old address: whoever took the account over cannot read this one away."""
    _post("address_changed", user, to=old_address, school_id=school_id)


def password_renewed(user: User, school_id: int | None) -> None:
    _post("password_renewed", user, to=user.email, school_id=school_id)


def _post(name, user, *, to, school_id, key=None, **facts):
    sender = sender_of(school_id)
    context = {"user": user, "sender": sender, **facts}
    with translation.override(language_for(user, sender)):
        subject = render_to_string(f"accounts/email/{name}_subject.txt", context)
        text = render_to_string(f"accounts/email/{name}.txt", context)
        html = render_to_string(f"accounts/email/{name}.html", context)
    mailbox.post(to=to, person=user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(), key=key)
