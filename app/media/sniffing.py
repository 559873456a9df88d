"""What a file is, by its first bytes alone; its name counts for nothing."""

from __future__ import annotations

from typing import Final

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"})
SOUNDS: Final = frozenset({"audio/wav", "audio/mpeg", "audio/flac", "audio/ogg"})
PAGES: Final = "application/pdf"

_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"<svg", "image/svg+xml"),
)
_BRANDS: Final = ((b"heic", "image/heic"), (b"heix", "image/heic"), (b"mif1", "image/heic"), (b"avif", "image/avif"),
                  (b"M4A", "audio/mp4"), (b"M4B", "audio/mp4"))  # fmt: skip
_PDF_WITHIN: Final = 1024


def media_of(head: bytes) -> str:
    """The internet media type of a file that begins so (give 1,024 bytes); empty when it is nothing known."""
    if head[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(head[8:12], "")
    if head[:4] == b"OggS":
        return "audio/opus" if b"OpusHead" in head[:64] else "audio/ogg"
    if head[4:8] == b"ftyp":
        return next((media for brand, media in _BRANDS if head[8:12].startswith(brand)), "video/mp4")
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0 and not head.startswith(b"\xff\xd8"):
        return "audio/mpeg"
    found = next((media for start, media in _STARTS if head.startswith(start)), "")
    return found or (PAGES if b"%PDF-" in head[:_PDF_WITHIN] else "")
