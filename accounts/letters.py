"""A printed letter with a code, for whoever has no e-mail: what stands on it. templates/accounts/letter.html shows it.

Whoever prints has passed their own room's door and writes down that they did: a code lets its reader in.
"""

import base64
import io
from dataclasses import dataclass

import qrcode
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from accounts.codes import grouped
from accounts.links import absolute
from accounts.models import Link
from accounts.senders import Sender, language_for, sender_of


@dataclass(frozen=True)
class Letter:
    link: Link
    sender: Sender
    code: str
    address: str
    qr: str
    language: str

    @property
    def is_printable(self) -> bool:
        """False for an e-mail's link, and for an old letter once the site's secret key has changed."""
        return bool(self.code)


def letter_for(link: Link, sender: Sender | None = None) -> Letter:
    """`sender` saves looking the school up again for each of many letters."""
    sender = sender or sender_of(link.school_id)
    address = absolute(reverse("accounts:join"))
    return Letter(
        link=link,
        sender=sender,
        code=grouped(link.code),
        address=address,
        qr=qr(f"{address}?code={link.code}"),
        language=language_for(link.user, sender),
    )


def qr(text: str) -> str:
    """A picture of `text` for phones, as the address of an image: it needs no file and no inline style."""
    drawn = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=2).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
