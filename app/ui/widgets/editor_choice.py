"""Which editor asks a field: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.fields import Field, FieldType
from app.domain.wording import label_for
from app.ui.widgets import form_words
from app.ui.widgets.duration_editor import DurationEditor
from app.ui.widgets.field_editors import (
    ChipsEditor,
    Editor,
    LineEditor,
    Needs,
    RowEditor,
    ScaleEditor,
    TickEditor,
    row_fits,
)
from app.ui.widgets.link_editor import LinkEditor
from app.ui.widgets.own_answer_editor import OwnAnswerEditor
from app.ui.widgets.table_editor import TableEditor
from app.ui.widgets.text_editors import ListEditor, TextEditor
from app.ui.widgets.when_editor import ALL, RECENT, WhenEditor


def is_editable(field: Field) -> bool:
    """Whether a form can ask a field. Marks are given elsewhere, and what the program told stays: both pass through."""
    return field.type is not FieldType.SIGNATURE and not field.told


def editor_for(field: Field, needs: Needs, *, names: bool = False, numbered: bool = False) -> Editor:
    """The editor of a field. `names`: the line that names the record stays one line.

    Raises:
        KeyError: a type that `is_editable` says no to.
    """
    if field.per_person:
        return OwnAnswerEditor(_single(field, needs, names=names, numbered=numbered), needs.me)
    return _single(field, needs, names=names, numbered=numbered)


def _single(field: Field, needs: Needs, *, names: bool, numbered: bool) -> Editor:
    make: dict[FieldType, Callable[[], Editor]] = {
        FieldType.TEXT: lambda: _text(field, needs, names=names),
        FieldType.LONG_TEXT: lambda: _text(field, needs, names=False),
        FieldType.SCALE_0_10: lambda: ScaleEditor(field, needs),
        FieldType.SCALE_0_4: lambda: _short_scale(field, needs, range(5)),
        FieldType.SCALE_1_7: lambda: _short_scale(field, needs, range(1, 8)),
        FieldType.CHOICE: lambda: _choice(field, needs, numbered=numbered),
        FieldType.CHIPS: lambda: ChipsEditor(field, needs, numbered=numbered),
        FieldType.PEOPLE: lambda: ChipsEditor(field, needs),
        FieldType.WHEN: lambda: WhenEditor(
            needs, ALL if field.later or field.id == "when" else (*RECENT, *ALL[-1:]), open_at_first=field.later
        ),
        FieldType.DURATION_MIN: lambda: DurationEditor(field, needs),
        FieldType.LINK: lambda: LinkEditor(field, needs),
        FieldType.LIST: ListEditor,
        FieldType.TABLE: lambda: TableEditor(field, needs, lambda cell: _cell(cell, needs)),
        FieldType.CHECKBOX: lambda: TickEditor(needs.words(label_for(field, solo=needs.solo))),
    }
    return make[field.type]()


def _text(field: Field, needs: Needs, *, names: bool) -> Editor:
    watch = needs.watch(field.highlights) if needs.watch is not None and field.highlights is not None else None
    if names and watch is None and not field.no_answer:
        return LineEditor()
    return TextEditor(long=field.type is FieldType.LONG_TEXT, reasons=needs.offered(field.no_answer), watch=watch)


def _cell(cell: Field, needs: Needs) -> Editor:
    """The editor of one cell. Days and people are stored there as plain words."""
    if cell.type is FieldType.WHEN:
        return LineEditor(form_words.day_sample())
    if cell.type is FieldType.PEOPLE:
        return ChipsEditor(cell, needs, one=True)
    return _single(cell, needs, names=False, numbered=False)


def _short_scale(field: Field, needs: Needs, numbers: range) -> Editor:
    words = [needs.words(word) for word in field.words] or [str(number) for number in numbers]
    reasons = needs.offered(field.no_answer)
    ends = [needs.words(end) for end in field.ends]
    hint = form_words.scale_ends(numbers, ends[0], ends[1]) if not field.words and len(ends) > 1 else ""
    return RowEditor(words, list(numbers), reasons[0] if reasons else None, hint)


def _choice(field: Field, needs: Needs, *, numbered: bool) -> Editor:
    options = needs.offered(field.options)
    if row_fits(options) and not field.own:
        return RowEditor([chip.word for chip in options], [chip.key for chip in options])
    return ChipsEditor(field, needs, one=True, numbered=numbered)
