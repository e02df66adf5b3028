"""A portrait out of whatever photograph is handed in: upright, small, and with nothing in it but the picture."""

from __future__ import annotations

import struct
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from yanzhen.kernel.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024  # what a telephone's camera makes, and some more
MOST_PIXELS = 60_000_000  # a small file can claim to be a huge picture
MOST_DECODED = 24_000_000  # pixels that are decoded at most: 100 MB of memory
SIZE = (480, 640)  # 3 cm on paper at 300 dots an inch, and sharp on a telephone
_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP")
# What Pillow raises for files that are damaged, or made to do damage.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def portrait(data: bytes) -> bytes:
    """The photograph as a JPEG that fits into `SIZE`, turned upright; whatever else the file says (where it was taken,
    with what) is left behind. The same file gives the same bytes.

    DomainError with its field `photo` for a file that is too large, no picture of a kind that is taken, or damaged.
    """
    if len(data) > MOST_BYTES:
        raise DomainError(_("照片不能超过 10 MB，请换一张小一些的。"), field="photo")
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            claimed = opened.width * opened.height
            opened.draft("RGB", (2 * SIZE[0], 2 * SIZE[1]))  # a JPEG is decoded no larger than it is needed
            if claimed > MOST_PIXELS or opened.width * opened.height > MOST_DECODED:
                raise DomainError(_("照片的尺寸太大，请换一张小一些的。"), field="photo")
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail(SIZE, Image.Resampling.LANCZOS)
            return _jpeg(upright)
    except _DAMAGED as error:
        raise DomainError(
            _("这个文件打不开，请换一张 JPG、PNG 或 WebP 格式的照片。"), field="photo"
        ) from error


def _jpeg(picture: Image.Image) -> bytes:
    layered = picture.convert("RGBA")
    plain = Image.new("RGB", layered.size, "white")  # what was transparent becomes paper
    plain.paste(layered, mask=layered.getchannel("A"))
    written = BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return written.getvalue()
