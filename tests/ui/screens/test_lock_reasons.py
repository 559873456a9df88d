"""Every reason to lock that the content pack names is said on the locked screen, in the same words."""

from __future__ import annotations

import pytest

from app.ui.screens.unlock.reasons import reason_words
from tests.fixtures.session import shipped_content


@pytest.mark.parametrize("reason", [reason.id for reason in shipped_content().care.lock_reasons])
def test_the_locked_screen_says_it_as_the_pack_does(reason: str) -> None:
    said = shipped_content().lock_reason(reason)

    if "{" in said:
        assert reason_words(reason), "the number is not known any more, the reason is"
    else:
        assert reason_words(reason) == said


def test_an_unknown_reason_says_nothing() -> None:
    assert reason_words("") == reason_words("made up") == ""
