"""Invented photographs: colours only, nobody's face."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

SIDEWAYS = 6  # EXIF: to be turned by 90° clockwise
PLACE = "N 25° 17'"


def photograph(
    kind: str = "JPEG", *, size: tuple[int, int] = (900, 1200), colour: str = "teal", **more: Any
) -> bytes:
    """A photograph as a telephone hands it in."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **more)
    return written.getvalue()


def sideways_with_place() -> bytes:
    """Taken with the telephone on its side, its left half red; EXIF says how to turn it, and where it was taken."""
    picture = Image.new("RGB", (1200, 900), "navy")
    picture.paste("red", (0, 0, 600, 900))
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[1] = "N"
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()
