"""What a figure is: a question that is answered of each student of a cohort with yes, no, or that it is not known."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.models import School


class Stage(models.TextChoices):
    HERE = "here", _("While here")
    AFTER = "after", _("Afterwards")


class Said(NamedTuple):
    """What a figure says of one student. `counts` is None where it is not known. `part` of `of` is what it measures
    besides (hours reached of hours wanted, days since of one); nothing where it measures nothing."""

    counts: bool | None
    part: float = 0
    of: float = 0


class As(models.TextChoices):
    """How the sum of a figure's `part` over its `of` is read."""

    SHARE = "share", _("share")
    MEAN = "mean", _("mean")


@dataclass(frozen=True)
class Amount:
    """What a figure measures besides: "hours on site, of those wanted" as a share, "days since" as a mean."""

    label: str
    read_as: As


@dataclass(frozen=True)
class Figure:
    """`say` takes the facts of a cohort (here.Facts or after.Facts) and answers for each student who belongs to the
    figure's denominator; whoever is not in its answer does not belong to it."""

    key: str
    stage: Stage
    # A heading of the dashboard; figures of one topic stand together.
    topic: str
    name: str
    # On the page itself, one click from the number: what counts, where it comes from, and of whom.
    definition: str
    source: str
    denominator: str
    say: Callable
    # The figure whose counted people are this one's denominator, or nearly (outcomes/suppression.py, rule 4).
    within: str = ""
    # Figures of the same people that tell of each other share a name here (who works is known): what one of them hides,
    # all hide (rule 6).
    family: str = ""
    less_is_better: bool = False
    # It counts up while time goes by (a meeting this term, a degree by now): what has just begun is not compared with
    # what is over.
    counts_up: bool = False
    amount: Amount | None = None
    systems: tuple[str, ...] = field(default=tuple(School.System))
