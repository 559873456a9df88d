"""The finished pages, read back with another library than the one that made them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from app import paths
from app.reports import document
from app.reports.covering import COVERED, Cover
from app.reports.summary import Repair, neutral_name
from tests.reports.builders import NARRATIVE, WORDS, summary


def text_of(pdf: bytes, password: str | None = None) -> str:
    reader = pypdf.PdfReader(BytesIO(pdf), password=password)
    return "\n".join(page.extract_text() for page in reader.pages)


def spoken_in(opened: pikepdf.Pdf) -> list[str]:
    """Every alternative text of an open PDF."""
    return [str(item.Alt) for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]


def everything_in(pdf: bytes) -> str:
    """Text, metadata, structure and every decoded stream of a PDF, as one searchable text."""
    parts = [text_of(pdf), pdf.decode("latin-1")]
    with pikepdf.open(BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream):
                raw = item.read_bytes()
                parts += [raw.decode("latin-1"), raw.decode("utf-16-be", "ignore")]
            parts.append(repr(item))
    parts += [bytes.fromhex(found).decode("utf-16-be", "ignore") for found in re.findall(r"<FEFF([0-9A-F]+)>", parts[1])
              if len(found) % 4 == 0]  # fmt: skip
    return "\n".join(parts)


def test_page_one_says_what_the_model_says() -> None:
    text = " ".join(text_of(document.pdf(summary()).pdf).split())
    for piece in (
        "Summary for a session", "61 of 90 days written", "What I want to ask", "sounding like a test?",
        "Typical day 6 of 10", "Hardest week, 16 to 22 February", "Phone face down, or angled away",
        "asking once, plainly",
        "The night at the hospital", "Eleven calls.", "kept 11 of 12 weeks", "Personal notes, not a clinical record.",
        "1 of 1",
    ):  # fmt: skip
        assert piece in text
    assert text.index("What I want to ask") < text.index("Felt safety")
    later = " ".join(text_of(document.pdf(summary(questions_first=False)).pdf).split())
    assert later.index("What I want to ask") > later.index("Agreements")


def test_the_file_is_tagged_titled_and_has_alternatives() -> None:
    with pikepdf.open(BytesIO(document.pdf(summary()).pdf)) as opened:
        root = opened.Root
        assert bool(root.MarkInfo.Marked) and str(root.Lang) == "en"
        with opened.open_metadata() as about:
            assert about["dc:title"] == "Summary for a session"
            assert about["pdfuaid:part"] == "1"
            assert "dc:creator" not in about
        kinds = [str(item.S) for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
        alternatives = [
            str(item.Alt) for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert alternatives == [summary().chart_alt]


def test_covered_words_are_nowhere_in_the_file() -> None:
    told = NARRATIVE + "\nRENATE, Rena\u0301te\u2019s brother rang from +44 20 7946 0958; renate again."
    whole = summary(repairs=(Repair("Renate and the night", "Step 5", told),), chart_alt="Safety after Renate")
    covered = Cover(words=("Renate",), names=("Noa", "Jules"), phones=True).apply(whole)
    pdf = document.pdf(covered).pdf
    inside = everything_in(pdf)
    for gone in ("renate", "7946", "noa", "jules", "rena\u0301te"):
        assert not re.search(rf"(?<![a-z]){gone}(?![a-z])", inside.casefold()), gone
    assert COVERED not in inside
    assert "N., with J." in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        spoken = spoken_in(opened)
    assert spoken.count("covered") == 7
    assert "Safety after covered" in spoken


def test_the_search_of_the_file_would_find_a_word_left_in() -> None:
    inside = everything_in(document.pdf(summary(chart_alt="Safety after Renate")).pdf).casefold()
    assert "renate's place" in inside and "safety after renate" in inside


def test_covered_places_show_nothing_of_the_length() -> None:
    short = Cover(words=("Al",)).apply(summary(questions=("from Al home",)))
    long = Cover(words=("Bartholomew",)).apply(summary(questions=("from Bartholomew home",)))
    assert document.pages(short) == document.pages(long)


MAKING = """
from app.reports import document, markdown, sealing
from app.reports.covering import Cover
from tests.reports.builders import summary
whole = Cover(words=("Renate",)).apply(summary())
made = document.pdf(whole)
assert document.pages(whole) and sealing.sealed(made.pdf, "slate") and markdown.write(whole)
"""


def test_no_file_is_made_on_the_way(tmp_path: Path) -> None:
    """A folder's own time changes when anything is made in it, even if it is gone again."""
    folders = {name: tmp_path / name for name in ("temp", "home", "here")}
    for folder in folders.values():
        folder.mkdir()
    env = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folders["temp"]))
    env |= {"HOME": str(folders["home"]), "PYTHONPATH": str(paths.resources().parent), "PYTHONDONTWRITEBYTECODE": "1"}
    env = {name: value for name, value in env.items() if not name.startswith("XDG_")}
    before = {folder: folder.stat().st_mtime_ns for folder in folders.values()}
    command = [sys.executable, "-c", MAKING]
    subprocess.run(command, cwd=folders["here"], env=env, check=True, timeout=60)
    assert {folder: folder.stat().st_mtime_ns for folder in folders.values()} == before


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u05e9\u05dc\u05d5\u05dd, \u05d1\u05d0\u05ea\u05d9", "\u05e9\u05dc\u05d5\u05dd"),
        ("e\u0301\u0323 and a\u0308\u0304\u0301 stacked", "stacked"),
        ("\u041f\u0440\u0438\u0432\u0435\u0442 \u03ba\u03b1\u03bb\u03ae", "\u041f\u0440\u0438\u0432\u0435\u0442"),
        ("control \x00\x07\x1b\u2028 and \ue123 private", "private"),
        ("#let x = 1; $a^2$ *bold* @ref <label> \\u{41} // gone?", "#let x = 1; $a^2$ *bold* @ref <label>"),
    ],
)
def test_any_script_and_any_sign_is_set_as_written(text: str, shown: str) -> None:
    made = document.pdf(summary(repairs=(Repair("Title", "Status", text),), questions=()))
    assert made.replaced == 0
    found = text_of(made.pdf)
    assert shown in found or shown[::-1] in found


def test_signs_without_a_font_become_squares_and_are_counted() -> None:
    made = document.pdf(summary(repairs=(Repair("Title", "Status", "late \U0001f9ff again \U0001f9ff"),)))
    assert made.replaced in {0, 2}
    assert "late" in text_of(made.pdf)
    with pikepdf.open(BytesIO(made.pdf)) as opened, opened.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"


def test_the_preview_shows_the_squares_the_file_has() -> None:
    sign = document.pages(summary(repairs=(Repair("Title", "Status", "late \U0001f9ff again"),)))
    square = document.pages(summary(repairs=(Repair("Title", "Status", f"late {document.UNKNOWN_GLYPH} again"),)))
    replaced = document.pdf(summary(repairs=(Repair("Title", "Status", "late \U0001f9ff again"),))).replaced
    assert (sign == square) is (replaced == 1)


def test_a_very_long_narrative_is_cut_and_says_so() -> None:
    word = "corridor "
    made = document.pdf(summary(repairs=(Repair("Title", "Status", word * 120_000),)))
    text = " ".join(text_of(made.pdf).split())
    left_out = int(re.search(r"The rest, (\d+) words, is left out here\.", text).group(1))  # type: ignore[union-attr]
    assert left_out + text.count("corridor") == 120_000
    assert 3 <= len(pypdf.PdfReader(BytesIO(made.pdf)).pages) <= 8


def test_a_word_of_a_million_letters_compiles() -> None:
    made = document.pdf(summary(repairs=(Repair("Title", "Status", "a" * 1_000_000),)))
    assert len(pypdf.PdfReader(BytesIO(made.pdf)).pages) >= 2
    assert text_of(made.pdf).count("a") > document.NARRATIVE_LIMIT


def test_pages_are_numbered_and_footed_each() -> None:
    made = document.pdf(summary(repairs=(Repair("Title", "Status", "corridor " * 1_300),)))
    pages = pypdf.PdfReader(BytesIO(made.pdf)).pages
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"{number} of {len(pages)}" in text
        assert WORDS.footer in text


def test_paper_sizes() -> None:
    sizes = {}
    for paper in ("a4", "us-letter"):
        box = pypdf.PdfReader(BytesIO(document.pdf(summary(paper=paper)).pdf)).pages[0].mediabox
        sizes[paper] = (round(float(box.width)), round(float(box.height)))
    assert sizes == {"a4": (595, 842), "us-letter": (612, 792)}


def test_an_almost_empty_summary_is_a_page() -> None:
    bare = summary(questions=(), verdicts=(), chart=None, weeks=(), counts=(), triggers=(), repairs=(), agreements=())
    text = text_of(document.pdf(bare).pdf)
    assert "Summary for a session" in text and "Triggers" not in text and "What I want to ask" not in text


def test_preview_pages_are_pictures_of_the_same_pages() -> None:
    whole = summary(repairs=(Repair("Title", "Status", "corridor " * 1_300),))
    pictures = document.pages(whole, dots_per_inch=72)
    assert len(pictures) == len(pypdf.PdfReader(BytesIO(document.pdf(whole).pdf)).pages)
    assert {picture[:8] for picture in pictures} == {b"\x89PNG\r\n\x1a\n"}
    assert int.from_bytes(pictures[0][16:20], "big") in {595, 596}


def test_the_file_name_says_only_the_day() -> None:
    assert neutral_name(summary().made_on) == "summary-2026-05-14.pdf"
    assert neutral_name(summary().made_on, "md") == "summary-2026-05-14.md"
