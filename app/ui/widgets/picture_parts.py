"""What the pictures of worksheets are made of, in words; `told` reads each picture aloud."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ui.text import tr


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

    def told(self) -> str:
        """The picture in sentences, person by person."""
        lines = [
            tr("{name}: now {now}, wished for {wish}.").format(
                name=part.name, now=part.now_words or tr("open"), wish=part.wish_words or tr("open")
            )
            for part in self.openings
        ]
        return "\n".join([self.name, *lines, *(_said(node) for node in self.notes)])


Picture = Loop | House


def _said(node: Node) -> str:
    told = tr("{heading}: {words}").format(heading=node.heading, words=node.words or tr("left open"))
    if node.under:
        return told + " " + tr("Underneath: {words}").format(words=node.under.replace("\n", ", "))
    return told
