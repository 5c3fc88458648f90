"""How well an opportunity fits what a student cares about, and why: a rule that can be said to both in one sentence.

A tag that the two share counts three, a tag of one in the words of the other two. There is no more to it: who fits
nothing is shown too, after the others, since a place is found through people more often than through words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from common.names import fold
from internships.models import Opportunity
from students.models import Interest

SHARED_TAG, TAG_IN_WORDS = 3, 2


@dataclass(frozen=True)
class Fit:
    """`reasons` are sentences for the student, the strongest first; `tags` what they are about, for whoever advises."""

    score: int
    reasons: list[str]
    tags: list[str]


@dataclass(frozen=True)
class _Side:
    """Tags and words of one side, folded; a tag is found by what it is called there."""

    tags: dict[str, str]
    words: str


def fit(interests: Iterable[Interest], opportunity: Opportunity) -> Fit:
    """How `opportunity` (with its organisation) fits somebody who cares about `interests`."""
    mine, offered = _of_interests(interests), _of_opportunity(opportunity)
    both = [called for tag, called in mine.tags.items() if tag in offered.tags]
    theirs = [called for tag, called in mine.tags.items() if tag not in offered.tags and _holds(offered.words, tag)]
    in_words = [called for tag, called in offered.tags.items() if tag not in mine.tags and _holds(mine.words, tag)]
    sentences = (
        (both, _("You care about %(tags)s, and so do they.")),
        (theirs, _("You care about %(tags)s, which is part of it.")),
        (in_words, _("You wrote about %(tags)s, which they do.")),
    )
    return Fit(
        SHARED_TAG * len(both) + TAG_IN_WORDS * len(theirs + in_words),
        [sentence % {"tags": get_text_list(tags, _("and"))} for tags, sentence in sentences if tags],
        [*both, *theirs, *in_words],
    )


def _of_interests(interests) -> _Side:
    interests = list(interests)
    tags = {fold(tag): tag for interest in interests for tag in interest.tag_list}
    return _Side(tags, " ".join(interest.search for interest in interests))


def _of_opportunity(opportunity) -> _Side:
    place = opportunity.place
    tags = {fold(tag): tag for tag in [*place.tag_list, *opportunity.tag_list]}
    return _Side(tags, f"{opportunity.search} {fold(f'{place.name} {place.about} {place.tags}')}")


def _holds(words: str, tag: str) -> bool:
    """Whether `tag` stands in `words` as words of its own: "art" is not in "part"."""
    return re.search(rf"(?<!\w){re.escape(tag)}(?!\w)", words) is not None
