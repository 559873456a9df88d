"""Every practice of the catalogue at the window: found, read about, written, left for later, found again, changed,
removed and brought back, and counted.
"""

from __future__ import annotations

import pytest

from tests.journeys.hands import Hands
from tests.journeys.practices.walking import Walk
from tests.journeys.practices.written import Written
from tests.journeys.practices.written_closeness import CLOSENESS
from tests.journeys.practices.written_steady import STEADY
from tests.journeys.practices.written_together import TOGETHER
from tests.journeys.practices.written_trust import TRUST
from tests.journeys.practices.written_understand import UNDERSTAND

HALVES = (UNDERSTAND + STEADY, TOGETHER + TRUST + CLOSENESS)
"""What one worker walks at its window."""
ROWS = [
    pytest.param(row, id=row.practice, marks=pytest.mark.xdist_group(f"practices-{half}"))
    for half, rows in enumerate(HALVES)
    for row in rows
]


@pytest.mark.parametrize("row", ROWS)
def test_a_practice_from_the_gallery_to_the_journal(window: Hands, row: Written) -> None:
    walk = Walk(window, row)
    walk.clear_the_day()
    before = walk.gallery.times()

    walk.write()
    journal = walk.again.find()
    walk.again.reads_all(journal)
    walk.again.change(journal)
    walk.again.remove_and_bring_back()

    assert walk.gallery.times() == before + walk.counted
    walk.gallery.says(before + walk.counted)
