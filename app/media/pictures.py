"""Pictures: taken in as bare pixels and written anew, so that nothing else of the file comes along; shown as pixels.

Place, camera, time, previews and comments of a photograph stay outside: only what can be seen is kept, upright and no
larger than a sheet of paper needs.
"""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import msgspec

from app.media.limits import LONGEST_SIDE, MOST_PIXELS, mistrusting, refuse

if TYPE_CHECKING:
    from PIL import Image

_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
_FINE: Final = frozenset({"PNG", "GIF", "BMP"})
"""Drawings and screens: kept without loss, unless that makes them as large as this."""
_FINE_BYTES: Final = 4 * 1024 * 1024
_QUALITY: Final = 88


class Raster(msgspec.Struct, frozen=True):
    """Pixels: four bytes each (red, green, blue, opacity), row by row from the top."""

    width: int
    height: int
    rgba: bytes


class Picture(msgspec.Struct, frozen=True):
    """A picture written anew, as it is kept."""

    media: str
    content: bytes
    width: int
    height: int


def written_anew(data: bytes) -> Picture:
    """Take the pixels out of a file and write them again.

    Raises:
        MediaError: FILE_REFUSED with `reason` damaged, too_many_pixels (`pixels` in millions) or no_memory.
    """
    from PIL import Image

    with mistrusting():
        image, source = _pixels(data, LONGEST_SIDE)
        bare = Image.frombytes(image.mode, image.size, image.tobytes())  # carries no remark of the file it came from
        if bare.mode == "RGBA" or source in _FINE:
            content = _saved(bare, "PNG", optimize=True)
            if bare.mode == "RGBA" or len(content) <= _FINE_BYTES:
                return Picture("image/png", content, *bare.size)
        return Picture("image/jpeg", _saved(bare, "JPEG", quality=_QUALITY, optimize=True), *bare.size)


def shown(data: bytes, longest: int = LONGEST_SIDE) -> Raster:
    """The pixels of a kept picture, at most `longest` on its longer side. What is kept is looked at as warily.

    Raises:
        MediaError: as `written_anew`.
    """
    with mistrusting():
        image, _ = _pixels(data, longest)
        return Raster(*image.size, image.convert("RGBA").tobytes())


def _pixels(data: bytes, longest: int) -> tuple[Image.Image, str]:
    """Upright pixels in RGB, or RGBA where something is seen through, and the format they came from."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a library's remarks on a strange file are no business of the log
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        source = image.format or ""
        wide, high = image.size
        if wide * high > MOST_PIXELS:
            raise refuse("too_many_pixels", pixels=wide * high // 1_000_000)
        if source == "JPEG":
            image.draft("RGB", (longest, longest))
        image.load()
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        plain = _plain(upright)
        plain.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        if isinstance(profile, bytes) and plain.mode == "RGB" and image.mode == "RGB":
            plain = _in_usual_colours(plain, profile)
    return plain, source


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in {"I;16", "I;16B", "I", "F"}:
        image = image.point(lambda value: value / 256).convert("L")
    seen_through = image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info
    if not seen_through:
        return image.convert("RGB")
    whole = image.convert("RGBA")
    solid = whole.getchannel("A").histogram()[255]
    return whole if solid < whole.width * whole.height else whole.convert("RGB")


def _in_usual_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours of a wide-gamut photograph as a usual screen shows them, since its profile does not come along."""
    from PIL import ImageCms

    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        source, usual = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        ImageCms.profileToProfile(image, source, usual, inPlace=True)
    return image


def _saved(image: Image.Image, form: str, **how: object) -> bytes:
    into = io.BytesIO()
    image.save(into, form, **how)
    return into.getvalue()
