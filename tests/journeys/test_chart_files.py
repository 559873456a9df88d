"""`leeward trends --chart NAME --out FILE`: one chart outside the journal, in three forms, never over another file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from app.services import demo, vaults
from tests.fixtures.session import EVENING
from tests.journeys.test_command_line import leeward, opened
from tests.journeys.test_trends_command import founded


def test_one_chart_is_written_as_a_new_file_in_three_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = vaults.unlock.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "now", lambda: EVENING)
    path = founded(tmp_path / "vault", partial(demo.fill, today=EVENING.date(), months=1), "Jules")
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"Day,"}
    for form, begin in begins.items():
        out = tmp_path / f"trail.{form}"
        said = opened(path, "trends", "--chart", "felt_safety", "--out", out)
        assert (said.status, said.err) == (0, ""), said
        assert out.read_bytes().startswith(begin) and out.stat().st_mode & 0o077 == 0
    again = opened(path, "trends", "--chart", "felt_safety", "--out", tmp_path / "trail.csv")
    assert again.status == 1 and "file_exists" in again.err
    wrong = opened(path, "trends", "--chart", "felt_safety", "--out", tmp_path / "trail.bmp")
    assert wrong.status == 1 and not (tmp_path / "trail.bmp").exists()
    few = opened(path, "trends", "--chart", "lately", "--out", tmp_path / "lately.svg")
    assert few.status == 1 and "Needs 3 recent" in few.out and not (tmp_path / "lately.svg").exists()
    assert leeward("trends", "--chart", "tarot").status == 2
