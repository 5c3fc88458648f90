"""Documents of offices, which are zip files: looked into, never unpacked; handed out to be saved, never shown."""

import zipfile
from pathlib import Path, PurePosixPath

MOST_PARTS = 5000
MOST_UNPACKED = 500 * 1024 * 1024
# Text packs to a tenth, repeated text to a hundredth; bombs to a thousandth.
MOST_RATIO = 200
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt", b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}  # fmt: skip
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


class Unreadable(ValueError):
    """It is no whole zip file, or names a part outside itself."""


class TooMuch(ValueError):
    """It would unpack to far more than it is."""


class Macros(ValueError):
    """It brings a program with it."""


def kind_of(path: Path) -> str | None:
    """docx, xlsx, pptx, odt, ods or odp; None for any other zip file. Raises Unreadable, TooMuch or Macros."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_bomb(parts)
            names = {part.filename for part in parts}
            kind = _office(names) or _open(archive, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable from error
    if any(".." in PurePosixPath(name).parts or name.startswith("/") for name in names):
        raise Unreadable
    if any(name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Macros
    return kind


def _refuse_bomb(parts):
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        raise TooMuch


def _office(names) -> str | None:
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in OFFICE.items() if part in names), None)


def _open(archive, names) -> str | None:
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 100:
        return None
    return OPEN.get(archive.read("mimetype").strip())
