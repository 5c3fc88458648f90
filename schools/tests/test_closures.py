import datetime

from schools.models import Closure


def add(client, cast, **changes):
    client.force_login(cast.lead)
    facts = {"name": "Snow", "starts_on": "2026-12-01", "last_day": ""} | changes
    return client.post(f"/schools/{cast.school.pk}/closures/", facts)


def test_one_day_needs_no_last_day(cast, client):
    add(client, cast)
    closure = Closure.objects.get()
    assert (closure.last_day, closure.ends_on) == (datetime.date(2026, 12, 1), datetime.date(2026, 12, 2))


def test_a_double_tap_is_one_closure(cast, client):
    for _tap in range(2):
        add(client, cast)
    assert Closure.objects.count() == 1


def test_a_last_day_before_the_first_is_refused(cast, client):
    page = add(client, cast, last_day="2026-11-30").content.decode()
    assert "The last day is before the first." in page and 'value="Snow"' in page


def test_a_closure_is_changed_and_taken_back(cast, client):
    add(client, cast)
    address = f"/schools/{cast.school.pk}/closures/{Closure.objects.get().pk}/"
    client.post(address, {"name": "Snow days", "starts_on": "2026-12-01", "last_day": "2026-12-02"})
    assert Closure.objects.get().last_day == datetime.date(2026, 12, 2)
    client.post(f"{address}remove/")
    assert not Closure.objects.exists()
