"""A photo as it may be kept: decoded and drawn anew, so that nothing of the file that came in stays.

Gone with it are where and with which device it was taken (EXIF, XMP), a thumbnail of what was cut away, and whatever
else was hidden in the file. What it is, is read from its content; its name says nothing. The decoders are in
files/drawing.py, which is loaded when the first photo comes.
"""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MAX_BYTES = 25 * 1024 * 1024
# What is decoded at once takes three bytes each: the 48 megapixels of a phone are 146 MB for a moment.
MAX_PIXELS = 50_000_000
LARGE, SMALL = 2000, 480


class PhotoError(ValueError):
    """Said to the person who chose the file, in their words."""


@dataclass(frozen=True)
class CleanPhoto:
    """JPEG at its reading size and as a thumbnail; `width` and `height` are those of the first."""

    large: bytes
    small: bytes
    width: int
    height: int


def clean(file, name: str, size: int) -> CleanPhoto:
    """Draw the photo anew. Raises PhotoError with a sentence that names the file."""
    if size > MAX_BYTES:
        raise PhotoError(
            _("“%(name)s” is %(size)s. A photo may have up to %(most)s: choose a smaller one, or take it again.")
            % {"name": name, "size": filesizeformat(size), "most": filesizeformat(MAX_BYTES)}
        )
    from files import drawing  # noqa: PLC0415 (six MiB of decoders, which most processes never need)

    try:
        return drawing.drawn(file)
    except drawing.NotAPhoto:
        words = _("“%(name)s” is not a photo. JPEG, PNG, WebP, HEIC, AVIF and GIF can be taken.")
    except drawing.TooManyPixels:
        words = _("“%(name)s” has too many pixels to be opened here.")
    except drawing.Damaged:
        words = _("“%(name)s” is damaged and cannot be opened.")
    raise PhotoError(words % {"name": name})
