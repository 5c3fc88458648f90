"""Evidence for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from bpl.tests.cast import NOW
from exhibitions.actions.evidence import add, take_file
from exhibitions.models import Evidence
from files.looking import look_at
from files.tests.factories import a_jpeg


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
