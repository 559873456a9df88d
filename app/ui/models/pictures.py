"""Worksheets as pictures: loops, a house with windows and walls, two columns side by side, a table, a ladder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.fields import Kind
from app.domain.wording import label_for
from app.ui.context import Context
from app.ui.models.answers import Answered, answered
from app.ui.widgets.picture_parts import (
    Beside,
    Chart,
    Feel,
    House,
    Ladder,
    Loop,
    Node,
    Opening,
    Pane,
    Picture,
    Rung,
)
from app.ui.widgets.reading_shapes import Grid

_THEN_NOW: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "then_and_now": (("then", "now"),),
        "template": (("predicts", "might_say"), ("protection", "cost"), ("evidence_for", "evidence_against")),
    }
)
"""Which answers of a kind face each other in a picture of then and now."""


def picture_of(kind: Kind, answers: Mapping[str, object], ctx: Context) -> Picture | None:
    """The picture of a record, where its kind has one and there is something to draw."""
    if kind.picture is None:
        return None
    told = {part.field: part for part in answered(kind, answers, ctx)}
    title = (kind.solo_title if ctx.solo else None) or kind.title
    if kind.picture == "house":
        return _house(kind, answers, told, title)
    if kind.picture == "ladder":
        return _ladder(kind, answers, told, title)
    if kind.picture == "table":
        return _chart(told, title)
    if kind.picture in {"side_by_side", "then_now"}:
        return _beside(kind, told, title, ctx)
    drawn = _usual_loop(told, title) if kind.field("my_move") else _trust_loop(told, title)
    return drawn if any(node.words or node.under for node in drawn.nodes) else None


def _beside(kind: Kind, told: Mapping[str, Answered], title: str, ctx: Context) -> Beside | None:
    """Lists that face each other by the order of their sections, or the answers named for this kind."""
    first, second = kind.sections[0].id, kind.sections[min(1, len(kind.sections) - 1)].id
    pairs = _THEN_NOW.get(kind.id) or tuple(
        zip(
            (field.id for field in kind.fields if field.section == first),
            (field.id for field in kind.fields if field.section == second),
            strict=False,
        )
    )
    shown = tuple((_node(told, one), _node(told, two)) for one, two in pairs if one in told or two in told)
    if not shown:
        return None
    headings = ("", "")
    if first != second:
        one, two = kind.sections[:2]
        headings = (label_for(one, solo=ctx.solo), label_for(two, solo=ctx.solo))
    drawn = tuple(field for pair in pairs for field in pair)
    notes = tuple(
        _node(told, field.id) for field in kind.fields if field.id in told and field.id not in (*drawn, "title")
    )
    return Beside(_words(told, "title") or title, headings, shown, notes, drawn)


def _chart(told: Mapping[str, Answered], title: str) -> Chart | None:
    grid = told["rows"].shape if "rows" in told else None
    if not isinstance(grid, Grid):
        return None
    return Chart(title, grid, tuple(_node(told, field) for field in ("tried",) if field in told))


def _ladder(kind: Kind, answers: Mapping[str, object], told: Mapping[str, Answered], title: str) -> Ladder | None:
    table, rows = kind.field("rungs"), answers.get("rungs")
    if table is None or not isinstance(rows, (list, tuple)):
        return None
    said = {option.id: option.label for column in table.columns for option in column.options}
    rungs = tuple(
        Rung(
            str(row["rung"]),
            Feel(str(row["feel"])) if row.get("feel") in set(Feel) else None,
            said.get(str(row.get("feel")), ""),
            str(row.get("note") or ""),
        )
        for row in rows
        if isinstance(row, Mapping) and row.get("rung")
    )
    notes = tuple(_node(told, field.id) for field in kind.fields if field.id in told and field.id != "rungs")
    return Ladder(title, rungs, notes, ("rungs",)) if rungs else None


def _usual_loop(told: Mapping[str, Answered], title: str) -> Loop:
    name = _words(told, "our_name") or _words(told, "pattern") or title
    nodes = (
        _node(told, "my_move", "my_softer", "my_longing"),
        _node(told, "my_move_seen"),
        _node(told, "other_move", "other_softer"),
        _node(told, "other_seen"),
    )
    notes = tuple(_node(told, field) for field in ("starts_with", "early_sign", "way_out") if field in told)
    return Loop(name, nodes, notes=notes)


def _trust_loop(told: Mapping[str, Answered], title: str) -> Loop:
    nodes = (_node(told, "need"), _node(told, "signal"), _node(told, "response"), _node(told, "belief"))
    notes = tuple(_node(told, field) for field in ("today", "different", "wished") if field in told)
    drawn = ("about", "need", "signal", "response", "belief", "next_need")
    return Loop(_words(told, "about") or title, nodes, _words(told, "next_need"), notes, drawn)


def _house(kind: Kind, answers: Mapping[str, object], told: Mapping[str, Answered], title: str) -> House | None:
    table = kind.field("people")
    rows = answers.get("people")
    if table is None or not isinstance(rows, (list, tuple)) or not rows:
        return None
    labels = {column.id: column.label for column in table.columns}
    panes = {option.id: option.label for column in table.columns for option in column.options}
    openings = [_opening(row, panes) for row in rows if isinstance(row, Mapping) and row.get("who")]
    notes = tuple(_node(told, field) for field in ("swapped", "protects", "open_next", "build_next") if field in told)
    if not openings:
        return None
    return House(title, labels["now"], labels["wish"], tuple(openings), notes, ("people",))


def _opening(row: Mapping[str, object], words: Mapping[str, str]) -> Opening:
    now, wish = _pane(row.get("now")), _pane(row.get("wish"))
    return Opening(str(row["who"]), now, wish, words.get(str(row.get("now")), ""), words.get(str(row.get("wish")), ""))


def _pane(stored: object) -> Pane | None:
    return Pane(str(stored)) if stored in set(Pane) else None


def _node(told: Mapping[str, Answered], field: str, *under: str) -> Node:
    beneath = "\n".join(told[name].words for name in under if name in told)
    heading = told[field].question if field in told else ""
    return Node(heading, _words(told, field), beneath)


def _words(told: Mapping[str, Answered], field: str) -> str:
    return told[field].words if field in told else ""
