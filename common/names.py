"""Names in any script, folded for searching."""

import unicodedata


def fold(text: str) -> str:
    """`text` without case, accents and doubled spaces: "Núñez  O'Brien" and "nunez o'brien" are found alike."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
