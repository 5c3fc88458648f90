"""What this room writes to people who have left, each in their own language."""

from django.template.loader import render_to_string
from django.utils import translation

from accounts.links import address_of
from accounts.senders import language_for, sender_of
from common import mailbox


def survey(link, token: str, survey, to: str, *, again: bool) -> None:
    """The link by which somebody says how they are; it goes to their own address, since the school's has ended."""
    sender = sender_of(link.school_id)
    context = {
        "user": link.user, "sender": sender, "link": link, "address": address_of(token), "survey": survey,
        "again": again,
    }  # fmt: skip
    with translation.override(language_for(link.user, sender)):
        subject, text, html = (
            render_to_string(f"outcomes/email/survey{part}", context) for part in ("_subject.txt", ".txt", ".html")
        )
    mailbox.post(
        to=to, person=link.user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(),
        key=f"link:{link.pk}",
    )  # fmt: skip
