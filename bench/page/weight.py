"""How heavy a page is for a browser: its own bytes, and what a first and a later view fetch."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

# nginx compresses pages as they come; style and script are there compressed (gzip_static).
PAGE_LEVEL, STATIC_LEVEL = 1, 9
COMPRESSED = {".css", ".js", ".svg"}
# What a browser fetches without being asked: a preloaded font, styles, icons, scripts, pictures.
FETCHED = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)=["'](/static/[^"']+)["']""")
# A part of the page that comes in a request of its own as soon as the page is there.
LATER = re.compile(r"""hx-trigger=["'][^"']*\bload\b""")


@dataclass(frozen=True)
class Weight:
    """Bytes of the page raw and compressed; requests and compressed bytes of a first view; requests of a later one."""

    raw: int
    compressed: int
    first_requests: int
    first_bytes: int
    later_requests: int
    has_editor: bool = False


def weigh(page: bytes, static: Path) -> Weight:
    """`static` is the folder with the collected files that /static/ names."""
    text = page.decode()
    files = list(dict.fromkeys(FETCHED.findall(text)))
    own, parts = size(page, PAGE_LEVEL), len(LATER.findall(text))
    first = own + sum(size_of(static / path.removeprefix("/static/")) for path in files)
    has_editor = any("dist/editor" in path for path in files)
    return Weight(len(page), own, 1 + len(files) + parts, first, 1 + parts, has_editor)


def size(data: bytes, level: int) -> int:
    return len(gzip.compress(data, level, mtime=0))


def size_of(file: Path) -> int:
    data = file.read_bytes()
    return size(data, STATIC_LEVEL) if file.suffix in COMPRESSED else len(data)
