"""What may be said of a total, in sentences of the content pack: where it lies, and whether two differ beyond chance.

Only for the questionnaires of `app.domain.instruments` and the named totals of `app.domain.given_scores`; our own
questions have no norms and get none of this.
"""

from __future__ import annotations

from typing import Final

from app.domain import given_scores, instruments
from app.domain.fields import Kind
from app.domain.given_scores import Known
from app.domain.instruments import INSTRUMENTS, Band, Instrument
from app.domain.records import Body
from app.insights.reliable_change import pcl5_change
from app.insights.verdict import Direction, Tier
from app.services.trend_words import TrendWords

_HALVES: Final = ("worry", "mood")
_ZONE: Final = frozenset({Band.BELOW_ZONE, Band.ZONE, Band.ABOVE_ZONE})


def of_record(kind: Kind, body: Body, words: TrendWords) -> tuple[str, ...]:
    """The sentences under a filled-in questionnaire or a total given by others; none for any other kind."""
    instrument = INSTRUMENTS.get(kind.id)
    if instrument is not None:
        return _of_items(instrument, kind, body, words)
    if kind.id != given_scores.KIND:
        return ()
    name, total = (str(getattr(body, field) or "") for field in (given_scores.NAME, given_scores.TOTAL))
    known, number = given_scores.known_by(name), given_scores.number_of(total)
    return (of_given(known, number, words),) if known is not None and number is not None else ()


def _of_items(instrument: Instrument, kind: Kind, body: Body, words: TrendWords) -> tuple[str, ...]:
    total = instruments.total_of(kind, body)
    if total is None:
        still = sum(getattr(body, field.id) is None for field in instruments.items(kind))
        return (words.say("scores.open", n=still),)
    said = [words.say("scores.total", level=total, total=instrument.highest), band(instrument, total, words)]
    for name, half in zip(_HALVES, instruments.halves_of(kind, body), strict=False):
        if half >= instruments.SUBSCALE_CUT:
            said.append(words.say(f"scores.half.{name}", level=half))
    said.append(words.plain("scores.no_name"))
    if total >= instrument.offers_help_from:
        said.append(words.plain("scores.help"))
    return tuple(said)


def band(instrument: Instrument, total: int, words: TrendWords) -> str:
    """Where a total lies among the bands its authors give."""
    found = instrument.band(total)
    if found in _ZONE:
        return words.plain(f"scores.band.{found.value}")
    least = [low for low, _ in instrument.bands]
    at = [one for _, one in instrument.bands].index(found)
    last = least[at + 1] - 1 if at + 1 < len(least) else instrument.highest
    return words.say(f"scores.band.{found.value}", first=least[at], last=last)


def of_given(known: Known, total: float, words: TrendWords) -> str:
    """On which side of a published line a total lies that somebody else gave."""
    side = "low" if known.low_strain else "high"
    where = "beyond" if known.is_beyond(total) else "within"
    return words.say(f"scores.given.{side}_{where}", cut=cut_said(known, words))


def cut_said(known: Known, words: TrendWords) -> str:
    """The line of a questionnaire as it is published, with all its decimals."""
    return f"{known.cut:g}".replace(".", words.plain("calendar.decimal"))


def change(code: str, before: float, after: float, date: str, words: TrendWords) -> str:
    """Two totals of one questionnaire. Where no rule for change is published, only both numbers are said."""
    points = abs(after - before)
    found = _tier(code, before, after)
    if found is None:
        return words.say("scores.change.bare", date=date, first=words.number(before), last=words.number(after))
    tier, direction = found
    if tier is Tier.OPEN:
        return words.say("scores.change.open", date=date, first=words.number(before), last=words.number(after))
    return words.say(f"scores.change.{tier.value}_{direction.value}", date=date, change=words.number(points))


def has_rule(code: str) -> bool:
    """Whether it is published how much two totals of a questionnaire differ by chance alone."""
    return _tier(code, 0, 0) is not None


def _tier(code: str, before: float, after: float) -> tuple[Tier, Direction] | None:
    if code == "pcl5":
        found = pcl5_change(round(before), round(after))
        return found.tier, found.direction
    known = given_scores.known_by(code)
    if known is None or known.change is None:
        return None
    if abs(after - before) < known.change:
        return Tier.OPEN, Direction.NONE
    return Tier.CLEAR, Direction.UP if after > before else Direction.DOWN
