"""Reading a catalogue of translations (.po), and what can be wrong with one. bin/translate and the tests ask it."""

import ast
import gettext
import re
from dataclasses import dataclass, field
from pathlib import Path

# What must reach the translated sentence as it is: %(name)s, %s, %%, {name}, and the tags of HTML.
KEPT = re.compile(r"%\(\w+\)[-+#0-9.]*[a-z]|%[sd%]|\{\w*\}|</?[a-zA-Z][^>]*>")
LINE = re.compile(r'(?:(?P<part>msg\w+)(?:\[\d+\])? )?(?P<text>".*")$')


@dataclass
class Entry:
    """One string: what the code says, for one and for many, and the translations, one for each plural form."""

    is_fuzzy: bool = False
    context: str = ""
    said: list[str] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the compiled catalogue knows it by."""
        return f"{self.context}\x04{self.said[0]}" if self.context else self.said[0]


def read(path: Path) -> list[Entry]:
    """Every entry but the header."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    entries = [_entry(block) for block in blocks if "\nmsgid" in f"\n{block}"]
    return [entry for entry in entries if entry.said[0]]


def _entry(block: str) -> Entry:
    entry, texts = Entry(), []
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.is_fuzzy = "fuzzy" in line
        elif found := LINE.match(line):
            text = ast.literal_eval(found["text"])
            if found["part"]:
                texts.append([found["part"], text])
            else:
                texts[-1][1] += text
    for part, text in texts:
        if part == "msgctxt":
            entry.context = text
        else:
            (entry.translated if part == "msgstr" else entry.said).append(text)
    return entry


def faults(path: Path) -> list[str]:
    """A sentence for each string that is not translated, is doubtful, or lost a placeholder."""
    said = []
    for entry in read(path):
        if not all(entry.translated):
            said.append(f"Not translated: {entry.key}")
        elif entry.is_fuzzy:
            said.append(f"Marked fuzzy (a guess from a similar string): {entry.key}")
        elif not keeps_placeholders(entry):
            said.append(f"Placeholders or tags differ: {entry.key}")
    return said


def keeps_placeholders(entry: Entry) -> bool:
    """Whether each translation has what its original has. "One student" may leave the number out, or say it."""
    one, many = kept(entry.said[0]), kept(entry.said[-1])
    first, *others = [kept(text) for text in entry.translated]
    return first in (one, many) and all(other == many for other in others)


def kept(text: str) -> list[str]:
    return sorted(KEPT.findall(text))


def differences(path: Path) -> list[str]:
    """Where the compiled catalogue beside `path` does not say what `path` says."""
    with path.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("", None)
    written = {}
    # What is fuzzy is not compiled, and is said among the faults.
    for entry in [entry for entry in read(path) if not entry.is_fuzzy]:
        forms = enumerate(entry.translated) if len(entry.said) > 1 else [(None, entry.translated[0])]
        written |= {entry.key if form is None else (entry.key, form): text for form, text in forms}
    keys = {key for key in written | compiled if written.get(key, "") != compiled.get(key, "")}
    return [f"Not compiled (run bin/translate): {key}" for key in sorted(map(str, keys))]
