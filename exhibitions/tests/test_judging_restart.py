"""A rating outlives the server: what was answered is there after a kill, and two submissions at once are one."""

import json
import threading
import urllib.request

import pytest

from coedit.tests.processes import Process, lasting_session
from exhibitions.models import Rating
from exhibitions.tests.factories import an_exhibition, begun_now, criteria, levels, seat_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TOKEN = "a" * 32


class Asker:
    """Somebody's browser, as far as a rating needs one."""

    def __init__(self, process, user):
        self.process, self.session = process, lasting_session(user)

    def ask(self, path, body=None, kind="application/json"):
        request = urllib.request.Request(f"http://{self.process.address}{path}", data=body)
        request.add_header("Cookie", f"sessionid={self.session}; csrftoken={TOKEN}")
        if body is not None:
            request.add_header("X-CSRFToken", TOKEN)
            request.add_header("Content-Type", kind)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()


@pytest.fixture
def process(cast):
    found = Process()
    yield found
    found.stop()


def test_it_outlives_a_kill_and_two_submissions_at_once(cast, process):
    exhibition = an_exhibition(cast)
    seat, level = seat_of(exhibition, cast.mo), levels(exhibition)[2]
    begun_now(exhibition)
    mo = Asker(process, cast.mo)
    for number, criterion in enumerate(criteria(exhibition).values()):
        said = {"topic": f"c{criterion.pk}", "level": str(level.pk), "words": f"Seen {number}", "number": number}
        answer = mo.ask(f"/panels/{seat.pk}/save/", json.dumps({"device": "phone", "sayings": [said]}).encode())
        assert json.loads(answer) == {"kept": [said["topic"]]}
        if number in (2, 5):
            process.kill()
            process.start()
    assert "Seen 7" in mo.ask(f"/panels/{seat.pk}/judge/")
    together = [threading.Thread(target=mo.ask, args=(f"/panels/{seat.pk}/judge/", b"", FORM)) for _ in range(4)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join(60)
    process.kill()
    seat.refresh_from_db()
    assert seat.handed_in_at is not None
    assert Rating.objects.filter(seat=seat).count() == len(criteria(exhibition))


FORM = "application/x-www-form-urlencoded"
