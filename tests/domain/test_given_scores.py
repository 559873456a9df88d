"""Totals somebody else gave: names however typed, ranges, and the side of a published line."""

from __future__ import annotations

import pytest

from app.domain.errors import RecordError
from app.domain.given_scores import KNOWN, Known, is_possible, known_by, measured, number_of
from tests.fixtures.session import shipped_content, shipped_kinds


@pytest.mark.parametrize(
    ("typed", "code"),
    [("CSI-16", "csi16"), ("csi 16", "csi16"), ("Csi–4", "csi4"), (" oq-45.2 ", "oq45"), ("RDAS", "rdas"),
     ("ors", "ors"), ("CSI", None), ("PHQ-9", None), ("", None)],
)  # fmt: skip
def test_names_are_known_however_they_are_typed(typed: str, code: str | None) -> None:
    found = known_by(typed)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.code)
def test_the_range_is_checked_at_intake(known: Known) -> None:
    kinds = shipped_kinds()
    for fits in ("0", str(known.highest), f"{known.highest - 1},5"):
        kinds.parse("score_entry", {"name": known.name, "total": fits})
    for wrong in (str(known.highest + 1), f"{known.highest}.5", "-1"):
        with pytest.raises(RecordError) as refused:
            kinds.parse("score_entry", {"name": known.name, "total": wrong})
        assert (refused.value.detail["field"], refused.value.detail["reason"]) == ("total", "out_of_range")
    kinds.parse("score_entry", {"name": "another one", "total": "900"})


@pytest.mark.parametrize(
    ("code", "beyond", "within"),
    [("csi4", 13, 13.5), ("csi16", 51, 51.5), ("csi32", 104, 104.5), ("ors", 24.9, 25), ("srs", 35.9, 36),
     ("rdas", 47, 48), ("oq45", 63, 62)],
)  # fmt: skip
def test_the_side_of_the_line(code: str, beyond: float, within: float) -> None:
    known = known_by(code)
    assert known is not None
    assert known.is_beyond(beyond)
    assert not known.is_beyond(within)


def test_what_is_not_known_has_no_measure_and_no_range() -> None:
    assert measured("something", "12") is None
    assert measured("ORS", None) is None
    assert measured("ORS", "23,4") == ("score.ors", 23.4)
    assert number_of("about ten") is None
    assert is_possible({"name": "ORS"})


def test_no_question_of_these_is_in_the_pack() -> None:
    kind = shipped_content().kind("score_entry")
    assert {field.id for field in kind.fields} >= {"name", "total", "at"}
    assert not [field for field in kind.fields if field.is_scale or field.options]
