"""The file that the bench of uploads sends is the same from wherever one goes on with it."""

import hashlib
import os

from bench.uploads import PIECE, _bytes_at


def test_the_file_is_the_same_from_wherever_one_reads_it():
    block = os.urandom(PIECE)
    whole = _bytes_at(block, 0, 3 * PIECE)
    for offset, size in ((0, 10), (PIECE - 3, 9), (5, PIECE), (2 * PIECE + 7, PIECE - 7)):
        assert _bytes_at(block, offset, size) == whole[offset : offset + size]
    parts = {hashlib.sha256(whole[n * PIECE : (n + 1) * PIECE]).digest() for n in range(3)}
    assert len(parts) == 3
