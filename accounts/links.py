"""What one-purpose links are for. A room registers its purposes in AppConfig.ready:

    links.register("agreement", "internships:confirm_agreement")

The named page takes `link_id`, lies below /l/, and is behind `@for_link("agreement")` (accounts/access.py).
"""

from django.conf import settings
from django.urls import reverse

JOIN, ADDRESS = "join", "address"


_pages: dict[str, str] = {}


def register(purpose: str, page: str) -> None:
    """`page` is the name of the address whose page says what the link is for and has its one button or form."""
    _pages[purpose] = page


def page_of(link) -> str:
    return reverse(_pages[link.purpose], kwargs={"link_id": link.pk})


def absolute(path: str) -> str:
    """An address of this site as e-mails and letters print it."""
    return f"{settings.SITE_URL}{path}"


def address_of(token: str) -> str:
    """What an e-mail carries: opening it shows the link's page and does nothing."""
    return absolute(reverse("accounts:open", kwargs={"token": token}))
