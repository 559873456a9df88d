"""The archive is age v1: the reference library reads what is written here, and what it wrote is read here."""

from __future__ import annotations

import io
import random

import pyrage  # type: ignore[import-untyped]  # ships no types
import pytest

from app.crypto import archive
from app.domain.errors import LeewardError

PHRASE = "amber wíndow 窓 seven"
CHEAP = 10
CHUNK = 64 * 1024
SIZES = (0, 1, 15, 16, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7)


def made(content: bytes, piece: int = 7919) -> bytes:
    parts = (content[at : at + piece] for at in range(0, len(content), piece))
    return b"".join(archive.sealed(PHRASE, parts, work=CHEAP))


def read(file: bytes, phrase: str = PHRASE) -> bytes:
    return b"".join(archive.opened(phrase, io.BytesIO(file).read))


@pytest.mark.parametrize("size", SIZES)
def test_the_reference_reads_ours_and_so_do_we(size: int) -> None:
    content = random.Random(size).randbytes(size)
    file = made(content)
    assert archive.is_archive(file)
    assert pyrage.passphrase.decrypt(file, PHRASE) == content
    assert read(file) == content


def test_we_read_what_the_reference_wrote() -> None:
    content = random.Random(1).randbytes(2 * CHUNK + 5)
    assert read(pyrage.passphrase.encrypt(content, PHRASE)) == content


def test_small_reads_make_no_difference() -> None:
    content = random.Random(2).randbytes(CHUNK + 100)
    stream = io.BytesIO(made(content))
    assert b"".join(archive.opened(PHRASE, lambda size: stream.read(min(size, 1000)))) == content


def test_another_phrase_opens_nothing() -> None:
    with pytest.raises(LeewardError, match="wrong_passphrase"):
        read(made(b"words"), PHRASE + " ")


def test_every_changed_byte_is_found() -> None:
    content = random.Random(3).randbytes(CHUNK + 50)
    file = made(content)
    places = [*range(260), *range(260, len(file), 1009), len(file) - 1]
    for place in places:
        spoilt = bytearray(file)
        spoilt[place] ^= 1
        with pytest.raises(LeewardError):
            read(bytes(spoilt))


@pytest.mark.parametrize("cut", [1, 16, 17, 50 + 16, CHUNK, CHUNK + 100])
def test_a_cut_is_found(cut: int) -> None:
    with pytest.raises(LeewardError, match="import_refused"):
        read(made(random.Random(4).randbytes(2 * CHUNK + 50))[:-cut])


def test_a_cut_between_two_pieces_is_called_a_cut() -> None:
    file = made(random.Random(5).randbytes(2 * CHUNK))
    with pytest.raises(LeewardError, match="cut_short"):
        read(file[: -(CHUNK + 16)])


def test_something_behind_the_end_is_found() -> None:
    with pytest.raises(LeewardError, match="import_refused"):
        read(made(b"words") + b"x")


@pytest.mark.parametrize("work", ["21", "30", "99", "00", "018"])
def test_no_header_makes_us_derive_for_hours(work: str) -> None:
    file = made(b"words").replace(b" 10\n", f" {work}\n".encode(), 1)
    with pytest.raises(LeewardError, match="not_an_archive"):
        read(file)
