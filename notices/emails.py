"""What notices say by e-mail: plain and short, since e-mail is not private."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import User
from notices.models import Notice
from schools.models import School

# A digest is read on a phone between two things: what is more is on the page of notices.
MOST_LINES = 20


@dataclass(frozen=True)
class Message:
    subject: str
    text: str
    html: str


def language_of(user: User, school: School | None) -> str:
    return user.language or (school.language if school else settings.LANGUAGE_CODE)


def one(notice: Notice, user: User, school: School | None) -> Message:
    """One thing, told at once."""
    with translation.override(language_of(user, school)):
        return _message("notice", notice.title, user, school, notices=[notice])


def digest(notices: Sequence[Notice], user: User, school: School | None) -> Message:
    """What is new, the urgent first, each with its link."""
    ordered = sorted(notices, key=lambda notice: (not notice.is_urgent, notice.last_at))
    with translation.override(language_of(user, school)):
        subject = ngettext("%(n)d thing is new for you", "%(n)d things are new for you", len(ordered)) % {
            "n": len(ordered)
        }
        more = max(0, len(ordered) - MOST_LINES)
        return _message("digest", subject, user, school, notices=ordered[:MOST_LINES], more=more)


def _message(name, subject, user, school, **facts) -> Message:
    context = {
        "subject": subject, "user": user, "school": school, "site": settings.SITE_URL,
        "all_notices": settings.SITE_URL + reverse("notices:index"),
        "settings": settings.SITE_URL + reverse("notices:settings"), **facts,
    }  # fmt: skip
    text = render_to_string(f"notices/email/{name}.txt", context)
    html = render_to_string(f"notices/email/{name}.html", context)
    return Message(" ".join(subject.split()), text.strip(), html.strip())
