"""The private files in an S3-compatible store: moto's, over HTTP. It looks at no signature and no time: what it refuses
is what comes without one.
"""

import hashlib
import random
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from bpl.tests.cast import NOW
from exhibitions.tests.factories import a_file
from exhibitions.tests.test_evidence import test_what_is_taken_out_leaves_no_byte  # noqa: F401
from exhibitions.tests.test_profile import test_a_picture_that_is_missing_leaves_the_words  # noqa: F401
from files.limits import MIB
from files.looking import HOLD, look_at, waiting
from files.models import Kind, Piece, StoredFile, Upload
from files.serving import answer
from files.stores import PARTS
from files.tests.factories import a_jpeg

# What is promised of a disk is promised of this store: these run here once more.
from files.tests.test_photos import (  # noqa: F401
    test_a_name_says_nothing_about_where_it_lies,
    test_no_bytes_stay_without_a_row,
    test_what_is_forgotten_is_gone_from_the_disk,
)
from files.tests.test_uploads import (
    HOUR,
    address,
    an_upload,
    no_task,  # noqa: F401
    sends,
    test_a_lost_task_is_taken_up_by_another_and_none_looks_twice,  # noqa: F401
    test_a_photo_comes_in_pieces_and_is_cleaned,  # noqa: F401
    test_a_piece_that_came_twice_or_elsewhere_is_taken_once,  # noqa: F401
    test_no_byte_stays_where_the_store_fails,  # noqa: F401
    test_one_that_is_given_up_while_it_is_looked_at_leaves_nothing,  # noqa: F401
)
from files.uploads import give_up_old

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def asked(store):
    """What the site asks of the store, as (method, address)."""
    found = []
    store.connection.meta.client.meta.events.register(
        "before-send.s3", lambda request, **_more: found.append((request.method, request.url))
    )
    return found


def objects(store) -> set[str]:
    return {found.key for found in store.bucket.objects.all()}


def fetched(url, **headers):
    """(status, headers, bytes), as a browser has it, without a key and a cookie."""
    try:
        response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.headers, response.read()


def sent_on(client, evidence, name="evidence_file"):
    """The address that the browser is sent on to."""
    response = client.get(reverse(f"exhibitions:{name}", args=[evidence.student_id, evidence.pk]))
    assert (response.status_code, response["Cache-Control"], response.content) == (302, "no-store", b"")
    return response["Location"]


def a_large_photo(most=6 * MIB) -> bytes:
    data = a_jpeg(2600, 2000, quality=95)
    # What stands behind the picture is dropped with the rest.
    return data + random.Random(7).randbytes(max(most - len(data), 0))


@pytest.mark.slow
@pytest.mark.usefixtures("no_task")
def test_one_that_is_cut_off_twenty_times_arrives_whole_and_is_cleaned(
    cast, client, store, asked, django_capture_on_commit_callbacks
):
    data = a_large_photo()
    upload, draw = an_upload(cast, len(data)), random.Random(7)
    client.force_login(cast.sam)
    offset, cuts = 0, 0
    while offset < len(data):
        piece = data[offset : offset + MIB // 2]
        if cuts < 20 and len(piece) > 1000:
            piece, cuts = piece[: draw.randrange(1, len(piece))], cuts + 1
        sends(client, upload, piece, offset)
        offset = int(client.head(address(upload), headers={"Tus-Resumable": "1.0.0"})["Upload-Offset"])
    pieces = upload.pieces.count()
    assert cuts == 20 and pieces > 20 and len(objects(store)) == pieces
    asked.clear()
    with django_capture_on_commit_callbacks(execute=True):
        look_at(upload_id=upload.pk, now=NOW)
    upload.refresh_from_db()
    assert upload.sha256 == hashlib.sha256(data).hexdigest() and (upload.state, upload.refused) == ("done", "")
    assert objects(store) == set(upload.stored.paths)
    # Each piece is read once, apart from what lists them in the end.
    reads = [url for method, url in asked if method == "GET" and "/incoming/" in url]
    assert len(reads) == len(set(reads)) == pieces


def test_a_piece_is_read_through_a_file_and_goes_out_in_one_request(store, asked, tmp_path):
    (tmp_path / "piece").write_bytes(bytes(8 * MIB))
    with (tmp_path / "piece").open("rb") as piece:
        store.save("incoming/one", piece)
    assert [method for method, _url in asked] == ["HEAD", "PUT"]
    with store.open("incoming/one") as file:
        assert file.read(10) == bytes(10) and file.file._rolled


def test_a_film_that_goes_in_parts_arrives_whole(store, asked, tmp_path):
    data = random.Random(7).randbytes(PARTS.multipart_threshold + 1)
    (tmp_path / "film").write_bytes(data)
    with (tmp_path / "film").open("rb") as film:
        store.save("1/ab/film.mp4", film)
    assert [method for method, _url in asked].count("PUT") == 3
    with store.open("1/ab/film.mp4") as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(data).digest()


def test_a_photo_is_had_by_a_signed_address_after_the_same_door(cast, client, store):
    photo = a_file(cast, name="My hüll.heic")
    client.force_login(cast.sam)
    url = sent_on(client, photo)
    status, headers, body = fetched(url)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert headers["Content-Disposition"] == "inline; filename*=utf-8''My%20h%C3%BCll.jpg"
    assert hashlib.sha256(body).hexdigest() == photo.file.sha256
    assert fetched(sent_on(client, photo, "evidence_small"))[2].startswith(b"\xff\xd8")
    client.force_login(cast.lena)
    for name in ("evidence_file", "evidence_small"):
        assert client.get(reverse(f"exhibitions:{name}", args=[photo.student_id, photo.pk])).status_code == 404


def test_a_range_of_it_is_the_store_s_answer(cast, client):
    photo = a_file(cast)
    client.force_login(cast.sam)
    url = sent_on(client, photo)
    whole = fetched(url)[2]
    status, headers, body = fetched(url, Range="bytes=10-19")
    assert (status, headers["Content-Range"], body) == (206, f"bytes 10-19/{len(whole)}", whole[10:20])
    assert fetched(url, Range=f"bytes={len(whole)}-")[0] == 416


def test_an_address_is_good_for_a_minute_and_names_one_object(cast, client, store):
    photo = a_file(cast)
    client.force_login(cast.sam)
    url = urlsplit(sent_on(client, photo))
    said = parse_qs(url.query)
    assert said["X-Amz-Expires"] == ["60"] and said["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert url.path == f"/{store.bucket_name}/{photo.file.path}"
    # Also what Django's own way of asking gives.
    assert parse_qs(urlsplit(store.url(photo.file.path)).query)["X-Amz-Expires"] == ["60"]


def test_without_a_signature_there_is_nothing(cast, client, store, endpoint):
    photo = a_file(cast)
    for path in photo.file.paths:
        status, _headers, body = fetched(f"{endpoint}/{store.bucket_name}/{path}")
        assert (status, body) == (403, b"")
        # Nobody but whose bucket it is may do anything with it.
        grants = store.bucket.Object(path).Acl().grants
        assert [(grant["Grantee"]["Type"], grant["Permission"]) for grant in grants] == [
            ("CanonicalUser", "FULL_CONTROL")
        ]


@pytest.mark.parametrize(
    ("kind", "content_type", "extension", "begins"),
    [
        (Kind.VIDEO, "video/mp4", "mp4", "inline"), (Kind.PDF, "application/pdf", "pdf", "inline"),
        (Kind.TEXT, "text/plain; charset=utf-8", "txt", "inline"),
        (Kind.DOCUMENT, "application/vnd.oasis.opendocument.text", "odt", "attachment"),
    ],
)  # fmt: skip
def test_the_store_says_of_each_kind_what_the_site_would(rf, store, tmp_path, kind, content_type, extension, begins):
    stored = StoredFile(school_id=1, kind=kind, name="a.b", content_type=content_type, extension=extension)
    (tmp_path / "given").write_bytes(b"bytes")
    with (tmp_path / "given").open("rb") as file:
        store.save(stored.path, file)
    _status, headers, body = fetched(answer(rf.get("/"), stored)["Location"])
    assert (headers["Content-Type"], body) == (content_type, b"bytes")
    assert headers["Content-Disposition"] == f'{begins}; filename="a.{extension}"'


def test_nginx_is_not_asked_for_what_the_store_has(rf, settings):
    settings.FILES_INTERNAL = "/_files/"
    sent = answer(rf.get("/"), StoredFile(school_id=1, name="a.jpg", content_type="image/jpeg"))
    assert sent.status_code == 302 and "X-Accel-Redirect" not in sent


def test_what_is_gone_is_gone(cast, client, store):
    photo = a_file(cast)
    store.delete(photo.file.path)
    client.force_login(cast.sam)
    # Amazon says 404 to whom may list the bucket, moto 403.
    assert fetched(sent_on(client, photo))[0] in (403, 404)
    with pytest.raises(FileNotFoundError):
        store.open(photo.file.path)


def test_the_sweep_takes_the_pieces_of_what_was_given_up(cast, client, store, django_capture_on_commit_callbacks):
    given_up, goes_on = an_upload(cast, 10), an_upload(cast, 10)
    client.force_login(cast.sam)
    for upload in (given_up, goes_on):
        sends(client, upload, b"01234", 0)
    # Bytes whose row was never written go with the rest.
    store.bucket.Object(f"{given_up.folder}/without-a-row").put(Body=b"x")
    Upload.objects.filter(pk=given_up.pk).update(moved_at=NOW)
    Upload.objects.filter(pk=goes_on.pk).update(moved_at=NOW + HOUR)
    with django_capture_on_commit_callbacks(execute=True):
        assert give_up_old(now=NOW + Upload.LASTS + HOUR) == 1
    assert objects(store) == {piece.path for piece in goes_on.pieces.all()} != set()


def test_its_maker_gives_it_up(cast, client, store, django_capture_on_commit_callbacks):
    upload = an_upload(cast, 10)
    client.force_login(cast.sam)
    sends(client, upload, b"01234", 0)
    assert len(objects(store)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(address(upload)).status_code == 204
    assert objects(store) == set()


def test_what_is_taken_out_leaves_no_object(cast, client, store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo, stays = a_file(cast), a_file(cast)
    assert objects(store) == {*photo.file.paths, *stays.file.paths}
    client.force_login(cast.sam)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("exhibitions:evidence_remove", args=[photo.student_id, photo.pk]))
    assert objects(store) == set(stays.file.paths)


def test_no_name_is_used_twice(store, tmp_path):
    (tmp_path / "given").write_bytes(b"first")
    names = []
    for _time in range(2):
        with (tmp_path / "given").open("rb") as file:
            names.append(store.save("1/ab/one.jpg", file))
        (tmp_path / "given").write_bytes(b"second")
    assert names[0] == "1/ab/one.jpg" != names[1]
    assert store.bucket.Object(names[0]).get()["Body"].read() == b"first"


@pytest.mark.usefixtures("no_task")
def test_a_store_that_is_away_costs_no_attempt(cast, client, monkeypatch):
    """Else three outages would refuse the file as damaged, and take its pieces."""
    data = a_jpeg(60, 40)
    upload = an_upload(cast, len(data))
    client.force_login(cast.sam)
    sends(client, upload, data, 0)

    def away(*_of, **_more):
        raise ConnectionError("the store is away")

    for number in range(4):
        with monkeypatch.context() as patched:
            patched.setattr(
                "files.stores.PrivateStore._open" if number % 2 else "files.stores.PrivateStore._save", away
            )
            with pytest.raises(ConnectionError):
                look_at(upload_id=upload.pk, now=NOW + number * (HOLD + HOUR))
    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == ("whole", 0) and Piece.objects.count() == 1
    later = NOW + 4 * (HOLD + HOUR)
    assert list(waiting(later)) == [upload] and look_at(upload_id=upload.pk, now=later).state == "done"
