"""Updates put together by hand, as somebody hostile might."""

from coedit.wire import var_string, var_uint

CLIENT = 77


def words(text):
    return 4, var_string(text)


def node(name, kind=3):
    return 7, var_uint(kind) + (var_string(name) if kind in (3, 5) else b"")


def an_item(content, *, root="default", parent=None, sub=None):
    """A struct; `parent` is the clock of the item that it is put into."""
    kind, data = content
    into = b"\x01" + var_string(root) if parent is None else b"\x00" + var_uint(CLIENT) + var_uint(parent)
    return bytes([kind | (0x20 if sub else 0)]) + into + (var_string(sub) if sub else b"") + data


def an_update(*items, clock=0):
    return b"\x01" + var_uint(len(items)) + var_uint(CLIENT) + var_uint(clock) + b"".join(items) + b"\x00"


def nested(levels, start=0):
    """Block quotes in block quotes."""
    items = [an_item(node("blockquote"), parent=level - 1 if level else None) for level in range(start, start + levels)]
    return an_update(*items, clock=start)
