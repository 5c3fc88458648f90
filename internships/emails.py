"""What this room writes to people outside the school, each in their own language."""

from django.template.loader import render_to_string
from django.utils import translation

from accounts.links import address_of
from accounts.senders import language_for, sender_of
from common import mailbox


def agreement(link, token: str, form) -> None:
    """The link that opens one form of an agreement."""
    _post("agreement", link, token, form=form, placement=form.placement)


def week(link, token: str, placement, monday) -> None:
    """The link that confirms one week on site."""
    _post("week", link, token, placement=placement, monday=monday)


def feedback(link, token: str, placement, stage) -> None:
    """The link that opens the mentor's feedback."""
    _post("feedback", link, token, placement=placement, stage=stage)


def shadow(link, token: str, pursuit, shadow_day) -> None:
    """The link by which a host permits a shadow day, and says after it whether the student may come."""
    _post("shadow", link, token, pursuit=pursuit, shadow=shadow_day)


def _post(name, link, token, **facts):
    sender = sender_of(link.school_id)
    context = {"user": link.user, "sender": sender, "link": link, "address": address_of(token), **facts}
    with translation.override(language_for(link.user, sender)):
        subject = render_to_string(f"internships/email/{name}_subject.txt", context)
        text = render_to_string(f"internships/email/{name}.txt", context)
        html = render_to_string(f"internships/email/{name}.html", context)
    mailbox.post(
        to=link.user.email, person=link.user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(),
        key=f"link:{link.pk}",
    )  # fmt: skip
