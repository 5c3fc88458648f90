"""Files that come in pieces: cut off, gone on with, sent twice, given up, looked at once."""

import base64
import datetime
import hashlib
import io
import os
import random

import pytest
from django.test import Client
from django.urls import reverse

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from bpl.tests.cast import NOW
from files.looking import look_at, waiting
from files.models import Piece, StoredFile, Upload
from files.tests.factories import a_jpeg
from files.tus import asked_for
from files.uploads import UploadError, begin, give_up_old

HOUR = datetime.timedelta(hours=1)
BYTES = "application/offset+octet-stream"


@pytest.fixture
def no_task(monkeypatch):
    """The upload is whole, and the task is still to come."""
    monkeypatch.setattr("files.uploads.soon", lambda *_args: None)


def an_upload(cast, length, name="hull.jpg", by=None) -> Upload:
    return begin(school_id=cast.school.pk, name=name, length=length, by=by or cast.sam, now=NOW)


def address(upload):
    return reverse("files:upload", args=[upload.pk])


def sends(client, upload, data, offset, **headers):
    return client.generic(
        "PATCH", address(upload), data, content_type=BYTES,
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **headers},
    )  # fmt: skip


def all_of(upload) -> bytes:
    found = b""
    for piece in upload.pieces.all():
        with StoredFile().store.open(piece.path) as file:
            found += file.read()
    return found


@pytest.mark.slow
def test_one_that_is_cut_off_twenty_times_arrives_whole(cast, client, no_task):
    """64 MiB in pieces that break off in the middle; each time the phone asks how far it had come."""
    data = os.urandom(64 * 1024 * 1024)
    upload, draw = an_upload(cast, len(data), "film.mp4"), random.Random(7)
    client.force_login(cast.sam)
    offset, cuts = 0, 0
    while offset < len(data):
        piece = data[offset : offset + 4 * 1024 * 1024]
        if cuts < 20 and len(piece) > 1000:
            piece, cuts = piece[: draw.randrange(1, len(piece))], cuts + 1
        sends(client, upload, piece, offset)
        offset = int(client.head(address(upload), headers={"Tus-Resumable": "1.0.0"})["Upload-Offset"])
    upload.refresh_from_db()
    assert cuts == 20 and upload.state == "whole" and upload.pieces.count() > 20
    look_at(upload_id=upload.pk, now=NOW)
    upload.refresh_from_db()
    # What came in is what went out, whatever is made of it: noise is no film.
    assert upload.sha256 == hashlib.sha256(data).hexdigest()
    assert (upload.state, upload.refused) == ("refused", "not_allowed") and not Piece.objects.exists()


def test_a_photo_comes_in_pieces_and_is_cleaned(cast, client, django_capture_on_commit_callbacks):
    data = a_jpeg(600, 400)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    half = len(data) // 2
    with django_capture_on_commit_callbacks(execute=True):
        assert sends(client, upload, data[:half], 0).status_code == 204
        answer = sends(client, upload, data[half:], half)
    assert answer["Upload-Offset"] == str(len(data)) and answer["Tus-Resumable"] == "1.0.0"
    upload.refresh_from_db()
    assert (upload.state, upload.stored.kind, upload.stored.width) == ("done", "photo", 600)
    folder = upload.folder
    assert not StoredFile().store.exists(folder)


def test_a_piece_that_came_twice_or_elsewhere_is_taken_once(cast, client, no_task):
    upload = an_upload(cast, 10)
    client.force_login(cast.sam)
    assert [sends(client, upload, b"01234", 0).status_code for _tap in range(2)] == [204, 409]
    assert sends(client, upload, b"89", 8).status_code == 409
    assert sends(client, upload, b"5678901", 5).status_code == 409
    assert sends(client, upload, b"56789", 5).status_code == 204
    assert all_of(upload) == b"0123456789"
    folder = StoredFile().store.listdir(upload.folder)[1]
    assert len(folder) == Piece.objects.count() == 2


@pytest.mark.parametrize(
    ("headers", "kind", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, BYTES, 412), ({}, "text/plain", 415), ({"Upload-Offset": "-1"}, BYTES, 400),
        ({"Upload-Offset": "x"}, BYTES, 400), ({"Upload-Offset": "9" * 30}, BYTES, 400),
        ({"Content-Length": str(9 * 1024 * 1024)}, BYTES, 413),
    ],
)  # fmt: skip
def test_what_the_protocol_does_not_know_is_refused(cast, client, headers, kind, status):
    upload = an_upload(cast, 10)
    client.force_login(cast.sam)
    said = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"} | headers
    answer = client.generic("PATCH", address(upload), b"0123456789", content_type=kind, headers=said)
    assert answer.status_code == status and not Piece.objects.exists()


def test_it_is_its_maker_s_alone_and_no_other_site_can_go_on_with_it(cast, client):
    upload = an_upload(cast, 10)
    client.force_login(cast.ada)
    assert sends(client, upload, b"0123456789", 0).status_code == 404
    assert client.head(address(upload)).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.sam)
    assert sends(strict, upload, b"0123456789", 0).status_code == 403


def test_its_maker_gives_it_up(cast, client, django_capture_on_commit_callbacks):
    upload = an_upload(cast, 10)
    client.force_login(cast.sam)
    sends(client, upload, b"01234", 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(address(upload)).status_code == 204
    assert client.head(address(upload)).status_code == 404
    assert not StoredFile().store.exists(upload.folder)


def test_what_has_not_gone_on_for_a_week_is_given_up(cast):
    upload = an_upload(cast, 10)
    assert give_up_old(now=NOW + Upload.LASTS) == 0
    assert give_up_old(now=NOW + Upload.LASTS + HOUR) == 1
    assert not Upload.objects.filter(pk=upload.pk).exists()


def test_a_lost_task_is_taken_up_by_another_and_none_looks_twice(cast, client, no_task):
    data = a_jpeg(60, 40)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    sends(client, upload, data, 0)
    assert list(waiting(NOW)) == [upload]
    Upload.objects.update(taken_at=NOW)
    assert not waiting(NOW) and look_at(upload_id=upload.pk, now=NOW) is None
    assert list(waiting(NOW + HOUR)) == [upload]
    look_at(upload_id=upload.pk, now=NOW + HOUR)
    assert look_at(upload_id=upload.pk, now=NOW + HOUR) is None
    assert StoredFile.objects.count() == 1


def test_one_that_is_given_up_while_it_is_looked_at_leaves_nothing(cast, client, no_task, monkeypatch):
    data = a_jpeg(60, 40)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    sends(client, upload, data, 0)
    from files import looking

    clean = looking.clean

    def slowly(path, folder):
        client.delete(address(upload))
        return clean(path, folder)

    monkeypatch.setattr(looking, "clean", slowly)
    look_at(upload_id=upload.pk, now=NOW)
    store = StoredFile().store
    assert not StoredFile.objects.exists()
    assert not [name for folder in store.listdir(str(cast.school.pk))[0] for name in
                store.listdir(f"{cast.school.pk}/{folder}")[1] if upload.pk.hex in name]  # fmt: skip


@pytest.mark.parametrize(("length", "words"), [(0, "is empty"), (3 * 1024**3, "is larger than a file may be")])
def test_nothing_and_too_much_are_refused_before_they_come(cast, length, words):
    with pytest.raises(UploadError, match=words):
        an_upload(cast, length)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\photos\\me.jpg", "me.jpg"), ("\u202egpj.exe", "gpj.exe"), ("", "file"),
        ("a\nb.txt", "ab.txt"), ("x" * 300, "x" * 200),
    ],
)  # fmt: skip
def test_a_name_is_for_people(cast, name, shown):
    assert an_upload(cast, 1, name).name == shown


def test_a_post_says_name_and_length(rf):
    def asks(**headers):
        return asked_for(rf.post("/", headers=headers))

    name = base64.b64encode("größe.mp4".encode()).decode()
    said = {"Upload-Length": "12", "Upload-Metadata": f"filename {name},filetype dmlkZW8="}
    assert asks(**said) == ("größe.mp4", 12)
    assert asks(**{"Upload-Length": "12", "Upload-Metadata": "filename %%%"}) == ("file", 12)
    assert asks(**{"Upload-Length": "-1"}) is None and asks(**{"Upload-Length": "²"}) is None and asks() is None


def test_one_that_breaks_its_tool_is_refused_and_the_next_is_looked_at(cast, client, no_task, monkeypatch):
    data = a_jpeg(60, 40)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    sends(client, upload, data, 0)

    def breaks(*_of):
        raise AttributeError("nobody thought of this")

    monkeypatch.setattr("files.looking.clean", breaks)
    look_at(upload_id=upload.pk, now=NOW)
    upload.refresh_from_db()
    assert (upload.state, upload.refused) == ("refused", "damaged")


def test_one_that_takes_its_process_with_it_is_given_up_after_three_times(cast, client, no_task):
    data = a_jpeg(60, 40)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    sends(client, upload, data, 0)
    Upload.objects.update(attempts=3)
    assert look_at(upload_id=upload.pk, now=NOW) is None
    upload.refresh_from_db()
    assert upload.state == "refused" and not Piece.objects.exists()


def test_no_byte_stays_where_the_store_fails(cast, client, no_task, monkeypatch):
    data = a_jpeg(60, 40)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    sends(client, upload, data, 0)
    taken = []
    monkeypatch.setattr("files.looking.take_away", lambda stored: taken.extend(stored.paths))
    monkeypatch.setattr("files.looking.ContentFile", None)
    with pytest.raises(TypeError):
        look_at(upload_id=upload.pk, now=NOW)
    assert len(taken) == 2 and not StoredFile.objects.exists()


def test_a_piece_for_one_that_was_given_up_is_no_error_of_the_site(cast, client, no_task):
    from files.uploads import Elsewhere, go_on

    upload = an_upload(cast, 10)
    Upload.objects.all().delete()
    with pytest.raises(Elsewhere):
        go_on(upload=upload, offset=0, piece=io.BytesIO(b"01234"), size=5, now=NOW)
