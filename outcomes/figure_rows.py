"""The lines of a figure's tables as HTML, for the reason of outcomes/rows.py. What is not ours is escaped."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def cohorts(lines: list[dict]) -> SafeString:
    """Of a figure over its cohorts (outcomes/series.py)."""
    words = _words()
    return mark_safe("".join(_cohort(one, words) for one in lines))  # noqa: S308 (escaped here)


def groups(lines: list[dict], amount: str = "") -> SafeString:
    """Of a cut, each with its bar; `amount` is what the figure measures besides."""
    words = _words() | {"amount": escape(amount)}
    return mark_safe("".join(_group(one, words) for one in lines))  # noqa: S308 (escaped here)


def _words() -> dict[str, str]:
    """Said once, not in every line."""
    found = {
        "cohort": _("Cohort"), "group": _("Group"), "share": _("Share"), "reach": _("Interval"), "n": _("Students"),
        "unknown": _("Not known"), "disadvantaged": _("Disadvantaged"), "peers": _("Peers"),
        "gap": _("Gap in points"), "few": _("too few students to be shown"), "hidden": _("not shown"),
    }  # fmt: skip
    return {name: escape(said) for name, said in found.items()}


def _cohort(one, words) -> str:
    head = f'<tr><th scope="row" data-label="{words["cohort"]}">{escape(one["name"])}</th>'
    if one["is_hidden"]:
        few = f'<span class="meta">{words["few"]}</span>'
        return f'{head}<td colspan="8" data-label="{words["share"]}" data-wide>{few}</td></tr>'
    sides = zip(("disadvantaged", "peers"), one["sides"], strict=True)
    gap = f"<strong>{one['gap']}</strong>" if one["is_clear"] else one["gap"]
    return (
        f"{head}{_counts(one, words)}{''.join(_number(words[name], side) for name, side in sides)}"
        f"{_number(words['gap'], gap)}{_number(words['reach'], one['gap_reach'])}</tr>"
    )


def _group(one, words) -> str:
    head = f'<tr><th scope="row" data-label="{words["group"]}">{escape(one["group"])}</th>'
    if one["is_hidden"]:
        few, wide = f'<span class="meta">{words["hidden"]}</span>', 6 if words["amount"] else 5
        return f'{head}<td colspan="{wide}" data-label="{words["share"]}" data-wide>{few}</td></tr>'
    amount = _number(words["amount"], one["amount"]) if words["amount"] else ""
    bar = f'<td class="split__bar" data-label="" data-wide>{one.get("bar", "")}</td>'
    return f"{head}{bar}{_counts(one, words)}{amount}</tr>"


def _counts(one, words) -> str:
    return (
        f'<td class="number" data-label="{words["share"]}"><strong>{one["share"] or "–"}</strong></td>'
        f"{_number(words['reach'], one['reach'])}"
        f'<td class="number" data-label="{words["n"]}">{one["n"]}</td>'
        f'<td class="number" data-label="{words["unknown"]}">{one["unknown"]}</td>'
    )


def _number(label, said) -> str:
    return f'<td class="number" data-label="{label}">{said or "–"}</td>'
