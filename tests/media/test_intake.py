"""Files become what is kept: pictures without a word about where and when, the rest byte for byte; or are refused."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.domain.errors import MediaError
from app.media import pages, pictures, sounds
from app.media.intake import from_file, prepare, shown_name
from app.media.limits import LONGEST_SIDE, MOST_BYTES, MOST_RENDERED_PIXELS
from app.media.sniffing import media_of
from tests.fixtures.files import PLACE, drawing, pdf, photo, sound

ROOT = Path(__file__).resolve().parents[2]


def reason(made: bytes, name: str = "a") -> str:
    with pytest.raises(MediaError) as refused:
        prepare(made, name)
    return str(refused.value.detail["reason"])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_a_camera_notes_is_kept(form: str) -> None:
    made = photo(form=form)
    assert PLACE in made, "the picture says where it was taken"
    kept = prepare(made, "a.jpg")
    assert PLACE not in kept.content
    assert b"Exif" not in kept.content
    image = Image.open(io.BytesIO(kept.content))
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("turned, size", [(1, (64, 48)), (3, (64, 48)), (6, (48, 64)), (8, (48, 64))])
def test_a_picture_stands_upright(turned: int, size: tuple[int, int]) -> None:
    kept = prepare(photo(64, 48, turned=turned), "a.jpg")
    assert (kept.width, kept.height) == size
    assert Image.open(io.BytesIO(kept.content)).size == size


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    kept = prepare(photo(4000, 1000), "a.jpg")
    assert (kept.width, kept.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)
    assert (kept.media, kept.name) == ("image/jpeg", "a.jpg")


def test_what_one_can_see_through_stays_so() -> None:
    kept = prepare(drawing(), "a.gif")
    assert (kept.media, kept.name) == ("image/png", "a.png")
    assert Image.open(io.BytesIO(kept.content)).mode == "RGBA"
    raster = pictures.shown(kept.content, 50)
    assert (raster.width, raster.height, len(raster.rgba)) == (50, 30, 50 * 30 * 4)


@pytest.mark.parametrize("made, media", [(pdf(), "application/pdf"), (sound(), "audio/wav")])
def test_pages_and_sound_are_kept_byte_for_byte(made: bytes, media: str) -> None:
    kept = prepare(made, "a")
    assert (kept.content, kept.media) == (made, media)
    assert (kept.pages, kept.length_ms) == ((3, 0) if media == "application/pdf" else (0, 1500))


@pytest.mark.parametrize(
    "made, why",
    [
        (b"", "empty"),
        (b"MZ" + bytes(100), "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00", "m4a"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "video"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "heic"),
        (b"OggS" + bytes(24) + b"OpusHead" + bytes(40), "opus"),
        (b"%PDF-1.7 and nothing more", "damaged"),
        (b"fLaC" + bytes(100), "damaged"),
        (photo()[:500], "damaged"),
        (sound()[:44], "empty"),
        (bytes(MOST_BYTES + 1), "too_big"),
    ],
)
def test_what_is_refused_says_why(made: bytes, why: str) -> None:
    assert reason(made) == why


def test_a_small_file_that_claims_an_enormous_picture_is_refused_at_once() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    )
    assert len(bomb) < 300
    assert reason(bomb) == "too_many_pixels"


def test_a_page_is_drawn_at_the_size_asked_for_and_never_larger_than_is_sound() -> None:
    document = pages.Pages(pdf())
    assert document.count == 3
    assert document.size(0) == (612, 792)
    page = document.render(1, 144)
    assert (page.width, page.height) == (1224, 1584)
    assert len(page.rgba) == page.width * page.height * 4
    assert set(page.rgba[3::4]) == {255}
    assert any(shade < 100 for shade in page.rgba[0::4]), "there are words on it"
    huge = document.render(0, 5_000)
    assert huge.width * huge.height <= MOST_RENDERED_PIXELS * 1.01
    document.close()


def test_a_document_with_a_password_is_refused() -> None:
    import pikepdf

    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(into, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert reason(into.getvalue()) == "locked"


def test_where_nothing_can_play_sound_it_is_said() -> None:
    player: sounds.Player | None = None
    why = ""
    try:
        player = sounds.Player(sound(), 1_500)
    except MediaError as refused:
        why = str(refused.detail["reason"])
    if player is None:
        assert why == "no_sound_device"
        return
    player.seek(1_000)
    assert player.at_ms == 1_000
    assert not player.playing
    player.close()


def test_sound_is_decoded_from_any_moment() -> None:
    whole = sum(len(part) for part in sounds._stream(sound(), 0)) // 2
    rest = sum(len(part) for part in sounds._stream(sound(), 1_000)) // 2
    assert whole == pytest.approx(1.5 * 44_100, abs=200)
    assert rest == pytest.approx(0.5 * 44_100, abs=200)


def test_files_are_read_once_and_only_files(tmp_path: Path) -> None:
    (tmp_path / "seen.pdf").write_bytes(pdf())
    assert from_file(tmp_path / "seen.pdf").name == "seen.pdf"
    for path, why in ((tmp_path, ("not_a_file", "not_readable")), (tmp_path / "none", ("not_readable",))):
        with pytest.raises(MediaError) as refused:
            from_file(path)
        assert refused.value.detail["reason"] in why


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(MediaError) as refused:
        from_file(tmp_path / "pipe.png")
    assert refused.value.detail["reason"] == "not_a_file"


@given(st.text())
def test_a_name_can_always_be_shown(name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert len(shown) <= 120
    assert not set(shown) & set("/\\\n\r\t\0\u202e\u200b")


def test_names_keep_their_ending() -> None:
    assert shown_name("../../etc/a" + "b" * 300 + ".jpeg").endswith("b.jpeg")
    assert shown_name("evil\u202egpj.exe") == "evilgpj.exe"
    assert shown_name("C:\\Users\\me\\letter.pdf") == "letter.pdf"


@pytest.mark.parametrize(
    "head, media",
    [
        (b"", ""),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"RIFF1234WEBP", "image/webp"),
        (b"junk %PDF-1.5", "application/pdf"),
    ],
)
def test_files_are_known_by_their_beginning(head: bytes, media: str) -> None:
    assert media_of(head) == media


def test_sound_is_read_without_what_could_talk_to_a_network() -> None:
    asked = (
        "import sys; from app.media import sounds; from tests.fixtures.files import sound; sounds.looked_at(sound());"
        "print(sorted({'ssl', '_ssl', 'http.client', 'urllib.request', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
