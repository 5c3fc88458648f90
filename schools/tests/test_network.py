import pytest

from schools import totals


@pytest.fixture
def counted(monkeypatch, cast):
    """Students are counted as the test says, in place of what the rooms above count."""
    numbers = {}
    monkeypatch.setattr(totals, "_counters", [("students", lambda ids: numbers)])

    def count(**by_name):
        numbers.update({getattr(cast, name).pk: number for name, number in by_name.items()})
        return totals.tell([cast.school.pk, cast.other_school.pk])

    return count


def test_small_numbers_are_not_told(cast, counted):
    rows, _sums = counted(school=9, other_school=10)
    assert (rows[cast.school.pk], rows[cast.other_school.pk]) == ([None], [10])


def test_a_sum_that_would_tell_a_small_number_is_kept_back(counted):
    _rows, sums = counted(school=9, other_school=200)
    assert sums == [None]


def test_a_sum_of_told_numbers_is_told(counted):
    _rows, sums = counted(school=20, other_school=200)
    assert sums == [220]


def test_two_small_numbers_hide_behind_their_sum(counted):
    _rows, sums = counted(school=6, other_school=7)
    assert sums == [13]


def test_a_network_lead_reads_the_schools_and_no_name(cast, client):
    client.force_login(cast.network_lead)
    page = client.get(f"/networks/{cast.network.pk}/").content.decode()
    assert "Riverside" in page and "Kestrel House" in page and "below 10" in page
    assert "Okafor" not in page
