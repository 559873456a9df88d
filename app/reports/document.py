"""A summary as pages: PDF (tagged, PDF/UA-1) and pictures of them for the preview. Everything stays in memory."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import typst

from app import paths
from app.reports.covering import COVERED
from app.reports.summary import Answer, Log, Review, Summary, within

NARRATIVE_LIMIT = 12_000
"""Characters of one narrative on paper, about four pages; the cut is stated on the page."""

UNKNOWN_GLYPH = "\u25a1"
_MISSING = re.compile(r"the text `?\"((?:[^\"\\]|\\.)*)\"`? could not be displayed")
_UNBROKEN = re.compile(r"\S{40}(?=\S)")
"""Longer than any word: a place to break is added, or the line would run off the paper."""
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document. `replaced` counts characters that no font at hand could show and that became a small
    empty square, so that the window can say so.
    """

    pdf: bytes
    replaced: int = 0


def pdf(summary: Summary, *, limit: int = NARRATIVE_LIMIT) -> Rendered:
    """The summary as a tagged PDF. Shipped fonts first; the system's fonts only for scripts that these lack.

    Raises `typst.TypstError` only for a fault in the template itself.
    """
    return _set(summary, limit).rendered


def pages(summary: Summary, *, dots_per_inch: float = 110.0, limit: int = NARRATIVE_LIMIT) -> tuple[bytes, ...]:
    """The same pages, in the same fonts, as PNG pictures for the preview."""
    done = _set(summary, limit)
    shown = typst.compile(**_inputs(done.data, system=done.system), format="png", ppi=dots_per_inch)
    return tuple(shown) if isinstance(shown, list) else (shown,)


@dataclass(frozen=True, slots=True)
class _Set:
    """A finished PDF with what it was made from: the data as it could be shown, and which fonts that took."""

    rendered: Rendered
    data: str
    system: bool


def _set(summary: Summary, limit: int) -> _Set:
    """Compile until every character has a shape: first with the system's fonts too, then with squares for the rest."""
    data = _encoded(summary, limit)
    system, gone = False, 0
    for _ in range(_TRIES):
        try:
            made = typst.compile(**_inputs(data, system=system), format="pdf", pdf_standards="ua-1")
            return _Set(Rendered(made, gone), data, system)
        except typst.TypstError as error:
            missing = _missing_characters(f"{error} {getattr(error, 'diagnostic', '')}")
            if not missing:
                raise
            if system:
                data, count = _without(data, missing)
                gone += count
            system = True
    return _Set(Rendered(typst.compile(**_inputs(data, system=True), format="pdf"), gone), data, system=True)


@cache
def fonts(*, system: bool) -> typst.Fonts:
    """The font book, read once: the shipped files, and the system's own if asked for."""
    return typst.Fonts(include_system_fonts=system, font_paths=[paths.resources() / "fonts"])


def _inputs(data: str, *, system: bool) -> dict[str, Any]:
    """What every compilation gets: the template as bytes, its folder as the only one it may read, fonts and data."""
    folder = paths.resources() / "reports"
    source = (folder / "summary.typ").read_bytes()
    return {"input": source, "root": folder, "font_paths": fonts(system=system), "sys_inputs": {"data": data}}


def _encoded(summary: Summary, limit: int) -> str:
    """The template's data: every text as runs, so that a covered place is drawn and never spelt."""
    short = within(summary, limit)
    data: dict[str, Any] = {
        "words": msgspec.to_builtins(short.words),
        "lang": short.lang,
        "paper": short.paper,
        "questions_first": short.questions_first,
        "subtitle": _runs(short.subtitle),
        "questions": [one for line in short.questions for one in _paragraphs(line)],
        "verdicts": [_runs(line) for line in short.verdicts],
        "chart": short.chart.decode() if short.chart is not None else None,
        "chart_alt": _spoken(short.chart_alt, short.words.covered),
        "weeks": [
            {"label": _runs(week.label), "level": _runs(week.level), "line": _paragraphs(week.line)}
            for week in short.weeks
        ],
        "counts": [{"value": _runs(count.value), "label": _runs(count.label)} for count in short.counts],
        "triggers": [[_runs(getattr(row, name)) for name in row.__struct_fields__] for row in short.triggers],
        "trigger_note": _runs(short.trigger_note),
        "trigger_chart": short.trigger_chart.decode() if short.trigger_chart is not None else None,
        "trigger_chart_alt": _spoken(short.trigger_chart_alt, short.words.covered),
        "helped": [[_runs(getattr(row, name)) for name in row.__struct_fields__] for row in short.helped],
        "logs": [_log(log) for log in short.logs],
        "reviews": [_review(review) for review in short.reviews],
        "scores": [_runs(line) for line in short.scores],
        "repairs": [
            {
                "title": _runs(repair.title),
                "status": _runs(repair.status),
                "narrative": _paragraphs(repair.narrative),
                "cut": _runs(repair.cut),
            }
            for repair in short.repairs
        ],
        "agreements": [
            {"wording": _paragraphs(agreement.wording), "reading": _runs(agreement.reading)}
            for agreement in short.agreements
        ],
    }
    return msgspec.json.encode(data).decode()


def _log(log: Log) -> dict[str, Any]:
    answers = _answers(log.answers)
    return {"date": _runs(log.date), "cue": _paragraphs(log.cue), "strength": _runs(log.strength), "answers": answers}


def _review(review: Review) -> dict[str, Any]:
    said = [_runs(paragraph) for paragraph in review.said]
    return {"title": _runs(review.title), "said": said, "answers": _answers(review.answers)}


def _answers(answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    return [{"label": _runs(one.label), "words": _paragraphs(one.words), "own": one.own} for one in answers]


def _runs(text: str) -> list[dict[str, Any]]:
    """Words and covered places in order; characters that no page can show are dropped."""
    parts = _shown(text).split(COVERED)
    runs: list[dict[str, Any]] = []
    for i, part in enumerate(parts):
        if i:
            runs.append({"c": True})
        if part:
            runs.append({"t": part})
    return runs


def _paragraphs(text: str) -> list[dict[str, Any]]:
    """One entry per line that is not empty, each with the direction of its first directed letter."""
    lines = (line.strip() for line in text.splitlines())
    return [{"runs": _runs(line), "rtl": _rightward(line)} for line in lines if line]


def _rightward(line: str) -> bool:
    directions = (unicodedata.bidirectional(char) for char in line)
    return next((found in {"R", "AL"} for found in directions if found in {"L", "R", "AL"}), False)


def _shown(text: str) -> str:
    """The text without control and private-use characters, which have no shape, and able to break everywhere needed."""
    kept = "".join(
        " " if char in "\n\r\t" else char
        for char in text
        if char == COVERED or char in "\n\r\t" or unicodedata.category(char) not in {"Cc", "Co", "Cs", "Cn"}
    )
    return _UNBROKEN.sub("\\g<0>\u200b", kept)


def _spoken(text: str, covered: str) -> str:
    return _shown(text.replace(COVERED, covered))


def _missing_characters(message: str) -> set[str]:
    """The characters a compiler message names as not displayable."""
    found: set[str] = set()
    for quoted in _MISSING.findall(message):
        spelt = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda match: chr(int(match.group(1), 16)), quoted)
        found.update(char for char in spelt if ord(char) > 0x7E)
    return found


def _without(data: str, missing: set[str]) -> tuple[str, int]:
    """The data with undisplayable characters as small squares, and how many there were."""
    count = sum(data.count(char) for char in missing)
    return data.translate({ord(char): UNKNOWN_GLYPH for char in missing}), count
