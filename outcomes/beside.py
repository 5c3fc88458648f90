"""What the network has published of itself, to stand beside a school's own figures with where it comes from.

These are other people's numbers: of many schools together, over many years, counted in their way.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SOURCE = _("Innovation Unit's article on Big Picture Learning in the USA")


@dataclass(frozen=True)
class Beside:
    """A share as it was published, from `low` to `high`; None where it says no more than "more than"."""

    low: float
    high: float | None
    words: str

    @property
    def in_numbers(self) -> str:
        if self.high is None:
            return str(_("more than one third"))
        if self.low == self.high:
            return f"{self.low:.0%}"
        return f"{self.low * 100:.0f}–{self.high:.0%}"


# By figure.
FIGURES = {
    "accepted": Beside(0.95, 1.0, _("of graduates are accepted at college")),
    "enrolled_first_autumn": Beside(0.70, 0.97, _("take up a place, each year since 2006")),
    "job_through_internship": Beside(
        0.74, 0.74, _("of those who go straight to work are employed through an internship")
    ),
}
DISADVANTAGED = Beside(0.62, 0.74, _("of students are from low-income families"))
ABSENT = Beside(1 / 3, None, _("of students have an absent father"))
