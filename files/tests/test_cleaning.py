"""What comes in is named by its content and kept without what it says of place and device, or refused."""

import io
import resource
import signal
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from unittest.mock import Mock

import imageio_ffmpeg
import pikepdf
import pytest
from PIL import Image

from bench.processes import environment
from files import apart
from files.cleaning import Refusal, clean, container_of
from files.pdfs import bare_jpeg
from files.tests.factories import a_jpeg, a_picture, saved, where

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
PICTURE, SOUND = ["-f", "lavfi", "-i", "testsrc=d=1:s=160x120:r=5"], ["-f", "lavfi", "-i", "sine=d=1"]
SECRET = ["-metadata", "location=+41.8240-071.4128/", "-metadata", "title=My street", "-metadata", "artist=Sam"]


def made(tmp_path, name, *inputs) -> Path:
    out = tmp_path / name
    subprocess.run([FFMPEG, "-loglevel", "error", "-y", *inputs, *SECRET, out], check=True)
    return out


def written(tmp_path, data: bytes, name="given") -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def cleaned(tmp_path, path):
    folder = tmp_path / "out"
    folder.mkdir()
    return clean(path, folder)


def refused(tmp_path, data: bytes) -> str:
    with pytest.raises(Refusal) as error:
        cleaned(tmp_path, written(tmp_path, data))
    return error.value.why


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "inputs", "kind", "extension"),
    [
        ("a.mp4", PICTURE + SOUND, "video", "mp4"), ("a.mov", PICTURE, "video", "mp4"),
        ("a.webm", PICTURE + SOUND, "video", "webm"), ("a.m4a", SOUND, "audio", "m4a"),
        ("a.mp3", SOUND, "audio", "mp3"), ("a.ogg", SOUND, "audio", "ogg"), ("a.wav", SOUND, "audio", "wav"),
    ],
)  # fmt: skip
def test_film_and_sound_lose_where_and_by_whom_they_were_made(tmp_path, name, inputs, kind, extension):
    path = made(tmp_path, name, *inputs)
    found = cleaned(tmp_path, path)
    assert (found.kind, found.extension) == (kind, extension)
    data = found.path.read_bytes()
    assert b"My street" in path.read_bytes()
    for word in (b"My street", b"+41.8240", b"Sam"):
        assert word not in data
    assert (found.small is not None) == (kind == "video")
    if kind == "video":
        assert (found.width, found.height) == (160, 120)
        assert Image.open(io.BytesIO(found.small)).size == (160, 120)
    subprocess.run([FFMPEG, "-loglevel", "error", "-i", found.path, "-f", "null", "-"], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.mov", "a.mkv"])
def test_a_film_of_single_jpegs_loses_what_the_camera_wrote_into_each(tmp_path, name):
    exif = where().tobytes()
    frames = written(tmp_path, b"".join(a_jpeg(161, 120, exif=exif) for _picture in range(5)), "frames")
    film = ["-f", "mjpeg", "-framerate", "5", "-i", frames, *SOUND, "-c:v", "copy", "-c:a", "pcm_s16le"]
    # A title that says what a look at the streams would be told.
    path = made(tmp_path, name, *film, "-metadata", "comment=Stream #0:0: Video: h264, 160x120")
    assert path.read_bytes().count(exif) == 5
    found = cleaned(tmp_path, path)
    data = found.path.read_bytes()
    assert (found.kind, found.extension, found.width) == ("video", "mp4", 160)
    for word in (b"Exif", b"Phone of Sam", exif[8:], b"My street"):
        assert word not in data
    told = subprocess.run([FFMPEG, "-hide_banner", "-i", found.path], capture_output=True, text=True).stderr
    assert "Video: h264" in told and "Audio: aac" in told
    subprocess.run([FFMPEG, "-loglevel", "error", "-i", found.path, "-f", "null", "-"], check=True)


def test_a_film_loses_the_words_beside_its_pictures(tmp_path):
    """As some camcorders write date and position there."""
    words = b"Position of Sam"
    beside = f"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{words.decode()}"
    whole = tmp_path / "a.mp4"
    subprocess.run([FFMPEG, "-loglevel", "error", *PICTURE, "-c:v", "libx264", "-y", whole], check=True)
    path = made(tmp_path, "b.mp4", "-i", whole, "-c", "copy", "-bsf:v", beside)
    assert words in path.read_bytes()
    found = cleaned(tmp_path, path)
    assert words not in found.path.read_bytes()
    subprocess.run([FFMPEG, "-loglevel", "error", "-i", found.path, "-f", "null", "-"], check=True)


def test_a_film_in_hevc_loses_them_too(tmp_path):
    """The encoder's own words, which stand before each group of pictures; those in the film's head stay."""
    words, again = b"x265 (build", ["-x265-params", "repeat-headers=1:keyint=1:log-level=error"]
    path = made(tmp_path, "a.mp4", *PICTURE, "-pix_fmt", "yuv420p", "-c:v", "libx265", *again)
    assert path.read_bytes().count(words) > 2
    found = cleaned(tmp_path, path)
    assert found.path.read_bytes().count(words) <= 1
    subprocess.run([FFMPEG, "-loglevel", "error", "-i", found.path, "-f", "null", "-"], check=True)


def a_pdf(*, scripts=True, password="") -> bytes:
    """One page with a photo that says where it was taken, a link, and all that could act."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    photo = a_jpeg(80, 60, exif=where().tobytes())
    stream = pikepdf.Stream(
        pdf, photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=80, Height=60,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    page.Contents = pdf.make_stream(b"q 80 0 0 60 10 10 cm /Im0 Do Q")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 10, 10],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org"),
    )  # fmt: skip
    page.Annots = pikepdf.Array([link])
    if scripts:
        act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('My street')")
        pdf.Root.OpenAction = act
        launch = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
        )  # fmt: skip
        page.Annots.append(launch)
        pdf.attachments["secret.txt"] = b"My street"
        pdf.docinfo["/Author"] = "Sam of My street"
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = ["Sam of My street"]
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else None)
    return out.getvalue()


def test_a_pdf_keeps_its_pages_and_links_and_nothing_that_acts_or_tells(tmp_path):
    found = cleaned(tmp_path, written(tmp_path, a_pdf()))
    assert (found.kind, found.extension) == ("pdf", "pdf") and found.small.startswith(b"\xff\xd8")
    with pikepdf.open(found.path) as pdf:
        assert len(pdf.pages) == 1 and not pdf.attachments and "/OpenAction" not in pdf.Root
        assert "/Metadata" not in pdf.Root and not dict(pdf.docinfo)
        assert [str(note.A.S) for note in pdf.pages[0].Annots] == ["/URI"]
        photo = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
        assert Image.open(io.BytesIO(photo)).size == (80, 60) and b"Exif" not in photo
        everything = b"".join(_bytes_of(one) for one in pdf.objects)
    assert b"My street" not in everything and b"calc.exe" not in everything


def _bytes_of(one) -> bytes:
    if not isinstance(one, pikepdf.Stream):
        return one.unparse()
    is_photo = one.get(pikepdf.Name.Filter) == pikepdf.Name.DCTDecode
    return one.read_raw_bytes() if is_photo else one.read_bytes()


def test_a_jpeg_without_its_telling_segments_is_the_same_picture():
    data = a_jpeg(80, 60, exif=where().tobytes(), comment=b"My street")
    bare = bare_jpeg(data)
    assert b"Exif" not in bare and b"My street" not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def a_zip(parts: dict, *, how=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}


@pytest.mark.parametrize(
    ("data", "kind", "extension"),
    [
        (a_zip(WORD), "document", "docx"),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "document", "odt"),
        ("Größe: 3 m\n".encode(), "text", "txt"),
        (b"\xef\xbb\xbfa,b\n1,2\n", "text", "txt"),
        (a_jpeg(), "photo", "jpg"),
        (saved(a_picture(), "HEIF"), "photo", "jpg"),
        (saved(a_picture(), "WEBP"), "photo", "jpg"),
    ],
)  # fmt: skip
def test_documents_text_and_photos(tmp_path, data, kind, extension):
    found = cleaned(tmp_path, written(tmp_path, data))
    assert (found.kind, found.extension) == (kind, extension)


# What was tried: everything here is refused, whatever it is called.
BAD = {
    "an SVG with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not_allowed"),
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", "not_allowed"),
    "a page behind blanks": (b"\xef\xbb\xbf \n <HTML><body onload=alert(1)>", "not_allowed"),
    "a program": (b"MZ\x90\0" + b"\0" * 200, "not_allowed"),
    "a program of Linux": (b"\x7fELF\2\1\1" + b"\0" * 200, "not_allowed"),
    "any zip": (a_zip({"a.txt": "a"}), "not_allowed"),
    "a zip bomb": (a_zip(WORD | {"word/media/a": b"\0" * 30_000_000}), "too_large"),
    "macros": (a_zip(WORD | {"word/vbaProject.bin": b"\xd0\xcf"}), "macros"),
    "a path that climbs": (a_zip(WORD | {"../../etc/cron.d/x": "x"}), "damaged"),
    "half a zip": (a_zip(WORD)[:60], "damaged"),
    "half a photo": (a_jpeg()[:500], "damaged"),
    "half a PDF": (b"%PDF-1.7\n1 0 obj", "damaged"),
    "a locked PDF": (a_pdf(password="x"), "locked"),
    "no film": (b"\0\0\0\x18ftypmp42" + b"\0" * 100, "damaged"),
    "a playlist as film": (b"#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n" + b"\0", "not_allowed"),
    "no sound": (b"ID3\x04" + b"\0" * 300, "damaged"),
    "bytes": (bytes(range(256)) * 8, "not_allowed"),
}


@pytest.mark.parametrize(("data", "why"), BAD.values(), ids=BAD.keys())
def test_what_is_not_what_it_claims_is_refused(tmp_path, data, why):
    assert refused(tmp_path, data) == why


def test_an_image_of_fifty_thousand_by_fifty_thousand_is_refused(tmp_path):
    from files.tests.test_photos import png_that_says

    assert refused(tmp_path, png_that_says(50_000, 50_000)) == "too_large"


def test_a_photo_that_is_a_page_too_is_only_a_photo(tmp_path):
    both = a_jpeg() + b"<script>alert(1)</script>" + a_zip({"a": "b"})
    assert b"script" not in cleaned(tmp_path, written(tmp_path, both)).path.read_bytes()


def test_a_playlist_inside_a_film_fetches_nothing(tmp_path):
    """A text that ffmpeg would take for a list of other files, if it were asked to guess."""
    text = b"ffconcat version 1.0\nfile /etc/passwd\n"
    found = cleaned(tmp_path, written(tmp_path, text))
    assert found.kind == "text" and found.path.read_bytes() == text


@pytest.mark.parametrize(
    ("head", "name"), [(b"", ""), (b"\xff\xfb\x90\x00", "mp3"), (b"RIFF\0\0\0\0AVI ", ""), (b"Hall\xc3", "text")]
)  # fmt: skip
def test_the_first_bytes(head, name):
    assert container_of(head) == name


def test_a_pdf_with_broken_notes_and_hidden_acts_is_cleaned_too(tmp_path):
    """A note that points to nothing, a launch in an outline, a script behind a link, a photo that is packed twice."""
    with pikepdf.open(io.BytesIO(a_pdf(scripts=False))) as pdf:
        page = pdf.pages[0]
        page.Annots.append(7)
        link = page.Annots[0]
        link.A.Next = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('My street')")
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        pdf.Root.Outlines = pdf.make_indirect(
            pikepdf.Dictionary(First=pdf.make_indirect(pikepdf.Dictionary(Title="x", A=launch)), Count=1)
        )
        photo = page.Resources.XObject.Im0
        packed = zlib.compress(photo.read_raw_bytes())
        photo.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode]))
        given = io.BytesIO()
        pdf.save(given)
    found = cleaned(tmp_path, written(tmp_path, given.getvalue()))
    with pikepdf.open(found.path) as pdf:
        assert str(pdf.pages[0].Annots[0].A.S) == "/URI" and len(pdf.pages[0].Annots) == 1
        assert b"Exif" not in pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
        everything = b"".join(_bytes_of(one) for one in pdf.objects)
    assert b"My street" not in everything and b"calc.exe" not in everything


def packed_twice(size: int) -> bytes:
    """Zeros, deflated and deflated again: a few kilobytes, made of one part again and again."""
    part = 16 * 1024 * 1024
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packing.compress(bytes(part)) + packing.flush(zlib.Z_FULL_FLUSH)
    last, check = zlib.compressobj(9, zlib.DEFLATED, -15).flush(), (size % 65521) << 16 | 1
    return zlib.compress(b"\x78\xda" + once * (size // part) + last + check.to_bytes(4, "big"), 9)


def a_bomb() -> bytes:
    """A PDF whose pages are said in an object stream of two GiB."""
    packed, out, at = packed_twice(2 << 30), io.BytesIO(), []

    def add(words, data):
        at.append(out.tell())
        stream = b"/Length %d>>stream\n%b\nendstream" % (len(data), data) if data else b">>"
        out.write(b"%d 0 obj\n<<%b%b\nendobj\n" % (len(at), words, stream))

    out.write(b"%PDF-1.7\n")
    add(b"/Type/Catalog/Pages 3 0 R", b"")
    add(b"/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]", packed)
    begins = out.tell()
    rows = [(0, 0, 65535), (1, at[0], 0), (1, at[1], 0), (2, 2, 0)]
    table = b"".join(kind.to_bytes(1, "big") + to.to_bytes(4, "big") + n.to_bytes(2, "big") for kind, to, n in rows)
    out.write(b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%b\nendstream\nendobj\n"
              % (len(table), table))  # fmt: skip
    out.write(b"startxref\n%d\n%%%%EOF\n" % begins)
    return out.getvalue()


@pytest.mark.slow
def test_a_pdf_of_gigabytes_takes_no_memory_of_the_worker(tmp_path):
    bomb = a_bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(bomb) < 10_000 and refused(tmp_path, bomb) in ("damaged", "too_large")
    # Kilobytes on Linux.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024


def test_a_pdf_that_takes_too_long_or_too_much_memory_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, a_pdf())
    died = subprocess.CompletedProcess([], -signal.SIGABRT)
    for happens in (subprocess.TimeoutExpired([], 1), died):
        monkeypatch.setattr(apart.subprocess, "run", Mock(side_effect=[happens]))
        with pytest.raises(Refusal, match="too_large"):
            clean(path, tmp_path)


def test_a_cleaner_that_fails_in_a_new_way_says_how(tmp_path, monkeypatch):
    """With its own words, which are logged; and it knows nothing of the site's environment."""
    monkeypatch.setenv("SECRET_KEY", "a secret")
    run = Mock(wraps=subprocess.run)
    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(RuntimeError, match="FileNotFoundError"):
        apart.clean_pdf(tmp_path / "nothing", tmp_path)
    assert "SECRET_KEY" not in run.call_args.kwargs["env"]


def test_nothing_hides_behind_a_fill_byte_or_the_end_of_a_jpeg():
    data = a_jpeg(80, 60, exif=where().tobytes())
    filled = data.replace(b"\xff\xe1", b"\xff\xff\xe1", 1)
    bare = bare_jpeg(filled + a_jpeg(20, 20, exif=where().tobytes()))
    assert b"Exif" not in bare and Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_film_that_would_grow_without_end_is_cut_off(tmp_path, monkeypatch):
    from files import media

    monkeypatch.setattr(media, "GROWTH", 0)
    monkeypatch.setattr(media, "SLACK", 500)
    with pytest.raises(Refusal):
        cleaned(tmp_path, made(tmp_path, "a.mp4", *PICTURE, *SOUND))


def test_a_photo_takes_little_memory_however_small_its_file(tmp_path):
    """A PNG of one colour is a few kilobytes, and forty-nine megapixels."""
    path = written(tmp_path, saved(Image.new("RGBA", (7000, 7000), (10, 20, 30, 255)), "PNG"))
    code = (
        "import sys, resource, pathlib; from files import drawing; "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "drawing.drawn(open(sys.argv[1], 'rb')); "
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    command = [sys.executable, "-c", f"import django; django.setup(); {code}", path]
    variables = environment(DJANGO_SETTINGS_MODULE="bpl.settings", DEBUG="1")
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=variables)
    # Four bytes a pixel are 187 MiB; nothing holds them twice.
    assert int(done.stdout) < 260


@pytest.mark.parametrize("behind", [b"<html><script>alert(1)</script>", b"PK\x03\x04" + b"hidden.exe" * 9])
def test_a_pdf_that_is_something_else_too_is_only_a_pdf_afterwards(tmp_path, behind):
    data = a_pdf()
    found = cleaned(tmp_path, written(tmp_path, data + behind, "polyglot.pdf"))
    assert behind not in found.path.read_bytes() and found.path.read_bytes().startswith(b"%PDF-")
