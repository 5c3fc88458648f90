import datetime

import pytest

from common.dates import DateError, parse_day

DAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("2026-11-24", True), ("2026/11/24", False), ("24/11/2026", True), ("11/24/2026", False), ("24.11.2026", True),
        ("24 Nov 2026", False), ("24 November 2026", True), ("Nov 24, 2026", True), ("November 24th 2026", False),
    ],
)  # fmt: skip
def test_it_reads_what_people_write(text, day_first):
    assert parse_day(text, day_first=day_first) == DAY


@pytest.mark.parametrize(("text", "day_first"), [("24/11/2026", False), ("11/24/2026", True)])
def test_the_other_countrys_order_is_named_and_not_guessed(text, day_first):
    with pytest.raises(DateError, match="If you mean 2026-11-24"):
        parse_day(text, day_first=day_first)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2026", "2026-13-01", "12", "24 Foo 2026", "1/1/26"])
def test_what_is_no_day_is_said_so(text):
    with pytest.raises(DateError):
        parse_day(text, day_first=True)
