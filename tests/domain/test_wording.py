"""One or two people, names in their gaps, one or many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import Content
from app.domain.wording import Plural, choose, fill, gaps, help_for, is_offered, label_for, with_partner


def test_a_journal_of_one_has_its_own_words(content: Content) -> None:
    trust = content.kind("checkin").field("trust")
    assert trust is not None
    assert "{partner}" in label_for(trust, solo=False)
    assert "{partner}" not in label_for(trust, solo=True)
    load = content.kind("checkin").field("outside_load")
    assert load is not None
    assert help_for(load, solo=True) == load.help


def test_no_label_for_one_person_names_a_partner(content: Content) -> None:
    for kind in content.kinds.values():
        for field in kind.fields:
            if is_offered(field, solo=True):
                parts = [field, *(part for part in (*field.options, *field.columns) if is_offered(part, solo=True))]
                for part in parts:
                    assert "{partner}" not in label_for(part, solo=True), (kind.id, field.id)
                assert "{partner}" not in help_for(field, solo=True)


def test_what_is_for_two_is_left_out_for_one(content: Content) -> None:
    mirror = content.kind("checkin").field("mirror_with")
    assert mirror is not None
    assert is_offered(mirror, solo=False)
    assert not is_offered(mirror, solo=True)


@given(values=st.dictionaries(st.sampled_from(["partner", "n", "date"]), st.text(), min_size=3))
def test_values_are_filled_in_as_they_are(values: dict[str, str]) -> None:
    assert fill("{n}|{date}|{partner}", values) == f"{values['n']}|{values['date']}|{values['partner']}"


def test_a_gap_without_a_value_never_reaches_a_screen() -> None:
    with pytest.raises(KeyError):
        fill("{partner} and {speaker}", {"partner": "Jules"})
    assert with_partner("{partner} and {speaker}", "Jules {speaker}") == "Jules {speaker} and {speaker}"
    assert gaps("{partner} and {speaker}, {partner}") == {"partner", "speaker"}


@pytest.mark.parametrize(
    "number, language, form",
    [
        (1, "en", "one"),
        (0, "en", "other"),
        (2, "en", "other"),
        (1.0, "en", "other"),
        (True, "en", "other"),
        (None, "en", "other"),
        (0, "fr", "one"),
        (1, "fr", "one"),
        (2, "fr", "other"),
        (0, "de", "other"),
    ],
)
def test_one_or_many(number: object, language: str, form: str) -> None:
    assert choose(Plural("one", "other"), number, language) == form
    assert choose("always", number, language) == "always"
