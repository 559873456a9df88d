"""Where Tab goes when parts of a page are built anew: what is added late would otherwise be reached last of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def tab_after(anchor: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach these one after the other, right behind `anchor`, which may be a label. All are in one window."""
    for part in parts:
        QWidget.setTabOrder(anchor, part)
        anchor = part


def in_reading_order(whole: QWidget) -> None:
    """Let Tab go through `whole` as its layouts stand: column after column, and in each from the top to the bottom.

    To be called whenever controls were built anew. The first control stays where Tab reached it before.
    """
    stops = [part for part in _parts(whole) if _is_stop(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all it holds. Where nothing is laid out, a control keeps its inner parts to itself."""
    yield widget
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _parts(inner)
    elif layout is not None:
        yield from _laid_out(layout)
    elif not _is_stop(widget):
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from _parts(child)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    """What stands in a layout, in its order; asked by widget, as an item may be gone before Python knows of it."""
    owner = layout.parentWidget()
    inside: list[QObject] = [*owner.children(), *layout.children()] if owner is not None else []
    placed = [part for part in inside if isinstance(part, (QWidget, QLayout))]
    for part in sorted((one for one in placed if layout.indexOf(one) >= 0), key=layout.indexOf):
        yield from _parts(part) if isinstance(part, QWidget) else _laid_out(part)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
