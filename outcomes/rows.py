"""The lines of the dashboard's tables and of lists of students as HTML. A template of a thousand pieces costs a page
more than everything that the database does for it, so they are written here; every word that is not ours is escaped.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from outcomes.board import Line, Part


def body(part: Part, of_group: bool = False) -> SafeString:
    """The bodies of a part's table, one for each topic; `of_group` where the dashboard is read for one group."""
    words = _words() | {"of_group": of_group}
    topics = (
        f'<tbody><tr class="figures__topic"><th colspan="7" scope="rowgroup">{escape(topic)}</th></tr>'
        f"{''.join(_row(line, words) for line in lines)}</tbody>"
        for topic, lines in part.topics
    )
    return mark_safe("".join(topics))  # noqa: S308 (escaped here)


def people(found: list[tuple[str, str, str]]) -> SafeString:
    """Those on a list: name, address, and why they are on it."""
    lines = (
        f'<li class="rows__item"><div><a class="rows__title" href="{url}">{escape(name)}</a>'
        f'<div class="meta">{escape(why)}</div></div></li>'
        for name, url, why in found
    )
    return mark_safe("".join(lines))  # noqa: S308 (escaped here)


def people_to_write_of(found: list[tuple[str, str, str]], writes: bool) -> SafeString:
    """Names, addresses and what there is to say of each; where one `writes`, with a way to write down what is known."""
    to_write = escape(_("Write down what is known"))
    lines = (_person(escape(name), url, escape(said), to_write if writes else "") for name, url, said in found)
    return mark_safe("".join(lines))  # noqa: S308 (escaped here)


def _person(name, url, said, to_write) -> str:
    more = f'<span class="meta">{said}</span>' if said else ""
    more += f'<a href="{url}">{to_write}<span class="visually-hidden">: {name}</span></a>' if to_write else ""
    return f'<li class="rows__item"><a class="rows__title" href="{url}">{name}</a>{more}</li>'


def _words() -> dict[str, str]:
    """Said once, not in every line."""
    found = {
        "figure": _("Figure"), "share": _("Share"), "students": _("Students"), "unknown": _("Not known"),
        "change": _("Since before"), "gap": _("Gap in points"), "trend": _("Trend"), "worse": _("worse"),
        "better": _("better"), "clear": _("clear"), "hidden": _("not shown"), "unheard": _("not known"),
        "few": _("too few students to be shown"), "all": _("Everybody"),
    }  # fmt: skip
    return {name: escape(said) for name, said in found.items()}


def _row(line: Line, words) -> str:
    head = f'<tr><th scope="row" data-label="{words["figure"]}">{line.link}</th>'
    trend = f'<td data-label="{words["trend"]}">{line.spark}</td></tr>'
    if line.is_hidden:
        few = f'<span class="meta">{words["few"]}</span>'
        return f'{head}<td colspan="5" data-label="{words["share"]}" data-wide>{few}</td>{trend}'
    cells = line.cells
    return (
        f'{head}<td data-label="{words["share"]}"><strong>{cells["share"] or "–"}</strong>'
        f' <span class="meta">{cells["reach"] or ""}</span></td>'
        f'<td class="number" data-label="{words["students"]}">{cells["n"]}</td>'
        f'<td class="number" data-label="{words["unknown"]}">{_unknown(line)}</td>'
        f'<td data-label="{words["change"]}">{_change(line, words)}</td>'
        f"{_of_all(cells, words) if words['of_group'] else _gap(line, words)}{trend}"
    )


def _unknown(line) -> str:
    if line.unknown and line.unknown_url:
        return f'<a href="{escape(line.unknown_url)}">{line.unknown}</a>'
    return f"{line.unknown}"


def _change(line, words) -> str:
    said = line.cells["change"] or "–"
    if line.is_worse:
        return f'{said} <span class="badge badge--warn">{words["worse"]}</span>'
    return f'{said} <span class="badge badge--ok">{words["better"]}</span>' if line.is_better else said


def _of_all(cells, words) -> str:
    reach = f' <span class="meta">{cells["of_all_reach"] or ""}</span>'
    return f'<td data-label="{words["all"]}">{cells["of_all"] or "–"}{reach}</td>'


def _gap(line, words) -> str:
    return f'<td data-label="{words["gap"]}">{_gap_in_words(line, words)}</td>'


def _gap_in_words(line, words) -> str:
    if line.gap is None:
        return f'<span class="meta">{words["unheard"] if line.shown.lacks_answers else words["hidden"]}</span>'
    said = f'<strong>{line.cells["gap"]}</strong> <span class="meta">{escape(line.cells["gap_reach"])}</span>'
    if not line.has_clear_gap:
        return said
    return f'{said} <span class="badge badge--{"warn" if line.is_behind else "info"}">{words["clear"]}</span>'
