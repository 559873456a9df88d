from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.labels import label

_WORDS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9:.,=_-]{0,6}", fullmatch=True), min_size=1, max_size=4)


def test_a_label_names_product_version_and_purpose() -> None:
    assert label("slot", "passphrase", 1) == b"leeward|v1|slot|passphrase|1"


@given(_WORDS, _WORDS)
def test_different_parts_never_give_one_label(first: list[str], second: list[str]) -> None:
    assert (label(*first) == label(*second)) == (first == second)


@pytest.mark.parametrize("part", ["", "a|b", "a b", "é", "\n", "|", "-"])
def test_a_part_that_could_be_read_as_two_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="plain"):
        label("slot", part)
