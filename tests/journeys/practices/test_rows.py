"""Every practice of the catalogue at the window: found, read about, written, left for later, found again, changed,
counted, removed and brought back.
"""

from __future__ import annotations

import pytest

from tests.journeys.hands import Hands
from tests.journeys.practices.walking import Walk
from tests.journeys.practices.written import WRITTEN, Written


@pytest.mark.parametrize("row", WRITTEN, ids=[row.practice for row in WRITTEN])
def test_a_practice_from_the_gallery_to_the_journal(window: Hands, row: Written) -> None:
    walk = Walk(window, row)
    walk.clear_the_day()
    before = walk.times()

    walk.write()
    journal = walk.find()
    walk.reads(*walk.answers_in_words())
    walk.change(journal)

    assert walk.times() == before + walk.counted
    walk.wait(lambda: walk.card().card.done.startswith(walk.count_in_words(before + walk.counted)))
    walk.remove_and_bring_back(walk.find())
    assert walk.times() == before + walk.counted
    assert window.asked(lambda desk: desk.checks.verify().clean)
