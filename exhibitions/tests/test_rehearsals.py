"""A rehearsal before the advisory: fellow students say what they understood."""

import datetime

from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.rehearsals import arrange
from exhibitions.models import PeerFeedback, Rehearsal
from exhibitions.tests.factories import an_exhibition
from notices.models import Notice


def base(exhibition):
    return f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/"


def test_the_advisory_is_asked_once_for_each_day(cast, client):
    exhibition = an_exhibition(cast)
    client.force_login(cast.sam)
    day = exhibition.window.starts_on - datetime.timedelta(days=3)
    for _tap in range(2):
        client.post(base(exhibition) + "rehearsals/", {"held_on": day.isoformat()})
    assert Rehearsal.objects.get().held_on == day
    told = Notice.objects.filter(kind="exhibitions.rehearsal")
    assert {row.user for row in told} == {cast.lena, cast.ada, cast.cover}
    assert "/rehearsals/" in told.get(user=cast.lena).url and "/rehearsals/" not in told.get(user=cast.ada).url
    for wrong in ("2026-11-01", "2027-05-01", "soon"):
        answer = client.post(base(exhibition) + "rehearsals/", {"held_on": wrong})
        assert answer.status_code == 200 and wrong in answer.content.decode()
    assert Rehearsal.objects.count() == 1


def test_a_fellow_student_says_something_and_may_go_on_with_it(cast, client):
    exhibition = an_exhibition(cast)
    rehearsal = arrange(exhibition=exhibition, held_on=TODAY, by=cast.sam, on=TODAY, now=NOW)
    client.force_login(cast.lena)
    address = f"/rehearsals/{rehearsal.pk}/"
    assert "Write at least one" in client.post(address, {"good": " "}).content.decode()
    for words in ("The keel", "The keel and the ribs"):
        assert client.post(address, {"good": words, "better": "Louder"}).status_code == 302
    said = PeerFeedback.objects.get()
    assert (said.good, said.by) == ("The keel and the ribs", cast.lena)
    for who, sees in ((cast.sam, True), (cast.ada, True), (cast.rosa, False), (cast.mo, False)):
        client.force_login(who)
        assert ("The keel and the ribs" in client.get(base(exhibition)).content.decode()) == sees, who
    for outsider in (cast.omar, cast.sam, cast.ada, cast.rosa):
        client.force_login(outsider)
        assert client.get(address).status_code == 404, outsider
