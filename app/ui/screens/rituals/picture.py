"""From the desk's values to the page: the cells of the month, and one ritual's curve."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from app.charts import strength
from app.charts.plot import Caption, Plot
from app.domain.content import Content
from app.services import trend_labels
from app.services.ritual_reading import AGREED, DONE, RESTED, SMALL
from app.services.ritual_views import Detail, Month, MonthRow
from app.services.trend_words import TrendWords
from app.ui import text
from app.ui.screens.rituals import wording
from app.ui.screens.rituals.state import RitualsPage, Told
from app.ui.text import number, tr
from app.ui.widgets.month_grid import Cell, DayCell, DayHead, GridRow

CURVE_DAYS: Final = 122
_CELLS: Final = {DONE: Cell.DONE, SMALL: Cell.SMALL, RESTED: Cell.REST, AGREED: Cell.REST}


def page(month: Month, found: Detail | None, content: Content, names: dict[str, str], *, runs: bool) -> RitualsPage:
    """The page of a month with one ritual told; `names` by the ids of people, `runs` when runs are shown."""
    records = tuple(str(one.row.record) for one in month.rows)
    chosen = str(found.row.record) if found is not None else ""
    first = dt.date.fromordinal(month.first)
    return RitualsPage(
        loaded=True,
        empty=not month.begun,
        month=month.first,
        title=text.month_and_year(first),
        subtitle=wording.under_way_words(month.under_way),
        heads=tuple(
            DayHead(wording.letter(date), number(date.day), day == month.today)
            for day in range(month.first, month.last + 1)
            for date in (dt.date.fromordinal(day),)
        ),
        rows=tuple(_row(one, month, names) for one in month.rows),
        records=records,
        selected=records.index(chosen) if chosen in records else -1,
        told=_told(found, content, month.today, names, runs=runs) if found is not None else None,
        paused=wording.paused_words(month.paused, month.today),
    )


def _row(one: MonthRow, month: Month, names: dict[str, str]) -> GridRow:
    row = one.row
    return GridRow(
        key=str(row.record),
        title=row.title,
        meta=wording.meta_words(row, _partner(names)),
        cells=tuple(_cell(one, day, month.today, names) for day in range(month.first, month.last + 1)),
        strength=None if row.figures.early else row.figures.strength,
        told=wording.told_words(row),
        resting=row.resting or row.standing.value != "active",
    )


def _cell(one: MonthRow, day: int, today: int, names: dict[str, str]) -> DayCell:
    mark, due, resting = one.marks.get(day), day in one.due, day in one.resting
    within = one.begin <= day <= one.end
    has_days = one.row.schedule.has_days
    if mark is not None and mark.outcome in _CELLS:
        cell = _CELLS[mark.outcome]
    elif not within:
        cell = Cell.NONE
    elif resting:
        cell = Cell.REST if due or not has_days else Cell.NONE
    elif day > today:
        cell = Cell.AHEAD if due and has_days else Cell.NONE
    else:
        cell = Cell.OPEN if due and (has_days or day == today) else Cell.NONE
    words = wording.day_words(day, mark, due=due, resting=resting, today=today, names=names)
    return DayCell(cell, words, locked=day > today or not within or one.row.anothers, late=bool(mark and mark.entered))


def _told(found: Detail, content: Content, today: int, names: dict[str, str], *, runs: bool) -> Told:
    row = found.row
    early = row.figures.early or not found.line
    shown = found.line[-CURVE_DAYS:]
    banner = wording.banner_words(found) if found.line or row.anothers else (tr("Missed days do not erase."), "")
    return Told(
        record=str(row.record),
        title=row.title,
        span=wording.span_words(shown[0][0], shown[-1][0])
        if shown and not early
        else wording.meta_words(row, _partner(names)),
        kept="" if early else wording.kept_words(row),
        runs=wording.runs_words(row) if runs else "",
        early=_early(found) if early else "",
        banner=banner,
        plot=None if early else _plot(found, content, today, solo=len(names) < 2),
        answers=found.answers,
        only_read=row.theirs,
        standing=row.standing.value,
    )


def _partner(names: dict[str, str]) -> str:
    """The other person's name: this person stands first."""
    return next(iter([*names.values()][1:]), "")


def _early(found: Detail) -> str:
    figures = found.row.figures
    if found.row.anothers:
        return tr("The days that were noted of it show above. How it goes is for whoever keeps it to see.")
    if not figures.total:
        return tr("Nothing to count yet. A curve appears after a few times.")
    said = tr("{k} of {n} kept so far. A curve appears after a few times more.")
    return said.format(k=number(figures.kept), n=number(figures.total))


def _plot(found: Detail, content: Content, today: int, *, solo: bool) -> Plot:
    line = found.line[-CURVE_DAYS:]
    value = found.row.figures.strength
    word = tr("resting") if found.row.resting else wording.strength_word(value)
    words = TrendWords(content, solo=solo, today=today)
    data = strength.StrengthData(
        days=np.array([day for day, _ in line], dtype=np.int64),
        values=np.array([share * 100 for _, share in line], dtype=np.float64),
        away=found.away,
    )
    labels = strength.StrengthLabels(
        months=trend_labels.months(words),
        end=f"{number(value)}\n{word}",
        away=tr("resting"),
        columns=(tr("Day"), tr("Strength")),
    )

    def read(index: int) -> str:
        day, share = line[index]
        date = text.short_date(dt.date.fromordinal(day), dt.date.fromordinal(today))
        return tr("{date}: {what}").format(date=date, what=number(round(share * 100)))

    first = number(round(line[0][1] * 100))
    sentence = tr("Strength from {first} to {last}, {word}.").format(first=first, last=number(value), word=word)
    return strength.plot(data, labels, Caption(found.row.title, sentence, read))
