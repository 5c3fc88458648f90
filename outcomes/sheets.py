"""What pages, CSV, PDF and snapshots show: figures with their words, and the tables of their cohorts.

Read from the tables as they are kept, or from a snapshot; whatever shows them cannot tell which.
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.prepared import Prepared
from outcomes import cuts, figures, tables
from outcomes.cuts import Cut
from outcomes.figure import Amount, Figure, Stage
from outcomes.models import FigureTable, Held
from outcomes.places import Place
from outcomes.suppression import THRESHOLD

_SEASON = re.compile(r"(\d{4})-([123])")


@dataclass(frozen=True)
class About:
    """The words of a figure."""

    key: str
    stage: str
    topic: str
    name: str
    definition: str
    source: str
    denominator: str
    less_is_better: bool = False
    amount: Amount | None = None
    counts_up: bool = False

    @classmethod
    def of(cls, figure: Figure) -> "About":
        words = (figure.topic, figure.name, figure.definition, figure.source, figure.denominator)
        amount = figure.amount and Amount(str(figure.amount.label), str(figure.amount.read_as))
        return cls(figure.key, str(figure.stage), *map(str, words), figure.less_is_better, amount, figure.counts_up)

    @classmethod
    def kept(cls, said: dict) -> "About":
        return cls(**said | {"amount": said["amount"] and Amount(**said["amount"])})


class Row(NamedTuple):
    """One figure of one cohort; `kept` is a table as it is kept, or the head of one."""

    figure: str
    cohort: str
    name: str
    kept: dict
    published_on: datetime.date | None


@dataclass
class Sheets:
    about: dict[str, About]
    rows: list[Row]
    # Names of groups by cut and key.
    names: dict[str, dict[str, str]]

    @cached_property
    def by_figure(self) -> dict[str, dict[str, Row]]:
        """Figures in their order; their rows by cohort."""
        found: dict[str, dict[str, Row]] = {key: {} for key in self.about}
        for row in self.rows:
            found[row.figure][row.cohort] = row
        return {key: rows for key, rows in found.items() if rows}

    @cached_property
    def published_on(self) -> datetime.date | None:
        return max((row.published_on for row in self.rows if row.published_on), default=None)

    def cohorts(self, stage: str, figure: str = "") -> dict[str, str]:
        """Names by key, the latest first; of one figure where it is named."""
        found = {
            row.cohort: row.name
            for row in self.rows
            if self.about[row.figure].stage == stage and figure in ("", row.figure)
        }
        return {key: found[key] for key in sorted(found, reverse=True)}

    def shown(self, row: Row, only: Collection[str] | None = None) -> tables.Shown:
        """With the names that groups had when the sheets were made; of all cuts, or of `only` some."""
        kept = row.kept
        if only is not None:
            kept = kept | {"cuts": {cut: groups for cut, groups in kept["cuts"].items() if cut in only}}
        return tables.shown(kept, self.names)


# As they are kept now --------------------------------------------------------------------------------------------


def heads(place: Place, *, small: bool = False) -> Sheets:
    """Of every figure and cohort the whole and the two sides of the gap."""
    return _read(place, "inner" if small else "head")


def whole(place: Place, *, figure: str = "", small: bool = False) -> Sheets:
    """Of every figure, or of one, every cohort with all of its cuts."""
    return _read(place, "counts" if small else "published", figure, _names(place))


def of_figure(
    place: Place, figure: str, choose: Callable[[Sheets], str], shows: Callable[[Row], Iterable[str]], *,
    small: bool = False,
) -> Sheets:  # fmt: skip
    """One figure: the heads of its cohorts, and of the cohort that is to `choose` among them all cuts. Groups have
    names where the page `shows` their cut: a network's schools are many."""
    found = _read(place, "inner" if small else "head", figure)
    if figure in found.about:
        cohort = choose(found)
        kept = _kept_once[place.kind, "counts" if small else "published"](
            of=place.whole.pk, figure=figure, cohort=cohort
        )
        whole = _sheets(kept, {}).rows
        found.rows = [row for row in found.rows if row.cohort != cohort] + whole
        found.names = _names(place) if {cut for row in whole for cut in shows(row)} & {Cut.ADVISORY, Cut.SCHOOL} else {}
    return found


def of_cohorts(place: Place, cohorts: list[str], *, small: bool = False) -> Sheets:
    """Of every figure, these cohorts with all of their cuts. `cohorts` are not none."""
    kept = _kept_of_cohorts[place.kind, "counts" if small else "published"]
    return _sheets(kept(of=place.whole.pk, cohorts=cohorts), _names(place))


def _read(place, column, figure="", names=None) -> Sheets:
    kept = _kept[place.kind, column]
    return _sheets(kept(of=place.whole.pk, keys=[figure] if figure else list(figures.FIGURES) or [""]), names)


def _sheets(found, names) -> Sheets:
    named: dict[tuple, str] = {}
    rows = []
    for key, cohort, name, table, published_on in found:
        if table is not None and key in figures.FIGURES:
            if (cohort, name) not in named:
                named[cohort, name] = cohort_name(cohort, name)
            rows.append(Row(key, cohort, named[cohort, name], table, published_on))
    used = {row.figure for row in rows}
    language = get_language()
    about = {key: _about(figure, language) for key, figure in figures.FIGURES.items() if key in used}
    return Sheets(about, rows, names or {})


@lru_cache(maxsize=1_000)
def _about(figure: Figure, _language) -> About:
    """Its words, looked up once in each language."""
    return About.of(figure)


def _tables(kind, column, **wanted):
    rows = FigureTable.objects.filter(**{kind: wanted.pop("of")}, **wanted).order_by()
    return rows.values_list("figure", "cohort", "cohort_name", column, "published_on")


def _prepared(kind, column) -> Prepared:
    return Prepared(lambda of, keys: _tables(kind, column, of=of, figure__in=keys))


def _prepared_once(kind, column) -> Prepared:
    return Prepared(lambda of, figure, cohort: _tables(kind, column, of=of, figure=figure, cohort=cohort))


def _prepared_of_cohorts(kind, column) -> Prepared:
    return Prepared(lambda of, cohorts: _tables(kind, column, of=of, cohort__in=cohorts))


_kept = {
    (kind, column): _prepared(kind, column)
    for kind in ("school", "network")
    for column in ("head", "inner", "published", "counts")
}
_whole = [(kind, column) for kind in ("school", "network") for column in ("published", "counts")]
_kept_of_cohorts = {one: _prepared_of_cohorts(*one) for one in _whole}
_kept_once = {one: _prepared_once(*one) for one in _whole}


def _names(place) -> dict[str, dict[str, str]]:
    found = {cut: {key: str(name) for key, name in groups.items()} for cut, groups in cuts.GROUPS.items()}
    if place.school:
        found[Cut.ADVISORY] = cuts.labels(place.school)
    else:
        found[Cut.SCHOOL] = {str(pk): name for pk, name in place.network.schools.values_list("pk", "name")}
    return found


def threshold(place: Place) -> int:
    return next(iter(_thresholds(school=place.school.pk)), THRESHOLD) if place.school else THRESHOLD


_thresholds = Prepared(lambda school: Held.objects.filter(school=school).values_list("threshold", flat=True))


def cohort_name(key: str, name: str) -> str:
    """Of a term, the name that the school gave it; of a class, and of a network's terms, in the reader's language."""
    if key.isdigit():
        return _("Class of %(year)s") % {"year": key}
    if season := _SEASON.fullmatch(key):
        year, third = season.groups()
        words = {"1": _("Terms from January %(year)s"), "2": _("Terms from April %(year)s"),
                 "3": _("Terms from August %(year)s")}  # fmt: skip
        return words[third] % {"year": year}
    return name


def short_name(key: str, name: str) -> str:
    """For the foot of a chart."""
    if key.isdigit():
        return key
    if season := _SEASON.fullmatch(key):
        year, third = season.groups()
        return {"1": _("Jan %(year)s"), "2": _("Apr %(year)s"), "3": _("Aug %(year)s")}[third] % {"year": year}
    return name


# As they are frozen ----------------------------------------------------------------------------------------------


def freeze(place: Place, sheets: Sheets) -> dict:
    """Everything that is needed to show them again, whatever is renamed or counted anew since."""
    return {
        "of": str(place),
        "paper": paper(place),
        "threshold": threshold(place),
        "about": [asdict(about) for about in sheets.about.values()],
        "names": sheets.names,
        "cuts": {str(cut): str(cut.label) for cut in Cut},
        "rows": [
            [row.figure, row.cohort, row.name, row.kept, row.published_on and row.published_on.isoformat()]
            for row in sheets.rows
        ],
    }


def thaw(content: dict) -> Sheets:
    about = {said["key"]: About.kept(said) for said in content["about"]}
    rows = [Row(*row[:4], row[4] and datetime.date.fromisoformat(row[4])) for row in content["rows"]]
    return Sheets(about, rows, content["names"])


def paper(place: Place) -> str:
    """What a PDF is printed on: Letter in the United States, A4 elsewhere."""
    schools = [place.school] if place.school else place.network.schools.all()
    return "letter" if {school.system for school in schools} <= {"us"} else "A4"


def default_cohort(stage: str, known: Iterable[str], today: datetime.date) -> str | None:
    """The latest term; of classes the latest whose school year is over, since of the one that leaves now only those
    have left who stopped early."""
    found = list(known)
    if stage == Stage.AFTER:
        return next((key for key in found if datetime.date(int(key), 8, 31) < today), next(iter(found), None))
    return next(iter(found), None)
