"""Decoding a photo and drawing it anew, with Pillow and, for HEIC, libheif. Load it through files/photos.py."""

import io

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from files.photos import LARGE, MAX_PIXELS, SMALL, CleanPhoto

register_heif_opener(thumbnails=False)

# A JPEG may have a second picture behind it, as phones write them (MPO); the first is taken.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")
QUALITY = 82


class NotAPhoto(ValueError):
    """By its content it is none of the formats."""


class TooManyPixels(ValueError):
    """It would take more memory than one photo may."""


class Damaged(ValueError):
    """A decoder gave up on it."""


def drawn(file) -> CleanPhoto:
    """Raises NotAPhoto, TooManyPixels or Damaged."""
    try:
        large = _opened(file)
    except (NotAPhoto, TooManyPixels):
        raise
    # A broken or forged file may make a decoder fail in any way; it is refused in each of them.
    except Exception as error:
        raise Damaged from error
    return CleanPhoto(_jpeg(large), _jpeg(_fitted(large, SMALL)), *large.size)


def _opened(file) -> Image.Image:
    try:
        image = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        raise NotAPhoto from None
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    if image.width * image.height > MAX_PIXELS:
        raise TooManyPixels
    # JPEG can be decoded at a fraction of its size, which costs a fraction of the memory; the rest is made smaller
    # before anything else is done to it, in place.
    image.draft("RGB", (LARGE, LARGE))
    image.thumbnail((LARGE, LARGE))
    return _upright(image)


def _upright(image) -> Image.Image:
    """In the colours of screens, the right way up, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
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
