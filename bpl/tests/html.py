"""Just enough reading of a page to check what every page promises."""

from html.parser import HTMLParser

FIELDS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """Counts headings, collects ids, labels, fields, inline script and style."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.h1, self.title, self.ids, self.labels_for = [], "", [], set()
        self.fields, self.inline, self.buttons_without_words = [], [], 0
        self._open: list[str] = []
        self._in_label = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self._open.append(tag)
        if tag == "h1":
            self.h1.append("")
        if "id" in facts:
            self.ids.append(facts["id"])
        if tag == "label":
            self._in_label += 1
            self.labels_for.add(facts.get("for"))
        if tag in FIELDS and facts.get("type") not in UNLABELLED_TYPES:
            self.fields.append((facts, self._in_label > 0))
        self.inline += [f"{tag} {name}" for name in facts if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in facts and facts.get("type") != "application/json"):
            self.inline.append(tag)

    def handle_endtag(self, tag):
        if tag == "label":
            self._in_label -= 1
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if "h1" in self._open:
            self.h1[-1] += data
        if "title" in self._open and "svg" not in self._open:
            self.title += data

    def unlabelled(self) -> list[str]:
        return [
            facts.get("name", "?")
            for facts, inside in self.fields
            if not inside
            and facts.get("id") not in self.labels_for
            and not facts.get("aria-label")
            and not facts.get("aria-labelledby")
        ]

    def doubled_ids(self) -> set[str]:
        return {name for name in self.ids if self.ids.count(name) > 1}
