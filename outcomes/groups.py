"""Groups of the published cuts (an advisory, a grade, the disadvantaged students) for which a dashboard can be read."""

from collections.abc import Iterable
from typing import NamedTuple

from outcomes import tables
from outcomes.cuts import OTHERS, REFERENCE, Cut
from outcomes.sheets import Sheets

# Not those of a network's schools: they stand side by side on the page of a figure.
READ_FOR = [cut for cut in Cut if cut != Cut.SCHOOL]
# Whoever may see a student may see of which grade and advisory they are; not who they are at home.
LISTED = (Cut.GRADE, Cut.ADVISORY)


class Group(NamedTuple):
    """`cut_name` and `name` are words for the reader; `is_shown` where it is large enough in any figure."""

    cut: str
    key: str
    cut_name: str
    name: str
    is_shown: bool

    @property
    def address(self) -> str:
        return f"{self.cut}:{self.key}"

    @property
    def is_listed(self) -> bool:
        return self.cut in LISTED

    def __str__(self):
        return f"{self.cut_name}: {self.name}"


def split(address: str) -> tuple[str, str]:
    """The cut and the key that an address names."""
    cut, _colon, key = address.partition(":")
    return cut, _key(cut, key)


def _key(cut, key) -> str:
    """Of peers with the few not recorded, that of the peers: tables of one cohort may have the one or the other."""
    return REFERENCE[cut] if key == OTHERS and cut in REFERENCE else key


def in_cohorts(sheets: Sheets, cohorts: Iterable[str], cut_names: dict[str, str]) -> list[Group]:
    """Those of any figure of these cohorts, in the order of the cuts. `sheets` are whole."""
    is_shown: dict[tuple, bool] = {}
    for row in sheets.rows:
        for cut, groups in row.kept["cuts"].items() if row.cohort in cohorts else ():
            for key, count in groups.items():
                of = cut, _key(cut, key)
                is_shown[of] = is_shown.get(of, False) or count is not None
    return [
        Group(cut.value, key, cut_names.get(cut.value, cut.value), name, is_shown[cut, key])
        for cut in READ_FOR
        for key, name in tables.in_order(cut, [key for of, key in is_shown if of == cut], sheets.names.get(cut, {}))
    ]
