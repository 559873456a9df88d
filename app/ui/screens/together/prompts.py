"""Questions two people can take up: three at a time, take one or none. They come from the weeks where those say enough.

Nothing of what is said is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.services.trend_perception import DifferCard
from app.ui.screens.together.state import Prompt
from app.ui.text import tr

OFFERED: Final = 3


def prompts(names: tuple[str, str], wide_week: str, differ: Sequence[DifferCard], turn: int) -> tuple[Prompt, ...]:
    """Three questions. `wide_week` names a week seen far apart ("" for none); `turn` moves through the others.

    Who speaks first changes with the turn, so that it is never the same person's question.
    """
    found: list[Prompt] = []
    if wide_week:
        lead = tr("The week of {week}, from both sides.").format(week=wide_week)
        words = tr("Each says what that week was like from inside. The other only says back what they heard.")
        found.append(Prompt(lead, words, turn % 2))
    card = next((one for one in differ if one.widest), None)
    if card is not None:
        title = next(row.title for row in card.rows if row.id == card.widest)
        lead = tr("What “{answer}” looks like.").format(answer=title.lower())
        words = tr("{name} names one small thing that would have landed.").format(name=names[1 - card.seat])
        found.append(Prompt(lead, words, 1 - card.seat))
    others = _others(names, turn)
    first = turn % len(others)
    return tuple((*found, *others[first:], *others[:first])[:OFFERED])


def good_prompts(names: tuple[str, str], turn: int) -> tuple[Prompt, ...]:
    """The three that stay with what was good."""
    return _others(names, turn)[:OFFERED]


def _others(names: tuple[str, str], turn: int) -> tuple[Prompt, ...]:
    """What can always be asked, in the order it is offered."""
    speaker = turn % 2
    partner = names[1 - speaker]
    return (
        Prompt(
            tr("A week that felt easier."),
            tr("Pick one. What did {name} do that reached you?").format(name=partner),
            speaker,
        ),
        Prompt(tr("A small promise."), tr("Which one mattered more than it looked?"), speaker),
        Prompt(tr("Keep one thing."), tr("Each picks a line of the other’s to carry into next week."), speaker),
        Prompt(tr("Words that fit."), tr("Is there a boundary that needs new wording?"), speaker),
        Prompt(
            tr("The first five minutes."),
            tr("When my alarm went off, what would have helped in the first five minutes?"),
            speaker,
        ),
        Prompt(tr("Our pace."), tr("What pace feels right for the next four weeks?"), speaker),
    )
