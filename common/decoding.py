"""Text out of the files that people bring: as spreadsheets and registers write them."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

MARKS = (b"\xff\xfe", b"\xfe\xff")
PART = 256 * 1024
LONGEST_LINE = 1024 * 1024


class NoText(ValueError):
    """A file that is to be read line by line, and has no lines."""


def decode(data: bytes) -> str:
    """What a file says: UTF-8 with or without its mark, the UTF-16 of spreadsheets, else Windows' Western letters."""
    # A database keeps no zero bytes, and none of them means anything.
    return _decode(data).replace("\x00", "")


def _decode(data):
    if data.startswith(MARKS):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def lines(stream: BinaryIO) -> Iterator[str]:
    """The same of a file of any size, line by line with their ends, and no more of it in memory than one part.

    Each line is decoded by itself: where two files were put together, both keep their letters. Raises NoText for one
    that has no lines.
    """
    parts = _parts(stream)
    rest = next(parts, b"").removeprefix(codecs.BOM_UTF8)
    for part in parts:
        # The last of them may go on, and its \r may be half of an end.
        *whole, rest = (rest + part).splitlines(keepends=True)
        yield from map(decode, whole)
        if len(rest) > LONGEST_LINE:
            raise NoText
    yield from map(decode, rest.splitlines(keepends=True))


def _parts(stream) -> Iterator[bytes]:
    """In parts; UTF-16 made UTF-8 on the way, since its bytes have no lines."""
    first = stream.read(PART)
    utf_16 = codecs.getincrementaldecoder("utf-16")("replace") if first.startswith(MARKS) else None
    while first:
        yield utf_16.decode(first).encode("utf-8", "replace") if utf_16 else first
        first = stream.read(PART)
