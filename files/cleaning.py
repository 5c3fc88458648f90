"""What an upload is, by its content, and what of it is kept. Each cleaner reads the file with the tool for its kind and
writes another one: a file that only pretends to be of its kind is found out there.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from files import apart
from files.limits import DOCUMENTS, MOST, SOUNDS, VIDEOS
from files.models import Kind, Upload

Why = Upload.Refused
HEAD = 4096
_IMAGE_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_MARKUP = (b"<svg", b"<!doctype", b"<html", b"<?xml", b"<script")


class Refusal(ValueError):
    """Why a file is not taken: one of Upload.Refused."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Cleaned:
    """A file that may be kept, at `path`; `small` is its picture as JPEG, where there is one."""

    kind: str
    extension: str
    content_type: str
    path: Path
    small: bytes | None = None
    width: int = 0
    height: int = 0


def container_of(head: bytes) -> str:
    """What the first bytes say: image, iso, ebml, mp3, ogg, wav, pdf, zip, text, or "" for what is not taken."""
    if head[4:8] == b"ftyp":
        return "image" if head[8:12] in _IMAGE_BRANDS else "iso"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")):
        return "image"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "image", b"WAVE": "wav"}.get(head[8:12], "")
    known = {b"\x1aE\xdf\xa3": "ebml", b"ID3": "mp3", b"OggS": "ogg", b"%PDF-": "pdf", b"PK\x03\x04": "zip"}
    found = next((name for start, name in known.items() if head.startswith(start)), "")
    # A frame of MPEG layer III without a tag before it: eleven bits set, then version and layer.
    if not found and len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "mp3"
    return found or ("text" if _is_text(head) else "")


def _is_text(head: bytes) -> bool:
    if b"\0" in head or head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        return False
    # The head may end inside a letter.
    return any(_decodes(head[: len(head) - cut]) for cut in range(4) if len(head) > cut)


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def clean(path: Path, folder: Path) -> Cleaned:
    """Write what may be kept of the file at `path` into `folder`. Raises Refusal."""
    with path.open("rb") as file:
        container = container_of(file.read(HEAD))
    if container not in _CLEANERS:
        raise Refusal(Why.NOT_ALLOWED)
    cleaned = _CLEANERS[container](path, folder, container)
    if path.stat().st_size > MOST[cleaned.kind]:
        raise Refusal(Why.TOO_LARGE)
    return cleaned


def _image(path, folder, _container) -> Cleaned:
    if path.stat().st_size > MOST[Kind.PHOTO]:
        raise Refusal(Why.TOO_LARGE)
    from files import drawing  # noqa: PLC0415 (see files/photos.py)

    with path.open("rb") as file:
        try:
            photo = drawing.drawn(file)
        except drawing.TooManyPixels:
            raise Refusal(Why.TOO_LARGE) from None
        except (drawing.NotAPhoto, drawing.Damaged):
            raise Refusal(Why.DAMAGED) from None
    out = folder / "photo.jpg"
    out.write_bytes(photo.large)
    return Cleaned(Kind.PHOTO, "jpg", "image/jpeg", out, photo.small, photo.width, photo.height)


def _media(path, folder, container) -> Cleaned:
    from files import media  # noqa: PLC0415 (its tool is looked for when the first film comes)

    try:
        film = media.remux(path, folder, container)
    except media.Unreadable:
        raise Refusal(Why.DAMAGED) from None
    except media.TooMuch:
        raise Refusal(Why.TOO_LARGE) from None
    kind, types = (Kind.VIDEO, VIDEOS) if film.has_picture else (Kind.AUDIO, SOUNDS)
    return Cleaned(kind, film.extension, types[film.extension], film.path, film.still, film.width, film.height)


def _pdf(path, folder, _container) -> Cleaned:
    if path.stat().st_size > MOST[Kind.PDF]:
        raise Refusal(Why.TOO_LARGE)
    try:
        out, small = apart.clean_pdf(path, folder)
    except apart.NotCleaned as error:
        raise Refusal(Why(error.why)) from None
    return Cleaned(Kind.PDF, "pdf", "application/pdf", out, small)


def _zip(path, _folder, _container) -> Cleaned:
    if path.stat().st_size > MOST[Kind.DOCUMENT]:
        raise Refusal(Why.TOO_LARGE)
    from files import documents  # noqa: PLC0415 (beside the others)

    try:
        extension = documents.kind_of(path)
    except documents.Unreadable:
        raise Refusal(Why.DAMAGED) from None
    except documents.TooMuch:
        raise Refusal(Why.TOO_LARGE) from None
    except documents.Macros:
        raise Refusal(Why.MACROS) from None
    if extension is None:
        raise Refusal(Why.NOT_ALLOWED)
    return Cleaned(Kind.DOCUMENT, extension, DOCUMENTS[extension], path)


def _text(path, folder, _container) -> Cleaned:
    if path.stat().st_size > MOST[Kind.TEXT]:
        raise Refusal(Why.TOO_LARGE)
    data = path.read_bytes()
    if not _decodes(data) or b"\0" in data:
        raise Refusal(Why.NOT_ALLOWED)
    out = folder / "text.txt"
    shutil.copyfile(path, out)
    return Cleaned(Kind.TEXT, "txt", "text/plain; charset=utf-8", out)


_CLEANERS = {
    "image": _image, "iso": _media, "ebml": _media, "mp3": _media, "ogg": _media, "wav": _media, "pdf": _pdf,
    "zip": _zip, "text": _text,
}  # fmt: skip
