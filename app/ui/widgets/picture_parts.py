"""What the pictures of worksheets are made of, in words; `told` reads each picture aloud."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ui.text import tr
from app.ui.widgets.reading_shapes import Grid


class Pane(StrEnum):
    """How open a person or a place is, as stored."""

    WINDOW = "window"
    HALF = "half"
    WALL = "wall"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Node:
    """One station of a loop. `under` is what lies beneath it: a softer feeling, a longing."""

    heading: str
    words: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """Four stations, clockwise from the top. `name` stands in the middle; `onward` at the arrow back to the top."""

    name: str
    nodes: tuple[Node, Node, Node, Node]
    onward: str = ""
    notes: tuple[Node, ...] = ()
    drawn: tuple[str, ...] = ()
    """Fields that need not be read again below the picture: all of what they say is in it."""

    def told(self) -> str:
        """The picture in sentences, station by station."""
        around = [_said(node) for node in self.nodes if node.words or node.under]
        back = (
            tr("Then it begins again: {words}").format(words=self.onward)
            if self.onward
            else tr("Then it begins again.")
        )
        return "\n".join([self.name, *around, back, *(_said(node) for node in self.notes)]).strip()


@dataclass(frozen=True, slots=True)
class Opening:
    """One person or place: how open it is now, and how it is wished for."""

    name: str
    now: Pane | None
    wish: Pane | None
    now_words: str = ""
    wish_words: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """A house as it is and as it is wished for, one line for each person or place."""

    name: str
    now_heading: str
    wish_heading: str
    openings: tuple[Opening, ...]
    notes: tuple[Node, ...] = ()
    drawn: tuple[str, ...] = ()

    def told(self) -> str:
        """The picture in sentences, person by person."""
        lines = [
            tr("{name}: now {now}, wished for {wish}.").format(
                name=part.name, now=part.now_words or tr("open"), wish=part.wish_words or tr("open")
            )
            for part in self.openings
        ]
        return "\n".join([self.name, *lines, *(_said(node) for node in self.notes)])


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns, pair by pair: what gives and what takes away, then and now, a lesson and what speaks against it."""

    name: str
    headings: tuple[str, str]
    pairs: tuple[tuple[Node, Node], ...]
    notes: tuple[Node, ...] = ()
    drawn: tuple[str, ...] = ()

    def told(self) -> str:
        """The picture in sentences, pair by pair."""
        lines = [_said(node) for pair in self.pairs for node in pair if node.words]
        return "\n".join([self.name, *lines, *(_said(node) for node in self.notes)])


@dataclass(frozen=True, slots=True)
class Chart:
    """A table as a sheet that can be kept at hand: a row for each feeling."""

    name: str
    grid: Grid
    notes: tuple[Node, ...] = ()
    drawn: tuple[str, ...] = ()

    def told(self) -> str:
        """The table in sentences, row by row."""
        lines = []
        for row in self.grid.rows:
            cells = zip(self.grid.columns[1:], row[1:], strict=True)
            said = "; ".join(
                tr("{heading}: {words}").format(heading=head, words=cell.words) for head, cell in cells if cell.words
            )
            lines.append(tr("{name}. {words}.").format(name=row[0].words, words=said) if said else row[0].words)
        return "\n".join([self.name, *lines, *(_said(node) for node in self.notes)])


class Feel(StrEnum):
    """How a rung feels these days, as stored."""

    EASE = "ease"
    MIXED = "mixed"
    TOO_MUCH = "too_much"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung with its mark, the words of the mark, and a note."""

    words: str
    feel: Feel | None
    feel_words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs of one's own, the first one lowest. There is no top to reach."""

    name: str
    rungs: tuple[Rung, ...]
    notes: tuple[Node, ...] = ()
    drawn: tuple[str, ...] = ()

    def told(self) -> str:
        """The rungs in sentences, from the lowest one up."""
        lines = [
            tr("Rung {number}: {words}, {feel}.").format(
                number=number, words=rung.words, feel=rung.feel_words or tr("left open")
            )
            + (f" {rung.note}" if rung.note else "")
            for number, rung in enumerate(self.rungs, start=1)
        ]
        return "\n".join([self.name, *lines, *(_said(node) for node in self.notes)])


Picture = Loop | House | Beside | Chart | Ladder


def _said(node: Node) -> str:
    told = tr("{heading}: {words}").format(heading=node.heading, words=node.words or tr("left open"))
    if node.under:
        return told + " " + tr("Underneath: {words}").format(words=node.under.replace("\n", ", "))
    return told
