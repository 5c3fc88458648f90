"""The secrets of one-purpose links: long tokens for e-mail, short codes for paper."""

import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

# No vowels and no look-alikes: a printed code spells no word and is read aloud without doubt.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"
CODE_LENGTH = 12
GROUP = 4


def new_token() -> str:
    """For an address in an e-mail."""
    return secrets.token_urlsafe(32)


def new_seed() -> str:
    """What is stored for a letter; without the site's secret key it leads to no code."""
    return secrets.token_hex(16)


def code_from(seed: str) -> str:
    """The code that a letter prints, the same each time: 57 bits. Guessing is limited where it is typed."""
    number = int.from_bytes(salted_hmac("accounts.code", seed, algorithm="sha256").digest(), "big")
    letters = []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[rest])
    return "".join(letters)


def tidy(typed: str) -> str:
    """A code as people type it, without dashes, spaces and small letters."""
    return re.sub(r"[\W_]", "", typed).upper()


def grouped(code: str) -> str:
    """A code as it is printed and read aloud: BCDF-GHJK-MNPQ."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def digest(secret: str) -> str:
    """What is stored of a token or a tidy code."""
    return hashlib.sha256(secret.encode()).hexdigest()
