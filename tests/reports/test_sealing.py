from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdf
import pytest

from app.reports import document
from app.reports.sealing import sealed
from tests.reports.builders import summary


def test_only_the_password_opens_it() -> None:
    locked = sealed(document.pdf(summary()).pdf, "slate-ferry-oak-41 \u00e9\u05d0")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked), password="slate-ferry-oak-42")
    with pikepdf.open(BytesIO(locked), password="slate-ferry-oak-41 \u00e9\u05d0") as opened:
        how = opened.encryption
        assert (how.R, how.bits, how.stream_method.name) == (6, 256, "aesv3")
        assert opened.allow.accessibility and opened.allow.print_highres


def test_another_reader_opens_the_same_words() -> None:
    locked = sealed(document.pdf(summary()).pdf, "slate-ferry-oak-41")
    text = pypdf.PdfReader(BytesIO(locked), password="slate-ferry-oak-41").pages[0].extract_text()
    assert "Eleven calls." in text


def test_nothing_is_readable_from_outside_not_even_the_title() -> None:
    locked = sealed(document.pdf(summary()).pdf, "slate-ferry-oak-41")
    for word in (b"Summary", b"hospital", b"Felt safety", b"typst", b"Typst"):
        assert word not in locked


def test_an_empty_password_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        sealed(document.pdf(summary()).pdf, "")
