"""What an update says, read from its bytes (Yjs update format, version 1), before anything is done with it.

pycrdt offers no way to ask an update which words it brings, and accepts any node name: so the bytes are read here.
"""

import json
from dataclasses import dataclass, field

from coedit.schema import ATTRIBUTES, MARKS, MAX_DEPTH, NODES, ROOT, mark_name, safe_href
from coedit.wire import Malformed, Reader, var_uint

GC, DELETED, STRING, FORMAT, TYPE, ANY, SKIP = 0, 1, 4, 6, 7, 8, 10
XML_ELEMENT, XML_TEXT = 3, 6
# yrs counts clocks in 32 bits; JavaScript is exact to 53.
MAX_CLOCK = 2**31
MAX_CLIENT = 2**53


class OutsideSchema(ValueError):
    """The update holds something that no text may hold."""


@dataclass(slots=True)
class Section:
    """One client's part of an update: the words it brings, and the bytes that bring them."""

    client: int
    clock: int
    data: bytes = b""
    # (clock, length) of what is really there; parts that only skip are left out.
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def end(self) -> int:
        clock, length = self.spans[-1] if self.spans else (self.clock, 0)
        return clock + length

    @property
    def length(self) -> int:
        return sum(length for _clock, length in self.spans)


@dataclass(slots=True)
class Contents:
    """`parents` are the nodes that the update adds, each with the node it is put into (or beside)."""

    sections: list[Section]
    deletes: list[tuple[int, int, int]]
    delete_data: bytes
    parents: dict

    @property
    def is_empty(self) -> bool:
        return not self.sections and not self.deletes

    @property
    def adds_nodes(self) -> bool:
        return bool(self.parents)


def read_update(data: bytes, strings: list | None = None) -> Contents:
    """Raises Malformed (not an update) or OutsideSchema (an update that no text may hold).

    `strings`, if given, collects where words stand in the bytes: (client, start, end, length).
    """
    reader = _Reader(data, strings)
    parents: dict = {}
    sections = [_section(reader, parents) for _ in range(reader.count())]
    start = reader.at
    deletes = [delete for _ in range(reader.count()) for delete in _deletes(reader)]
    contents = Contents(sections, deletes, data[start : reader.at], parents)
    reader.end()
    if parents:
        _check_depth(parents)
    return contents


class _Reader(Reader):
    __slots__ = ("strings",)

    def __init__(self, data, strings):
        super().__init__(data)
        self.strings = strings


def join(sections: list[Section], delete_data: bytes = b"\x00") -> bytes:
    """An update of these parts alone."""
    return var_uint(len(sections)) + b"".join(section.data for section in sections) + delete_data


def _section(reader, parents):
    start = reader.at
    count, client, clock = reader.count(), reader.var_uint(), reader.var_uint()
    section = Section(client, clock)
    for _ in range(count):
        clock = _struct(reader, section, clock, parents)
        if clock >= MAX_CLOCK or client >= MAX_CLIENT:
            raise Malformed("a clock or client id is too large")
    section.data = reader.data[start : reader.at]
    return section


def _struct(reader, section, clock, parents):
    info = reader.byte()
    kind = info & 31
    if kind == SKIP:
        return clock + reader.var_uint()
    if kind == GC:
        length = reader.var_uint()
    else:
        length = _item(reader, info, kind, (section.client, clock), parents)
    if length < 1:
        raise Malformed("a part without length")
    spans = section.spans
    if spans and spans[-1][0] + spans[-1][1] == clock:
        spans[-1] = (spans[-1][0], spans[-1][1] + length)
    else:
        spans.append((clock, length))
    return clock + length


def _item(reader, info, kind, own_id, parents):
    beside = into = sub = None
    if info & 0x80:
        beside = reader.var_uint(), reader.var_uint()
    if info & 0x40:
        right = reader.var_uint(), reader.var_uint()
        beside = beside or right
    if not info & 0xC0:
        into = _parent(reader)
        if info & 0x20:
            sub = reader.string()
            if sub not in ATTRIBUTES:
                raise OutsideSchema(f"attribute {sub!r}")
    if (into == ROOT and kind in (STRING, FORMAT, ANY)) or (kind == ANY and into is not None and sub is None):
        raise OutsideSchema("words or values outside a node")
    if kind == TYPE:
        parents[own_id] = (into, beside)
    start = reader.at
    length = _content(reader, kind)
    if kind == STRING and reader.strings is not None:
        reader.strings.append((own_id[0], start, reader.at, length))
    return length


def _parent(reader):
    if reader.var_uint() != 1:
        return reader.var_uint(), reader.var_uint()
    if (name := reader.string()) != ROOT:
        raise OutsideSchema(f"root {name!r}")
    return ROOT


def _content(reader, kind) -> int:
    """Read past one item's content and answer its length."""
    if kind == STRING:
        text = reader.string()
        return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
    if kind == DELETED:
        return reader.var_uint()
    if kind == FORMAT:
        _format(reader.string(), reader.string())
        return 1
    if kind == TYPE:
        _type(reader)
        return 1
    if kind == ANY:
        count = reader.count()
        for _ in range(count):
            reader.any()
        return count
    raise OutsideSchema(f"content of kind {kind}")


def _type(reader):
    ref = reader.var_uint()
    if ref == XML_TEXT:
        return
    if ref != XML_ELEMENT:
        raise OutsideSchema(f"type {ref}")
    if (name := reader.string()) not in NODES:
        raise OutsideSchema(f"node {name!r}")


def _format(key, value):
    if mark_name(key) not in MARKS:
        raise OutsideSchema(f"mark {key!r}")
    try:
        attributes = json.loads(value)
    except (ValueError, RecursionError):
        raise Malformed("a mark that is no JSON") from None
    if mark_name(key) == "link" and attributes is not None and not _is_followed(attributes):
        raise OutsideSchema("a link that a browser must not follow")


def _is_followed(attributes) -> bool:
    return isinstance(attributes, dict) and bool(safe_href(attributes.get("href")))


def _deletes(reader):
    client = reader.var_uint()
    for _ in range(reader.count()):
        clock, length = reader.var_uint(), reader.var_uint()
        if clock + length >= MAX_CLOCK or client >= MAX_CLIENT:
            raise Malformed("a clock or client id is too large")
        yield client, clock, length


def _check_depth(parents):
    """Raises OutsideSchema when the update by itself nests too deep; what it nests into is seen when it is applied."""
    depths: dict = {}
    for node in parents:
        path = []
        while node in parents and node not in depths and len(path) <= len(parents):
            path.append(node)
            into, beside = parents[node]
            node = into if into is not None else beside
        for inner in reversed(path):
            into, beside = parents[inner]
            depths[inner] = depths.get(into, 0) + 1 if into is not None else max(depths.get(beside, 1), 1)
            if depths[inner] > MAX_DEPTH:
                raise OutsideSchema("nested too deep")
