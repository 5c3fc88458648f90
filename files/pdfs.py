"""A PDF without what it says about its maker and without what could act: no metadata, script, attachment or launch.

The pages stay as they are. Photos in them lose what the camera wrote: the segments of a JPEG that hold no picture.
Read only in a process of its own, which this module is the program of (files/apart.py).
"""

import errno
import io
import sys
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Name

from files import apart

SMALL = 480
# Pages that would be a metre and a half at the size of the picture are drawn as their upper part.
LONGEST = 4 * SMALL
ACTS = (Name.OpenAction, Name.AA, Name.AF, Name.Metadata, Name.PieceInfo, Name.Collection, Name.AcroForm)
MOST_PHOTO = 64 * 1024 * 1024
NAMED = (Name.JavaScript, Name.EmbeddedFiles)


class Unreadable(ValueError):
    """qpdf gives up on it."""


class Locked(ValueError):
    """It opens only with a password."""


def stripped(path: Path, out: Path) -> Path:
    """Raises Locked or Unreadable."""
    try:
        with pikepdf.open(path) as pdf:
            if not pdf.pages:
                raise Unreadable
            _strip(pdf)
            pdf.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError:
        raise Locked from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError, zlib.error) as error:
        raise Unreadable from error
    return out


def _strip(pdf):
    # What somebody filled into a form becomes part of the page: the form itself can act, and goes.
    pdf.generate_appearance_streams()
    pdf.flatten_annotations()
    if Name.Info in pdf.trailer:
        del pdf.trailer[Name.Info]
    for key in ACTS:
        if key in pdf.Root:
            del pdf.Root[key]
    if Name.Names in pdf.Root:
        for key in NAMED:
            if key in pdf.Root.Names:
                del pdf.Root.Names[key]
    for page in pdf.pages:
        _strip_page(page)
    _strip_objects(pdf)


def _strip_objects(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _strip_acts(thing)
        if isinstance(thing, pikepdf.Stream):
            _strip_photo(thing)


def _strip_acts(thing):
    """Of any object: what it would do, and what it says beside what is seen."""
    for key in (Name.AA, Name.AF, Name.Metadata, Name.PieceInfo):
        if key in thing:
            del thing[key]
    if Name.S in thing and Name.Next in thing:
        del thing[Name.Next]
    action = thing.get(Name.A)
    if isinstance(action, pikepdf.Dictionary):
        if action.get(Name.S) not in (Name.URI, Name.GoTo, None):
            del thing[Name.A]
        elif Name.Next in action:
            del action[Name.Next]


def _strip_page(page):
    for key in (Name.AA, Name.AF, Name.Metadata, Name.PieceInfo):
        if key in page:
            del page[key]
    notes = page.get(Name.Annots)
    if notes is not None:
        kept = [note for note in notes if isinstance(note, pikepdf.Dictionary) and _is_harmless(note)]
        page[Name.Annots] = pikepdf.Array(kept)


def _is_harmless(note) -> bool:
    """Links to pages and to the web stay; what plays, launches, holds a file or runs a script goes."""
    if note.get(Name.Subtype) not in (Name.Link, Name.Text, Name.Highlight, Name.Underline, Name.FreeText, Name.Ink):
        return False
    if Name.AA in note:
        del note[Name.AA]
    action = note.get(Name.A)
    return action is None or action.get(Name.S) in (Name.URI, Name.GoTo)


def _strip_photo(stream):
    """A JPEG, also one that is packed once more, loses what the camera wrote; how its colours are to be read stays."""
    filters = stream.get(Name.Filter)
    filters = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if filters[-1] != Name.DCTDecode:
        return
    settings = stream.get(Name.DecodeParms)
    last = settings[-1] if isinstance(settings, pikepdf.Array) and len(settings) else settings
    data = stream.read_raw_bytes()
    for found in filters[:-1]:
        if found != Name.FlateDecode:
            raise Unreadable
        data = _unpacked(data)
    more = {"decode_parms": last} if isinstance(last, pikepdf.Dictionary) else {}
    stream.write(bare_jpeg(data), filter=Name.DCTDecode, **more)


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(data, MOST_PHOTO)
    if unpacking.unconsumed_tail:
        raise Unreadable
    return found


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without its segments APP1 to APP13, APP15 and COM: no Exif, XMP, maker's notes or comment.

    APP0 (JFIF) and APP14 (how Adobe keeps colours) belong to the picture; what stands behind its end does not. See
    ITU-T T.81, annex B.
    """
    out, at = io.BytesIO(), 2
    out.write(data[:2])
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFF:
            # A fill byte before a marker.
            at += 1
            continue
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        is_kept = marker in (0xE0, 0xEE) or not (0xE1 <= marker <= 0xEF or marker == 0xFE)
        if is_kept:
            out.write(data[at : at + 2 + length])
        at += 2 + length
    # In the picture's own bytes FF is followed by 00 or a restart, so that its end is the first FF D9.
    end = data.find(b"\xff\xd9", at)
    out.write(data[at : end + 2 if end >= 0 else len(data)])
    return out.getvalue()


def first_page(path: Path) -> bytes | None:
    """The first page as a small JPEG; None where it cannot be drawn."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[0]
            width, height = page.get_size()
            scale = min(SMALL / max(width, 1), LONGEST / max(height, 1), 4)
            picture = page.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return None
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def main(given: Path, out: Path, small: Path) -> int:
    """The clean PDF to `out`, its first page to `small` where it can be drawn. Returns how the process ends."""
    apart.limit(given.stat().st_size)
    try:
        page = first_page(stripped(given, out))
    except Locked:
        return apart.LOCKED
    except Unreadable:
        return apart.DAMAGED
    except MemoryError:
        return apart.TOO_LARGE
    except OSError as error:
        if error.errno == errno.EFBIG:
            return apart.TOO_LARGE
        raise
    if page:
        small.write_bytes(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
