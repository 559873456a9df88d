"""The recovery sheet as a page: for paper, made in memory, and nothing on it that says whose it is."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import typst

from app import paths
from app.reports.document import fonts

Paper = Literal["a4", "us-letter"]


class SheetWords(msgspec.Struct, frozen=True):
    """Everything on the page but the code, in one language. `made` says on which day; `lines` what to do with it.

    `letters` explains which characters a code has, for whoever types it back.
    """

    title: str
    lead: str
    letters: str
    made: str
    lines: tuple[str, ...]
    lang: str = "en"
    paper: Paper = "a4"


def pdf(groups: tuple[str, ...], words: SheetWords) -> bytes:
    """One page, tagged (PDF/UA-1), with eight numbered groups of four characters."""
    made = typst.compile(**_inputs(groups, words), format="pdf", pdf_standards="ua-1")
    return bytes(made)


def pages(groups: tuple[str, ...], words: SheetWords, dots_per_inch: float) -> tuple[bytes, ...]:
    """The same page as a PNG picture, for the printer."""
    made = typst.compile(**_inputs(groups, words), format="png", ppi=dots_per_inch)
    return tuple(made) if isinstance(made, list) else (made,)


def _inputs(groups: tuple[str, ...], words: SheetWords) -> dict[str, Any]:
    folder = paths.resources() / "reports"
    data = msgspec.json.encode({"groups": groups, "words": words}).decode()
    source = (folder / "recovery.typ").read_bytes()
    return {"input": source, "root": folder, "font_paths": fonts(system=False), "sys_inputs": {"data": data}}
