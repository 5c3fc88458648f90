"""From words and their marks to a line of Markdown."""

import re
from itertools import groupby

from coedit.markdown.reading import read_inline
from coedit.schema import safe_href
from coedit.tree import Node, Words

_SPECIAL = re.compile(r"[`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\\(?=[!-/:-@\[-`{-~]|\s*$)")
_SIGNS = {"bold": "**", "italic": "*", "strike": "~~"}
_SAID = ("link", *_SIGNS, "code")


def words_to_markdown(children) -> str:
    """The words with their marks; without, where Markdown could not say them (bold that ends inside a word)."""
    children = [_sayable(child) for child in children]
    marked = _line(children)
    if _seen(read_inline(marked)) == _seen(children):
        return marked
    return _line([_bare(child) for child in children])


def _sayable(child):
    """Words with only those marks that Markdown has."""
    return (
        Words(_joined_runs((text, _said(marks)) for text, marks in child.runs)) if isinstance(child, Words) else child
    )


def _said(marks):
    href = safe_href(marks.get("link", {}).get("href"))
    unsaid = () if href and not set(href) & set("<>\\`") else ("link",)
    return {name: value for name, value in marks.items() if name in _SAID and name not in unsaid}


def _bare(child):
    return Words([(child.plain, {})]) if isinstance(child, Words) else child


def _joined_runs(runs):
    joined: list = []
    for text, marks in runs:
        if joined and joined[-1][1] == marks:
            joined[-1] = (joined[-1][0] + text, marks)
        else:
            joined.append((text, marks))
    return joined


def _line(children):
    return "".join("\n" if isinstance(child, Node) else _marked(child.runs, _SAID[:-1]) for child in children)


def _seen(children):
    """Every letter with its marks."""
    return [
        (letter, tuple(sorted(marks)))
        for child in children
        if isinstance(child, Words)
        for text, marks in child.runs
        for letter in text
        if not letter.isspace()
    ]


def _marked(runs, names) -> str:
    if not names:
        return "".join(_plain(text, marks) for text, marks in runs)
    name, *rest = names
    groups = groupby(runs, key=lambda run: run[1].get(name))
    return "".join(_wrap(name, value, _marked(list(group), rest)) for value, group in groups)


def _wrap(name, value, inner):
    """Signs stand against the words: spaces at the edges move out."""
    core = inner.strip()
    if value is None or not core:
        return inner
    before, after = inner[: inner.index(core)], inner[inner.index(core) + len(core) :]
    if name != "link":
        return f"{before}{_SIGNS[name]}{core}{_SIGNS[name]}{after}"
    href = safe_href(value.get("href"))
    return f"{before}[{core}]({f'<{href}>' if set(href) & set('()') else href}){after}"


def _plain(text, marks):
    text = re.sub(r"[\r\n]", " ", text)
    return _code(text) if "code" in marks and text.strip() else _SPECIAL.sub(r"\\\g<0>", text)


def _code(text):
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"
