"""Where Tab goes when parts of a page are built anew: what is added late would otherwise be reached last of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
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
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _parts(widget)
        elif inner is not None:
            yield from _laid_out(inner)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
