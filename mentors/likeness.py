"""Organisations that are probably the same one, written another way."""

from difflib import SequenceMatcher

from common.names import fold

# What a firm's name may end with or leave out.
LEGAL_WORDS = frozenset(
    "ltd limited llc llp inc incorporated corp corporation co company plc cic the and sons gmbh".split()
)
ALIKE = 0.82


def likely(name: str, organisations) -> list:
    """Those of `organisations` (anything with a `name`) whose name is like `name`, the likeliest first."""
    wanted = bare(name)
    if not wanted:
        return []
    scored = [(_likeness(wanted, bare(organisation.name)), organisation) for organisation in organisations]
    alike = [pair for pair in scored if pair[0] >= ALIKE]
    return [organisation for _score, organisation in sorted(alike, key=lambda pair: -pair[0])]


def bare(name: str) -> str:
    """The words that tell a firm from another: "The Black-Stone Boats Co., Ltd." is "black stone boats"."""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(name))
    words = [word for word in plain.split() if word not in LEGAL_WORDS]
    return " ".join(words) or plain.strip()


def _likeness(wanted: str, other: str) -> float:
    if wanted.replace(" ", "") == other.replace(" ", "") or set(wanted.split()) == set(other.split()):
        return 1.0
    return SequenceMatcher(None, wanted, other).ratio()
