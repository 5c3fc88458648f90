"""Photos for tests, made as phones make them."""

import io

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()


def a_picture(width=400, height=300, mode="RGB") -> Image.Image:
    """Noise, so that it does not compress to nothing."""
    return Image.effect_noise((width, height), 60).convert(mode)


def a_jpeg(width=400, height=300, **how) -> bytes:
    return saved(a_picture(width, height), "JPEG", **how)


def saved(image, kind, **how) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def where(degrees=(41.0, 49.0, 30.0), turned=1) -> Image.Exif:
    """What a phone writes into a photo: where it was taken, with what, and which way up."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x0110] = "Phone of Sam"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", degrees, "W", degrees
    exif[0x8825] = place
    return exif
