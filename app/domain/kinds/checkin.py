"""A check-in: how safe it felt today, and what may have borne on that."""

from __future__ import annotations

import msgspec

from app.domain.fields import When

_INDEX_SCALE = 2.5
"""From the 0–4 of its parts to 0–10."""
_INDEX_NEEDS = 2
_LOW = 3


class Checkin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day as one person felt it. Every answer may be missing; "no occasion" is an answer without a number.

    Today: `felt_safety` and `trust` 0–10 are the quick form; `accessible`, `responsive`, `engaged` and `outside_load`
    run 0–4. My side of it: the three `mirror_` answers, 0–4, in a journal for two. `line` is one line in words, which
    leaves the private space only when `share_line` is ticked.
    """

    felt_for_date: When | None = None
    felt_safety: int | None = None
    accessible: int | str | None = None
    responsive: int | str | None = None
    engaged: int | str | None = None
    trust: int | None = None
    outside_load: int | None = None
    mirror_reachable: int | str | None = None
    mirror_answered: int | str | None = None
    mirror_with: int | str | None = None
    line: str | None = None
    share_line: bool | None = None

    @property
    def are_index(self) -> float | None:
        """Accessible, responsive, engaged as one number 0–10, if two of the three have one (insights.md 1.2)."""
        return _index(self.accessible, self.responsive, self.engaged)

    @property
    def mirror_index(self) -> float | None:
        """The same for how I was with the other person."""
        return _index(self.mirror_reachable, self.mirror_answered, self.mirror_with)

    def speed(self) -> str:
        """The shortest form that holds what was answered: `quick` or `full`."""
        beyond = (
            self.accessible,
            self.responsive,
            self.engaged,
            self.outside_load,
            self.mirror_reachable,
            self.mirror_answered,
            self.mirror_with,
        )
        return "quick" if all(answer is None for answer in beyond) else "full"

    @property
    def is_low(self) -> bool:
        """Felt safety of 3 or less: the day on which a guided talk offers to stop (insights.md 4)."""
        return self.felt_safety is not None and self.felt_safety <= _LOW


def _index(*answers: int | str | None) -> float | None:
    numbers = [answer for answer in answers if isinstance(answer, int)]
    if len(numbers) < _INDEX_NEEDS:
        return None
    return sum(numbers) / len(numbers) * _INDEX_SCALE
