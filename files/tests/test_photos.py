import hashlib
import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bpl.tests.cast import NOW
from files.actions import forget, store_photo
from files.models import StoredFile
from files.photos import LARGE, MAX_BYTES, SMALL, PhotoError, clean
from files.tests.factories import a_jpeg, a_picture, saved, where


def cleaned(data: bytes, name="photo.jpg"):
    return clean(io.BytesIO(data), name, len(data))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF"])
def test_what_phones_and_screens_make_becomes_a_jpeg(kind):
    photo = cleaned(saved(a_picture(600, 400), kind), "no-ending")
    assert (photo.width, photo.height) == (600, 400)
    assert opened(photo.large).format == opened(photo.small).format == "JPEG"
    assert max(opened(photo.small).size) == SMALL


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP"])
def test_where_and_with_what_it_was_taken_is_gone(kind):
    data = saved(a_picture(), kind, exif=where().tobytes(), xmp=b"<x>41.8,-71.4</x>")
    assert dict(opened(data).getexif().get_ifd(0x8825))
    photo = cleaned(data)
    for kept in (photo.large, photo.small):
        assert not opened(kept).getexif() and not {"exif", "xmp", "icc_profile"} & set(opened(kept).info)
        for word in (b"Exif", b"Phone of Sam", b"41.8", b"http://ns.adobe.com"):
            assert word not in kept


def test_a_comment_in_the_file_is_gone():
    assert b"my address" not in cleaned(a_jpeg(comment=b"my address")).large


def test_it_stands_the_right_way_up():
    photo = cleaned(a_jpeg(600, 400, exif=where(turned=6).tobytes()))
    assert (photo.width, photo.height) == (400, 600)


def test_what_was_transparent_is_white():
    picture = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert opened(cleaned(saved(picture, "PNG")).large).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_one_is_fitted():
    photo = cleaned(a_jpeg(5000, 2500))
    assert (photo.width, photo.height) == (LARGE, LARGE // 2)


def test_bytes_hidden_behind_the_picture_are_gone():
    hidden = b"PK\x03\x04 <script>alert(1)</script>"
    assert hidden not in cleaned(a_jpeg() + hidden).large


def png_that_says(width, height) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SVG, "is not a photo"),
        (b"<html><script>alert(1)</script></html>", "is not a photo"),
        (b"%PDF-1.7\n", "is not a photo"),
        (b"PK\x03\x04" + b"0" * 100, "is not a photo"),
        (b"", "is not a photo"),
        (a_jpeg()[:600], "is damaged"),
        (png_that_says(50_000, 50_000), "too many pixels"),
        (png_that_says(8_000, 7_000), "too many pixels"),
    ],
    ids=["svg", "html", "pdf", "zip", "nothing", "cut off", "a bomb", "too large"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(data, words):
    with pytest.raises(PhotoError, match=words) as refused:
        cleaned(data, "me.jpg")
    assert "“me.jpg”" in str(refused.value)


def test_one_of_forty_megabytes_is_refused_before_it_is_read():
    class Unread:
        def read(self, *_args):
            raise AssertionError("it was read")

    with pytest.raises(PhotoError, match="“IMG_1.jpg” is 40.0\xa0MB. A photo may have up to 25.0\xa0MB"):
        clean(Unread(), "IMG_1.jpg", 40 * 1024 * 1024)
    assert MAX_BYTES < 40 * 1024 * 1024


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.jpg", "a/b.jpg", "x" * 400, "\u202egpj.exe"])
def test_a_name_says_nothing_about_where_it_lies(cast, name):
    upload = SimpleUploadedFile("x", a_jpeg())
    upload._name = name
    stored = store_photo(upload=upload, school_id=cast.school.pk, by=cast.sam, now=NOW)
    assert stored.path == f"{cast.school.pk}/{stored.pk.hex[:2]}/{stored.pk.hex}.jpg"
    assert len(stored.name) <= 200 and "/" not in stored.name
    with stored.store.open(stored.path) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == stored.sha256


def test_what_is_forgotten_is_gone_from_the_disk(cast, django_capture_on_commit_callbacks):
    stored = store_photo(upload=SimpleUploadedFile("x.jpg", a_jpeg()), school_id=1, by=cast.sam, now=NOW)
    paths = stored.path, stored.small_path
    assert all(stored.store.exists(path) for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        forget(stored=stored)
    assert not any(stored.store.exists(path) for path in paths) and not StoredFile.objects.exists()


def test_no_bytes_stay_without_a_row(cast, monkeypatch):
    def fails(*_args, **_kwargs):
        raise RuntimeError("the database is away")

    kept = []
    monkeypatch.setattr(StoredFile, "save", fails)
    store = StoredFile().store
    monkeypatch.setattr(type(store), "delete", lambda self, path: kept.append(path))
    with pytest.raises(RuntimeError):
        store_photo(upload=SimpleUploadedFile("x.jpg", a_jpeg()), school_id=1, by=cast.sam, now=NOW)
    assert len(kept) == 2
