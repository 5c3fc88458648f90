"""How shares, differences and their intervals are written."""

from django.utils.translation import gettext as _

from outcomes.intervals import Difference, Share


def percent(value: float) -> str:
    return f"{value:.0%}"


def reach(share: Share) -> str:
    """The interval of a share: "51–72%"."""
    return f"{share.low * 100:.0f}–{share.high:.0%}"


def points(value: float) -> str:
    """A difference in percentage points, with its sign: "+12", "−3"."""
    rounded = round(value * 100)
    return "0" if rounded == 0 else f"{rounded:+d}".replace("-", "−")


def points_reach(difference: Difference) -> str:
    ends = {"low": _end(difference.low, difference.is_clear), "high": _end(difference.high, difference.is_clear)}
    return _("%(low)s to %(high)s") % ends


def _end(value: float, is_clear: bool) -> str:
    """An interval that leaves out zero does not seem to hold it because it was rounded."""
    said = points(value)
    return f"{100 * value:+.1f}".replace("-", "−") if is_clear and said == "0" else said
