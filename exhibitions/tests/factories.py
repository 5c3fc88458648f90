"""Evidence for tests."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.evidence import add, take_file
from exhibitions.actions.exhibitions import begin, open_window
from exhibitions.models import Evidence, Exhibition, Window
from files.looking import look_at
from files.tests.factories import a_jpeg


def a_window(cast, **facts) -> Window:
    """The last fortnight of the term."""
    last = cast.term.last_day
    said = {
        "name": "Winter exhibitions", "starts_on": last - datetime.timedelta(days=11), "last_on": last,
        "slot_minutes": 45, "rooms": ["Library", "Room 4"],
    }  # fmt: skip
    return open_window(school=cast.school, term=cast.term, by=cast.lead, now=NOW, **(said | facts))


def an_exhibition(cast, student="sam") -> Exhibition:
    found = cast.student(student)
    return begin(window=a_window(cast), student=found, by=found.user, on=TODAY, now=NOW)


def a_link(cast, student="sam", by=None, role="student", **facts) -> Evidence:
    found = cast.student(student)
    said = {"kind": "link", "title": "My film", "url": "https://example.org/film"} | facts
    return add(student=found, by=by or found.user, role=role, now=NOW, **said)


def a_file(cast, student="sam", by=None, role="student", data=None, name="hull.jpg", ready=True, **facts) -> Evidence:
    """A photo that is here, cleaned."""
    found = cast.student(student)
    upload = SimpleUploadedFile(name, data or a_jpeg(60, 40))
    evidence = take_file(student=found, file=upload, by=by or found.user, role=role, now=NOW, **facts)
    look_at(upload_id=evidence.upload_id, now=NOW)
    Evidence.objects.filter(pk=evidence.pk).update(ready_at=NOW if ready else None)
    return Evidence.objects.with_files().get(pk=evidence.pk)
