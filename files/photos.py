"""A photo as it may be kept: decoded and drawn anew, so that nothing of the file that came in stays.

Gone with it are where and with which device it was taken (EXIF, XMP), a thumbnail of what was cut away, and whatever
else was hidden in the file. What it is, is read from its content; its name says nothing.
"""

import io
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)

# A JPEG may have a second picture behind it, as phones write them (MPO); the first is taken.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")
MAX_BYTES = 25 * 1024 * 1024
# What is decoded at once takes three bytes each: the 48 megapixels of a phone are 146 MB for a moment.
MAX_PIXELS = 50_000_000
LARGE, SMALL = 2000, 480
QUALITY = 82


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
    try:
        image = _opened(file, name)
        large = _fitted(image, LARGE)
    except PhotoError:
        raise
    # A broken or forged file may make a decoder fail in any way; it is refused in each of them.
    except Exception as error:
        raise PhotoError(_("“%(name)s” is damaged and cannot be opened.") % {"name": name}) from error
    return CleanPhoto(_jpeg(large), _jpeg(_fitted(large, SMALL)), *large.size)


def _opened(file, name) -> Image.Image:
    too_many = PhotoError(_("“%(name)s” has too many pixels to be opened here.") % {"name": name})
    try:
        image = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        raise PhotoError(
            _("“%(name)s” is not a photo. JPEG, PNG, WebP, HEIC, AVIF and GIF can be taken.") % {"name": name}
        ) from None
    except Image.DecompressionBombError:
        raise too_many from None
    # JPEG can be decoded at a fraction of its size, which costs a fraction of the memory.
    image.draft("RGB", (LARGE, LARGE))
    if image.width * image.height > MAX_PIXELS:
        raise too_many
    return _upright(image)


def _upright(image) -> Image.Image:
    """In the colours of screens, the right way up, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode != "RGB":
        layers = image.convert("RGBA")
        image = Image.new("RGB", layers.size, "white")
        image.paste(layers, mask=layers.getchannel("A"))
    elif profile:
        image = _in_srgb(image, profile)
    return image


def _in_srgb(image, profile):
    try:
        known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, known, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image


def _fitted(image, side) -> Image.Image:
    fitted = image.copy()
    fitted.thumbnail((side, side))
    return fitted


def _jpeg(image) -> bytes:
    # Only the picture: `save` would write back what the image carries in `info`.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
