"""The bytes of lib0 and y-protocols: numbers, strings, values; and the messages of the wire contract."""

import struct
from enum import IntEnum

SYNC, AWARENESS, QUERY_AWARENESS, SAVED = 0, 1, 3, 8
STEP1, STEP2, UPDATE = 0, 1, 2

NO_CHANGE = b"\x00\x00"
EMPTY_STATE = b"\x00"
QUIET = bytes([AWARENESS, 1, 0])
MAX_VALUE_DEPTH = 6


class Close(IntEnum):
    """Why a socket is closed. 4400 and above are final for a stock provider; the others mean: come back."""

    AWAY = 1011  # the database did not answer
    SLOW = 1013  # too far behind, or something must be sent first
    SESSION_ENDED = 4401
    MAY_NOT = 4403
    GONE = 4404
    TOO_LARGE = 4413
    REFUSED = 4422  # malformed, or outside the schema
    SCHEMA = 4426


class Malformed(ValueError):
    """The bytes are not what they claim to be."""


def var_uint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def var_bytes(data: bytes) -> bytes:
    return var_uint(len(data)) + data


def var_string(text: str) -> bytes:
    return var_bytes(text.encode())


def sync_message(kind: int, payload: bytes) -> bytes:
    return bytes([SYNC, kind]) + var_bytes(payload)


def saved_message(count: int) -> bytes:
    return bytes([SAVED]) + var_uint(count)


def read_state(data: bytes) -> dict[int, int]:
    """A state vector: for each client the first clock that is not there yet."""
    reader = Reader(data)
    state = {}
    for _ in range(reader.count()):
        client = reader.var_uint()
        state[client] = reader.var_uint()
    reader.end()
    return state


def write_state(state: dict[int, int]) -> bytes:
    return var_uint(len(state)) + b"".join(var_uint(client) + var_uint(clock) for client, clock in state.items())


class Reader:
    """Reads values one after another; raises Malformed where the bytes end too soon or make no sense."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes):
        self.data = data
        self.at = 0

    def byte(self) -> int:
        try:
            value = self.data[self.at]
        except IndexError:
            raise Malformed("ends too soon") from None
        self.at += 1
        return value

    def var_uint(self) -> int:
        data, at = self.data, self.at
        number = shift = 0
        try:
            while True:
                byte = data[at]
                at += 1
                number |= (byte & 127) << shift
                if byte < 128:
                    break
                shift += 7
                if shift > 56:
                    raise Malformed("a number is too large")
        except IndexError:
            raise Malformed("ends too soon") from None
        self.at = at
        return number

    def count(self) -> int:
        """How many things follow: each takes a byte at least, so a larger claim is a lie."""
        number = self.var_uint()
        if number > len(self.data) - self.at:
            raise Malformed("claims more than there is")
        return number

    def bytes(self) -> bytes:
        length = self.count()
        self.at += length
        return self.data[self.at - length : self.at]

    def string(self) -> str:
        try:
            return self.bytes().decode()
        except UnicodeDecodeError:
            raise Malformed("a string that is no UTF-8") from None

    def end(self) -> None:
        if self.at != len(self.data):
            raise Malformed("trailing bytes")

    def any(self, depth: int = 0):
        """A lib0 "any" value: numbers come as int or float, undefined and null as None."""
        kind = self.byte()
        if kind in (127, 126):
            return None
        if kind == 125:
            return self._var_int()
        if kind in (124, 123, 122):
            return self._fixed({124: ">f", 123: ">d", 122: ">q"}[kind])
        if kind in (121, 120):
            return kind == 120
        if kind == 119:
            return self.string()
        if kind == 116:
            return self.bytes()
        if kind in (118, 117) and depth < MAX_VALUE_DEPTH:
            return self._nested(kind, depth + 1)
        raise Malformed("an unknown kind of value")

    def _nested(self, kind, depth):
        if kind == 117:
            return [self.any(depth) for _ in range(self.count())]
        return {self.string(): self.any(depth) for _ in range(self.count())}

    def _fixed(self, form):
        size = struct.calcsize(form)
        chunk = self.data[self.at : self.at + size]
        if len(chunk) < size:
            raise Malformed("ends too soon")
        self.at += size
        return struct.unpack(form, chunk)[0]

    def _var_int(self) -> int:
        first = self.byte()
        number, shift = first & 63, 6
        byte = first
        while byte & 128:
            byte = self.byte()
            number |= (byte & 127) << shift
            shift += 7
            if shift > 62:
                raise Malformed("a number is too large")
        return -number if first & 64 else number
