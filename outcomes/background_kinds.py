"""What a school may hold of its students' background, in words: what each kind is for, and what it says of somebody."""

from django.utils.translation import gettext as _

from outcomes import cuts
from outcomes.models import Background
from schools.models import School

Kind, Meals = Background.Kind, Background.Meals
# Values that belong to one system alone.
ELSEWHERE = {School.System.ENGLAND: {Meals.REDUCED}, School.System.UNITED_STATES: {Meals.PAST}}


def offered(kind: str, system: str) -> list[tuple[str, str]]:
    """The values of a kind in the school's system, with their words."""
    left_out = ELSEWHERE[system] if kind == Kind.MEALS else set()
    return [(value.value, str(value.label)) for value in Background.VALUES[kind] if value not in left_out]


def purpose(kind: str, system: str) -> str:
    """Why a school would hold this, and what it opens."""
    is_england = system == School.System.ENGLAND
    if kind == Kind.MEALS and is_england:
        return _(
            "Free meals now or in the past six years make somebody disadvantaged, as the Department for Education "
            "defines it. Whom it calls peers, the figures know only where care is held too."
        )
    if kind == Kind.MEALS:
        return _("Who is eligible for free or reduced-price meals counts as disadvantaged in every figure.")
    if kind == Kind.CARE and is_england:
        return _(
            "Who was looked after for a day or more, or left care by adoption or another order, counts as "
            "disadvantaged."
        )
    if kind == Kind.CARE:
        return _("For those who look after the student. In the United States it enters no figure.")
    return {
        Kind.ABSENT: _("Whether figures differ where the mother or father does not live in the household."),
        Kind.LANGUAGE: _("Whether figures differ for students who speak another language at home."),
        Kind.NEEDS: _("Whether figures differ for students with special educational needs."),
    }[kind]


def opens(kind: str, system: str) -> list[str]:
    return [str(cut.label) for cut in cuts.opened_by(kind, system)]


def counted_as(system: str, held: dict[str, str], kinds) -> tuple[str, str]:
    """How the figures count somebody of whom this is held (yes, no, or not recorded), and by which rule."""
    meals, care = held.get(Kind.MEALS), held.get(Kind.CARE)
    found = cuts.disadvantaged(system, meals, care)
    if system == School.System.ENGLAND:
        return found, _england(found, meals, kinds)
    return found, _united_states(found, kinds)


def _united_states(found, kinds) -> str:
    if found == cuts.YES:
        return _("Counts as disadvantaged: eligible for free or reduced-price meals.")
    if found == cuts.NO:
        return _("Counts among the peers: not eligible for free or reduced-price meals.")
    if Kind.MEALS not in kinds:
        return _("Counts as not recorded: the school does not hold who is eligible for meals.")
    return _("Counts as not recorded: nobody has written down whether they are eligible for meals.")


def _england(found, meals, kinds) -> str:
    if found == cuts.YES and meals in (Meals.FREE, Meals.PAST):
        return _("Counts as disadvantaged: free meals now or in the past six years.")
    if found == cuts.YES:
        return _("Counts as disadvantaged: was looked after, or left care by adoption or another order.")
    if found == cuts.NO:
        return _("Counts among the peers: no free meals in the past six years, and never in care.")
    if not {Kind.MEALS, Kind.CARE} <= set(kinds):
        return _("Counts as not recorded: the school does not hold both meals and care, and only both make a peer.")
    return _("Counts as not recorded: only meals and care together make a peer, and one of them is not written down.")
