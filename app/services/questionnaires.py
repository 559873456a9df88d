"""Which questionnaires a person asked to be offered beside the look at four weeks. Nothing reminds of them.

Each is offered only where it was ticked in Settings, and not again within the weeks its answers are about: two for
PHQ-4 and GAD-7, a month for PCL-5 (insights.md 1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.data import reading
from app.domain.instruments import INSTRUMENTS
from app.services import choices
from app.services.choices import Choices
from app.services.session import Session

APART_DAYS: Final[Mapping[str, int]] = MappingProxyType({"phq4": 14, "gad7": 14, "pcl5": 30})
"""For so many days after it was begun a questionnaire is not offered again."""


class Questionnaires:
    """What the page of the four-weekly look asks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offered(self, today: int) -> tuple[str, ...]:
        """The kinds to offer on a day (ordinal), in their usual order."""
        chosen = choices.load(self._session)
        return tuple(kind for kind in INSTRUMENTS if wanted(chosen, kind) and self._is_free(kind, today))

    def _is_free(self, kind: str, today: int) -> bool:
        """Whether the last one, whole or half, lies far enough back."""
        newest = reading.page(self._session.connection, kinds=(kind,), limit=1)
        return not newest or today - newest[0].day >= APART_DAYS[kind]


def wanted(chosen: Choices, kind: str) -> bool:
    """Whether a questionnaire was asked for in Settings."""
    return {"phq4": chosen.offer_phq4, "gad7": chosen.offer_gad7, "pcl5": chosen.offer_pcl5}[kind]
