import pytest

from common.names import fold


@pytest.mark.parametrize(
    ("typed", "found"),
    [("NÚÑEZ  o'brien", "nunez o'brien"), ("Zoë", "zoe"), ("小雨 王", "小雨 王"), ("X", "x"), ("", "")],
)
def test_case_accents_and_spaces_do_not_matter(typed, found):
    assert fold(typed) == found
