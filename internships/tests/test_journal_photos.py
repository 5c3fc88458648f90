import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bpl.tests.cast import NOW, TODAY
from files.models import StoredFile
from files.tests.factories import a_jpeg, where
from internships.actions.photos import MOST, forget_unsent
from internships.models import JournalEntry, JournalPhoto
from internships.tests.factories import FRIDAY, a_begun_placement, a_photo

DAY = datetime.timedelta(days=1)


def page(placement):
    return f"/students/{placement.student_id}/internship/{placement.pk}/"


def a_file(name="hull.jpg", data=None):
    return SimpleUploadedFile(name, data or a_jpeg(60, 40))


def said(key, *photos, text="We sanded the hull.", date=TODAY):
    return {"date": date.isoformat(), "text": text, "key": str(key), "photos": list(photos)}


@pytest.fixture
def placement(cast, client):
    client.force_login(cast.sam)
    return a_begun_placement(cast)


def test_photos_stand_with_what_was_written(cast, client, placement):
    key = uuid.uuid4()
    data = a_jpeg(60, 40, exif=where().tobytes())
    client.post(f"{page(placement)}journal/", said(key, a_file(data=data), a_file("keel.jpg")))
    entry = JournalEntry.objects.get()
    assert [photo.file.name for photo in entry.photos.all()] == ["hull.jpg", "keel.jpg"]
    photo = entry.photos.first()
    assert f"/photos/{photo.pk}/small/" in client.get(page(placement)).content.decode()
    sent = client.get(f"{page(placement)}photos/{photo.pk}/")
    body = sent.getvalue()
    assert sent["Content-Type"] == "image/jpeg" and body.startswith(b"\xff\xd8") and b"Exif" not in body
    assert "sandbox" in sent["Content-Security-Policy"] and sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Cache-Control"] == "no-store"


def test_one_of_forty_megabytes_is_named_and_nothing_else_is_lost(cast, client, placement):
    key, large = uuid.uuid4(), a_file("IMG_4711.jpg", b"\xff\xd8" + b"0" * (40 * 1024 * 1024))
    shown = client.post(f"{page(placement)}journal/", said(key, a_file(), large)).content.decode()
    assert "“IMG_4711.jpg” is 40.0\xa0MB. A photo may have up to 25.0\xa0MB" in shown
    assert "We sanded the hull." in shown and "1 photo is here already" in shown
    assert not JournalEntry.objects.exists()
    client.post(f"{page(placement)}journal/", said(key))
    assert [photo.file.name for photo in JournalEntry.objects.get().photos.all()] == ["hull.jpg"]


def test_a_day_that_cannot_be_loses_no_photo(cast, client, placement):
    key = uuid.uuid4()
    shown = client.post(f"{page(placement)}journal/", said(key, a_file(), date=TODAY + DAY)).content.decode()
    assert "has not begun" in shown and "1 photo is here already" in shown
    client.post(f"{page(placement)}journal/", said(key))
    assert JournalEntry.objects.get().photos.count() == 1


def test_a_double_tap_keeps_each_photo_once(cast, client, placement):
    key = uuid.uuid4()
    data = a_jpeg(60, 40)
    for _tap in range(2):
        client.post(f"{page(placement)}journal/", said(key, a_file(data=data)))
    assert JournalEntry.objects.count() == JournalPhoto.objects.count() == StoredFile.objects.count() == 1


def test_one_that_waits_is_taken_out_before_it_is_sent(cast, client, placement):
    key = uuid.uuid4()
    client.post(f"{page(placement)}journal/", said(key, a_file(), text=""))
    photo = JournalPhoto.objects.get()
    shown = client.post(f"{page(placement)}journal/", said(key, text="Half a sent") | {"drop": photo.pk})
    assert "Half a sent" in shown.content.decode() and not JournalPhoto.objects.exists()


def test_taking_one_out_loses_no_other_that_was_just_chosen(cast, client, placement):
    key = uuid.uuid4()
    client.post(f"{page(placement)}journal/", said(key, a_file("first.jpg"), text=""))
    drop = {"drop": JournalPhoto.objects.get().pk}
    client.post(f"{page(placement)}journal/", said(key, a_file("second.jpg"), text="Half") | drop)
    assert [photo.file.name for photo in JournalPhoto.objects.all()] == ["second.jpg"]


def test_there_is_a_most(cast, client, placement):
    files = [a_file(f"{n}.jpg", a_jpeg(30 + n, 30)) for n in range(MOST + 1)]
    shown = client.post(f"{page(placement)}journal/", said(uuid.uuid4(), *files)).content.decode()
    assert f"Up to {MOST} photos" in shown and JournalPhoto.objects.count() == MOST


def test_one_that_waits_is_its_makers_alone(cast, client, placement):
    client.post(f"{page(placement)}journal/", said(uuid.uuid4(), a_file(), text=""))
    address = f"{page(placement)}photos/{JournalPhoto.objects.get().pk}/small/"
    sent = client.get(address)
    assert sent.status_code == 200 and sent.getvalue()
    client.force_login(cast.ada)
    assert client.get(address).status_code == 404


def test_no_photo_is_had_through_another_placement_or_student(cast, client, placement):
    client.post(f"{page(placement)}journal/", said(uuid.uuid4(), a_file()))
    photo = JournalPhoto.objects.get()
    other = a_begun_placement(cast, "lena", mentor="moira", on=(FRIDAY,))
    client.force_login(cast.moira)
    assert client.get(f"{page(other)}photos/{photo.pk}/").status_code == 404
    assert client.get(f"{page(placement)}photos/{photo.pk}/").status_code == 404


def test_who_put_it_there_takes_it_out_for_ever(cast, client, placement, django_capture_on_commit_callbacks):
    client.post(f"{page(placement)}journal/", said(uuid.uuid4(), a_file()))
    photo = JournalPhoto.objects.get()
    path, store = photo.file.path, photo.file.store
    client.force_login(cast.mo)
    assert client.post(f"{page(placement)}photos/{photo.pk}/drop/").status_code == 403
    client.force_login(cast.sam)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page(placement)}photos/{photo.pk}/drop/")
    assert not store.exists(path) and not JournalPhoto.objects.exists()
    assert JournalEntry.objects.exists()


def test_what_was_never_sent_is_forgotten_after_two_days(cast, client, placement):
    entry = JournalEntry.objects.create(
        school=cast.school, placement=placement, date=TODAY, text="Hull.", by=cast.sam, at=NOW
    )
    sent = a_photo(entry)
    client.post(f"{page(placement)}journal/", said(uuid.uuid4(), a_file(), text=""))
    assert forget_unsent(now=NOW + DAY) == 0
    assert forget_unsent(now=NOW + 3 * DAY) == 1
    assert list(JournalPhoto.objects.all()) == [sent]


def test_behind_nginx_the_site_only_names_the_file(cast, client, placement, settings):
    settings.FILES_INTERNAL = "/_files/"
    client.post(f"{page(placement)}journal/", said(uuid.uuid4(), a_file()))
    photo = JournalPhoto.objects.get()
    sent = client.get(f"{page(placement)}photos/{photo.pk}/")
    assert sent["X-Accel-Redirect"] == f"/_files/{photo.file.path}" and sent.content == b""


def test_bytes_that_are_gone_are_no_error_of_the_site(cast, client, placement):
    client.post(f"{page(placement)}journal/", said(uuid.uuid4(), a_file()))
    photo = JournalPhoto.objects.get()
    photo.file.store.delete(photo.file.path)
    assert client.get(f"{page(placement)}photos/{photo.pk}/").status_code == 404
