"""What changed between two versions of a plan, both as one person may see them: words by word, items by item."""

import datetime
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coedit.difference import difference_html
from coedit.document import load
from coedit.models import Text
from coedit.words import differences
from common.shipped import in_my_language
from plans.models import OwnGoal, WorkItem

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# Said in one piece: not letters of it have changed, but all.
_WHOLE = ("from", "until", "state")
_FIELDS = ("title", "resources", "when", "from", "until", "shows", "evidence", "state")


@dataclass(frozen=True)
class Field:
    label: str
    html: str


@dataclass(frozen=True)
class Change:
    """One section, item or own goal that differs. `words` is its text with what came and went marked."""

    kind: str
    title: str
    words: str = ""
    fields: tuple[Field, ...] = ()


@dataclass
class Changes:
    sections: list[Change] = field(default_factory=list)
    items: list[Change] = field(default_factory=list)
    goals: list[Change] = field(default_factory=list)
    order_before: list[str] = field(default_factory=list)
    order_after: list[str] = field(default_factory=list)

    def __bool__(self):
        return bool(self.sections or self.items or self.goals or self.has_new_order)

    @property
    def has_new_order(self) -> bool:
        return self.order_before != self.order_after


def compare(old: dict, new: dict, texts=None) -> Changes:
    """`old` and `new` are what plans/content.py's `visible` answers. `texts(before, after)` answers the words of two
    states of one part as HTML; from the texts' own log where nothing else is given."""
    texts = texts or words_between
    return Changes(
        sections=list(_changes(old["sections"], new["sections"], "key", lambda a, b: _section(a, b, texts))),
        items=list(_changes(old["items"], new["items"], "id", lambda a, b: _item(a, b, texts))),
        goals=list(_changes(old["goals"], new["goals"], "id", _goal)),
        **_order(old["items"], new["items"]),
    )


def _changes(olds, news, key, one):
    before = {row[key]: row for row in olds}
    after = {row[key] for row in news}
    for row in news:
        if change := one(before.get(row[key]), row):
            yield change
    for row in olds:
        if row[key] not in after:
            yield Change(
                REMOVED, in_my_language(row.get("title") or row["words"]), words=_whole(row.get("html", ""), "del")
            )


def _section(before, after, texts):
    if before is None:
        return Change(ADDED, in_my_language(after["title"]), _whole(after["html"], "ins"))
    if before["html"] == after["html"]:
        return None
    return Change(CHANGED, in_my_language(after["title"]), texts(before, after))


def _item(before, after, texts):
    if before is None:
        return Change(ADDED, after["title"], _whole(after["html"], "ins"), _filled(after))
    fields = tuple(_differing(before, after))
    words = texts(before, after) if before["html"] != after["html"] else ""
    return Change(CHANGED, after["title"], words, fields) if words or fields else None


def _differing(before, after):
    for name in _FIELDS:
        if before[name] != after[name]:
            show = whole_html if name in _WHOLE else words_html
            yield Field(_label(name), show(_said(name, before[name]), _said(name, after[name])))
    if before["goals"] != after["goals"]:
        yield Field(_("Learning goals"), words_html(_goals(before), _goals(after)))


def _filled(item):
    fields = [
        Field(_label(name), _whole(escape(_said(name, item[name])), "ins")) for name in _FIELDS[1:-1] if item[name]
    ]
    goals = _goals(item)
    return (*fields, Field(_("Learning goals"), _whole(escape(goals), "ins"))) if goals else tuple(fields)


def _goal(before, after):
    if before is None:
        return Change(ADDED, after["words"], _whole(escape(after["why"]), "ins"))
    names = [name for name in ("words", "why", "state") if before[name] != after[name]]
    labels = {"words": _("The goal"), "why": _("Why"), "state": _("State")}
    fields = [
        Field(labels[name], words_html(_said_of_goal(name, before[name]), _said_of_goal(name, after[name])))
        for name in names
    ]
    return Change(CHANGED, after["words"], fields=tuple(fields)) if fields else None


def _order(olds, news):
    """The titles in both orders, of the items that are in both: new and gone ones are told apart already."""
    both = {row["id"] for row in olds} & {row["id"] for row in news}
    titles = {row["id"]: row["title"] for row in news}
    before, after = ([titles[row["id"]] for row in rows if row["id"] in both] for rows in (olds, news))
    return {"order_before": before, "order_after": after}


def _label(name) -> str:
    if name in ("from", "until"):
        name += "_on"
    return capfirst(WorkItem._meta.get_field(name).verbose_name)


def _said(name, value) -> str:
    if name in ("from", "until") and value:
        return date_format(datetime.date.fromisoformat(value))
    return str(WorkItem.State(value).label) if name == "state" else value or ""


def _said_of_goal(name, value) -> str:
    return str(OwnGoal.State(value).label) if name == "state" else value


def _goals(item) -> str:
    return "\n".join(f"{_goal_name(goal)}: {goal['how']}".removesuffix(": ") for goal in item["goals"])


def _goal_name(goal) -> str:
    return goal["name"] if goal["own"] else in_my_language(goal["name"])


def whole_html(old: str, new: str) -> str:
    parts = [format_html(f"<{tag}>{{}}</{tag}>", said) for tag, said in (("del", old), ("ins", new)) if said]
    return mark_safe(" ".join(parts))  # noqa: S308 (every part is escaped)


def words_html(old: str, new: str) -> str:
    """Plain words with what came and went marked."""
    parts = []
    for kind, i1, i2, j1, j2 in differences(old, new):
        if kind == "equal":
            parts.append(escape(new[j1:j2]))
            continue
        parts += [
            f"<{tag}>{escape(words)}</{tag}>" for tag, words in (("del", old[i1:i2]), ("ins", new[j1:j2])) if words
        ]
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 (all words are escaped)


def _whole(html, tag):
    return mark_safe(f'<{tag} class="block">{html}</{tag}>') if html else ""  # noqa: S308 (rendered from the schema)


def words_between(before: dict, after: dict) -> str:
    """A text's words between two of its states, from its log. Where words were erased, what is there has no marks."""
    if before["text"] != after["text"] or not Text.objects.living().filter(pk=after["text"]).exists():
        now = mark_safe(after["html"])  # noqa: S308 (rendered from the schema)
        return format_html("<p>{}</p>{}", _("Earlier words were erased."), now)
    old, new = (load(row["text"], up_to=row["update"]).tree() for row in (before, after))
    return mark_safe(difference_html(old, new))  # noqa: S308 (rendered from the schema)
