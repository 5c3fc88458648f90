"""The key with which a browser locks away words that are not sent yet: each person's own, gone with their password."""

import base64

from django.utils.crypto import salted_hmac


def key_of(user) -> str:
    """32 bytes in base64, the same each time for the same person and password."""
    mac = salted_hmac("coedit.kept-words", f"{user.pk}:{user.password[-16:]}", algorithm="sha256")
    return base64.b64encode(mac.digest()).decode()
