"""The lines of the list of leavers as HTML, for the reason of outcomes/rows.py. What is not ours is escaped."""

import datetime
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.addresses import address
from common.templatetags.quick import date
from outcomes.known import last_said
from outcomes.models import Destination, Leaver

_DAY = datetime.timedelta(days=1)


class Row(NamedTuple):
    """`last` is what was said last of them, by the names of its fields."""

    student: int
    given: str
    preferred: str
    family: str
    advisory: str | None
    class_of: int
    left_on: datetime.date
    how: str
    is_known: bool
    last: dict | None


def read(leavers):
    """Of those with their last word (outcomes/known.py), what a Row holds."""
    return leavers.annotate(last=last_said("kind", "level", "what", "where", "said_on", "source")).values_list(
        "student", "student__user__given_name", "student__user__preferred_name", "student__user__family_name",
        "advisory__name", "class_of", "left_on", "how", "is_known", "last",
    )  # fmt: skip


def body(rows: list[tuple]) -> SafeString:
    words = _words()
    return mark_safe("".join(_row(Row(*row), words) for row in rows))  # noqa: S308 (escaped here)


def _words() -> dict:
    """Said once, not in every line."""
    heads = {
        "name": _("Name"), "class": _("Class of"), "how": _("How they left"), "last": _("What is known last"),
        "as_of": _("As of"), "source": _("Who says so"), "not_known": _("not known"),
    }  # fmt: skip
    kinds = {value: capfirst(str(label)) for value, label in Destination.Kind.choices}
    choices = [*kinds.items(), *Destination.Level.choices, *Destination.Source.choices]
    # Kinds, levels and sources have no key in common; how somebody left has ("not_known").
    found = heads | {f"said {value}": label for value, label in choices}
    found |= {f"left {value}": label for value, label in Leaver.How.choices}
    return {name: escape(str(said)) for name, said in found.items()}


def _row(row: Row, words) -> str:
    name = f"{row.preferred or row.given} {row.family}".strip()
    advisory = f'<div class="meta">{escape(row.advisory)}</div>' if row.advisory else ""
    badge = "" if row.is_known else f'<span class="badge badge--warn">{words["not_known"]}</span> '
    last = row.last
    said = _said(last, words) if last else "–" if row.is_known else ""
    as_of = _short(datetime.date.fromisoformat(last["said_on"])) if last else "–"
    return (
        f'<tr><th scope="row" data-label="{words["name"]}">'
        f'<a href="{address("outcomes:destinations", row.student)}">{escape(name)}</a>{advisory}</th>'
        f'<td data-label="{words["class"]}">{row.class_of}</td>'
        f'<td data-label="{words["how"]}">{words["left " + row.how]}'
        f'<div class="meta">{_short(row.left_on - _DAY)}</div></td>'
        f'<td data-label="{words["last"]}" data-wide>{badge}{said}</td>'
        f'<td data-label="{words["as_of"]}">{as_of}</td>'
        f'<td data-label="{words["source"]}">{words["said " + last["source"]] if last else "–"}</td></tr>'
    )


def _short(day: datetime.date) -> str:
    return escape(date(day, "SHORT_DATE_FORMAT"))


def _said(last: dict, words) -> str:
    """As outcomes/_said.html."""
    level = f", {words['said ' + last['level']]}" if last["level"] else ""
    what = f": {escape(last['what'])}" if last["what"] else ""
    where = f"{',' if what else ':'} {escape(last['where'])}" if last["where"] else ""
    return f"<strong>{words['said ' + last['kind']]}</strong>{level}{what}{where}"
