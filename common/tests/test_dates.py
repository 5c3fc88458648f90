import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format

from common.dates import DateError, parse_day
from common.forms import DayField

DAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("2026-11-24", True), ("2026/11/24", False), ("24/11/2026", True), ("11/24/2026", False), ("24.11.2026", True),
        ("24 Nov 2026", False), ("24 November 2026", True), ("Nov 24, 2026", True), ("November 24th 2026", False),
        ("24-Nov-2026", False), ("24 de noviembre de 2026", False), ("24 NOV. 2026", True),
        ("24th of November 2026", True), ("noviembre 24, 2026", False), ("24 de noviembre del 2026", True),
    ],
)  # fmt: skip
def test_it_reads_what_people_write(text, day_first):
    assert parse_day(text, day_first=day_first) == DAY


@pytest.mark.parametrize(("text", "day_first"), [("24/11/2026", False), ("11/24/2026", True)])
def test_the_other_countrys_order_is_named_and_not_guessed(text, day_first):
    with pytest.raises(DateError, match="If you mean 2026-11-24"):
        parse_day(text, day_first=day_first)


@pytest.mark.parametrize(
    ("text", "month"), [("1 ene 2026", 1), ("1 agosto 2026", 8), ("1 set 2026", 9), ("1 dic. 2026", 12)]
)
def test_months_are_known_in_every_language_of_the_site(text, month):
    assert parse_day(text, day_first=False) == datetime.date(2026, month, 1)


def test_a_year_of_two_figures_is_asked_about():
    with pytest.raises(DateError, match="Write the year of “24/11/26” with four figures"):
        parse_day("24/11/26", day_first=True)


def test_a_short_date_names_its_month_for_every_reader():
    for language, shown in [("en", "Jun 5, 2026"), ("es", "5 jun 2026")]:
        with translation.override(language):
            assert date_format(datetime.date(2026, 6, 5), "SHORT_DATE_FORMAT") == shown


def test_a_reader_of_the_other_order_is_asked_which_day_is_meant():
    field = DayField(day_first=False)
    with translation.override("es"), pytest.raises(ValidationError) as refused:
        field.clean("05/06/2026")
    assert "2026-06-05" in str(refused.value) and "2026-05-06" in str(refused.value)
    assert field.clean("05/06/2026") == datetime.date(2026, 5, 6)
    with translation.override("es"):
        assert DayField(day_first=True).clean("05/06/2026") == datetime.date(2026, 6, 5)


@pytest.mark.parametrize("text", ["0206-11-24", "9999-12-31", "24 Nov 0026"])
def test_a_year_far_away_is_a_slip(text):
    with pytest.raises(DateError, match="Please look again"):
        parse_day(text, day_first=True)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2026", "2026-13-01", "12", "24 Foo 2026", "1/1/26"])
def test_what_is_no_day_is_said_so(text):
    with pytest.raises(DateError):
        parse_day(text, day_first=True)
