"""Three worksheets as pictures: a loop of two, the first trust loop, and a house with windows and walls."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.fields import Kind
from app.ui.context import Context
from app.ui.models.answers import Answered, answered
from app.ui.widgets.picture_parts import House, Loop, Node, Opening, Pane, Picture


def picture_of(kind: Kind, answers: Mapping[str, object], ctx: Context) -> Picture | None:
    """The picture of a record, where its kind has one and there is something to draw."""
    if kind.picture is None:
        return None
    told = {part.field: part for part in answered(kind, answers, ctx)}
    title = (kind.solo_title if ctx.solo else None) or kind.title
    if kind.picture == "house":
        return _house(kind, answers, told, title)
    drawn = _usual_loop(told, title) if kind.field("my_move") else _trust_loop(told, title)
    return drawn if any(node.words or node.under for node in drawn.nodes) else None


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
    return Loop(_words(told, "about") or title, nodes, _words(told, "next_need"), notes)


def _house(kind: Kind, answers: Mapping[str, object], told: Mapping[str, Answered], title: str) -> House | None:
    table = kind.field("people")
    rows = answers.get("people")
    if table is None or not isinstance(rows, (list, tuple)) or not rows:
        return None
    labels = {column.id: column.label for column in table.columns}
    panes = {option.id: option.label for column in table.columns for option in column.options}
    openings = [_opening(row, panes) for row in rows if isinstance(row, Mapping) and row.get("who")]
    notes = tuple(_node(told, field) for field in ("swapped", "protects", "open_next", "build_next") if field in told)
    return House(title, labels["now"], labels["wish"], tuple(openings), notes) if openings else None


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
