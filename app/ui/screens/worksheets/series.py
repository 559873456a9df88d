"""A series of sheets as the service counts it, put into days and sentences."""

from __future__ import annotations

import datetime as dt

from app.domain.fields import Field, FieldType
from app.services.worksheets import Series, Track
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import option_words, question_words
from app.ui.text import tr
from app.ui.widgets.reading_series import SeriesLine, SheetDay, TrackLine


def series_line(series: Series, ctx: Context, *, own: bool) -> SeriesLine:
    """The strip for a series. What the other person filled in is read, and not begun again."""
    days = tuple(SheetDay(sheet.record, day_words(sheet.day)) for sheet in series.others)
    kind = ctx.content.kind(series.kind)
    fields = {field.id: field for field in kind.fields}
    tracks = tuple(_track(track, fields[track.field], ctx) for track in series.tracks)
    note = tr("Older ones stand in the journal.") if series.more_before else ""
    return SeriesLine(days, tracks, series.comparable, note, own)


def day_words(day: int) -> str:
    """A day as people label a sheet of paper."""
    date = dt.date.fromordinal(day)
    return tr("{day} {month}").format(day=text.number(date.day), month=text.month_and_year(date))


def _track(track: Track, field: Field, ctx: Context) -> TrackLine:
    first, last = track.days[0], track.days[-1]
    across, high = max(1, last - first), max(1.0, track.highest - track.lowest)
    points = tuple(
        ((day - first) / across, (value - track.lowest) / high)
        for day, value in zip(track.days, track.values, strict=True)
    )
    said = [
        tr("{day}: {words}").format(day=day_words(day), words=_value(field, value, ctx))
        for day, value in zip(track.days, track.values, strict=True)
    ]
    low, top = _ends(track, field, ctx)
    return TrackLine(question_words(field, ctx), points, "; ".join(said), low, top)


def _value(field: Field, value: float, ctx: Context) -> str:
    if field.type is FieldType.CHOICE:
        found = next((option for option in field.options if option.value == value), None)
        return option_words(found, ctx) if found is not None else text.number(value)
    return text.number(value)


def _ends(track: Track, field: Field, ctx: Context) -> tuple[str, str]:
    words = field.ends or ("", "")
    ends = []
    for value, said in ((track.lowest, words[0]), (track.highest, words[-1])):
        shown = _value(field, value, ctx)
        ends.append(tr("{value} {words}").format(value=shown, words=said) if said else shown)
    return ends[0], ends[1]
