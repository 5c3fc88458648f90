"""What a shared text may hold: Tiptap's names of nodes, marks and attributes. Everything else is refused on the way in
and never rendered on the way out."""

import re
from urllib.parse import urlsplit

# Goes up when a node, mark or attribute is added: an older editor would delete what it does not know; it must reload.
SCHEMA = 1

ROOT = "default"
# Deeper nesting than anyone writes; yrs deletes nested nodes recursively, and a stack that overflows ends the process.
MAX_DEPTH = 40

NODES = frozenset(
    "paragraph heading bulletList orderedList listItem taskList taskItem blockquote codeBlock horizontalRule hardBreak "
    "table tableRow tableHeader tableCell".split()
)
MARKS = frozenset("bold italic underline strike code link".split())
ATTRIBUTES = frozenset("level checked start type language colspan rowspan colwidth align textAlign".split())
LINK_SCHEMES = frozenset(["http", "https", "mailto", "tel"])

_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


def mark_name(key: str) -> str:
    """The mark of a formatting key: a second overlapping mark of one kind is stored as `link--hash`."""
    return key.partition("--")[0]


def safe_href(href) -> str:
    """`href` if a browser may follow it, else "". Browsers drop control characters in a scheme, so none may hide."""
    if not isinstance(href, str) or _INVISIBLE.search(href.strip(" ")) or len(href) > 2000:
        return ""
    try:
        scheme = urlsplit(href.strip(" ")).scheme.lower()
    except ValueError:
        return ""
    return href.strip(" ") if scheme in LINK_SCHEMES else ""
