"""What people's homes say of exhibitions, while these are near."""

import datetime

from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.exhibitions import begin
from exhibitions.models import Exhibition
from exhibitions.tests.factories import a_narrative, a_window, an_exhibition, rated

DAY = datetime.timedelta(days=1)


def in_days(cast, first, last) -> Exhibition:
    window = a_window(cast, starts_on=TODAY + first * DAY, last_on=TODAY + last * DAY)
    return begin(window=window, student=cast.student("sam"), by=cast.sam, on=TODAY, now=NOW)


def home(client, user) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def test_student_family_and_mentor_know_when_it_is_and_what_to_do(cast, client):
    exhibition = in_days(cast, 3, 7)
    assert "Rate yourself" in home(client, cast.sam)
    assert "Say when you cannot come" in home(client, cast.grandma)
    room = exhibition.window.rooms.first()
    Exhibition.objects.update(told_starts_at=NOW + 4 * DAY, told_room=room, told_minutes=45, told_times=1)
    for user in (cast.sam, cast.grandma, cast.mo):
        assert "Library" in home(client, user), user
    assert "Say whether you come" in home(client, cast.mo)
    ada = home(client, cast.ada)
    assert "you sit on the panel" in ada and "not rated yet" not in ada
    Exhibition.objects.update(told_starts_at=NOW - DAY)
    assert "not rated yet" in home(client, cast.ada)
    rated(exhibition, cast.ada)
    assert "you sit on the panel" not in home(client, cast.ada)


def test_a_narrative_waits_on_the_home_until_it_is_opened(cast, client):
    narrative = a_narrative(cast, in_days(cast, -3, 0), released=True)
    exhibition = narrative.exhibition
    address = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/narrative/"
    assert address in home(client, cast.grandma)
    client.get(address)
    assert address not in home(client, cast.grandma)


def test_what_is_far_is_not_on_the_home(cast, client):
    exhibition = an_exhibition(cast)
    assert exhibition.window.starts_on - TODAY < 21 * DAY
    type(exhibition.window).objects.update(starts_on=TODAY + 22 * DAY, last_on=TODAY + 24 * DAY)
    for user in (cast.sam, cast.rosa, cast.mo):
        assert "/panels/" not in home(client, user).replace('href="/panels/"', "")
