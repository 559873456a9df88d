"""The form engine: any kind is asked, answers survive a round trip, what does not fit is said beside its question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Code, RecordError
from app.domain.fields import Field, FieldType
from app.ui.theme.hub import current_hub
from app.ui.widgets.chips import Chip
from app.ui.widgets.duration_editor import DurationEditor, minutes_of
from app.ui.widgets.editor_choice import is_editable
from app.ui.widgets.field_editors import LinkChoice, Needs
from app.ui.widgets.form import Form
from app.ui.widgets.link_editor import LinkEditor
from app.ui.widgets.link_list import Choices
from app.ui.widgets.when_editor import WhenEditor
from tests.fixtures.session import kind_ids, shipped_content, shipped_kinds
from tests.fixtures.vault import spoken

NOW = dt.datetime(2026, 5, 14, 18, 42, tzinfo=ZoneInfo("Europe/Paris"))
ANSWERS: dict[str, dict[str, object]] = {
    "note": {"at": {"day": "2026-05-13"}, "title": "A title", "body": "One.\nTwo.", "thread": "abc"},
    "life_marker": {
        "title": "Moved",
        "at": {"day": "2026-05-01", "precision": "period", "until": "2026-05-09"},
        "on_charts": True,
    },
    "injury": {
        "title": "The night",
        "when": {"day": "2021-03-01", "precision": "month"},
        "my_place": "both",
        "carries": ["noa", "somebody else"],
        "breach": ["an own word"],
        "feelings_then": ["fear"],
        "answer_part": "I left.",
        "weight": 0,
        "state": "resting",
    },
    "trigger": {
        "at": {"day": "2026-05-14", "precision": "instant", "time": "18:42:00", "zone": "Europe/Paris"},
        "cue": "A tone",
        "peak": 10,
        "move": ["withdraw"],
        "emotions": {"fear": 3, "shame": None, "anger": 0},
        "minutes_to_settle": "still_going",
        "pull": 0,
    },
    "checkin": {"felt_for_date": {"day": "2026-05-14"}, "felt_safety": 0, "accessible": "no_occasion", "engaged": 4},
    "path_step": {"thread": "abc", "step": "grasp", "at": {"day": "2026-05-14"}, "with_therapist": True},
    "new_experience": {"at": {"day": "2026-05-14"}, "risked": "Asked.", "body_after": ["stomach"]},
}


class Links:
    """A link source with two records."""

    choices = (LinkChoice("abc", "The messages"), LinkChoice("def", "The hospital"))

    def find(self, kinds: tuple[str, ...], words: str, done: Callable[[Sequence[LinkChoice]], None]) -> None:
        done([choice for choice in self.choices if words.casefold() in choice.title.casefold()])

    def name(self, record: str, done: Callable[[str], None]) -> None:
        done(next((choice.title for choice in self.choices if choice.record == record), ""))

    def begin(self, kinds: tuple[str, ...], title: str, done: Callable[[str], None]) -> None:
        done("new")


def _needs(*, solo: bool = False) -> Needs:
    return Needs(solo, "Jules", lambda: NOW, "Europe/Paris", (Chip("noa", "Noa"), Chip("Jules", "Jules")), Links())


def _form(qtbot: QtBot, kind: str, *, solo: bool = False) -> Form:
    form = Form(shipped_content().kind(kind), _needs(solo=solo))
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("kind", kind_ids())
@pytest.mark.parametrize("solo", [False, True])
def test_every_active_kind_has_a_named_editor_for_every_field_it_may_ask(qtbot: QtBot, kind: str, solo: bool) -> None:
    form = _form(qtbot, kind, solo=solo)

    declared = {field.id for field in shipped_content().kind(kind).fields if _is_mine(kind, field, solo=solo)}
    assert form.asked() == declared
    for field_id in declared:
        control = form.editor(field_id).focusProxy()
        assert control is not None
        assert control.accessibleName(), field_id
        assert "{" not in control.accessibleName()


def _is_mine(kind: str, field: Field, *, solo: bool) -> bool:
    """Whether the one who writes is asked; what the other answers in a record of their own is not theirs to fill in."""
    others = field.by == "other" and shipped_content().kind(kind).sharing == "each"
    return is_editable(field) and not others and not (solo and field.only == "two")


def test_what_the_other_answers_in_a_record_of_their_own_is_not_asked(qtbot: QtBot) -> None:
    assert "other_reading" not in _form(qtbot, "boundary_occasion").asked()
    assert not {"noticed", "thanks"} & _form(qtbot, "commitment_event").asked()


@pytest.mark.parametrize("kind", kind_ids())
def test_answers_come_back_as_they_were_given(qtbot: QtBot, kind: str) -> None:
    form = _form(qtbot, kind)
    kinds = shipped_kinds()
    answers = ANSWERS.get(kind) or _fitting(kind)
    form.set_answers(answers)

    assert kinds.parse(kind, form.answers()) == kinds.parse(kind, answers)
    assert msgspec.json.decode(msgspec.json.encode(form.answers())) == form.answers()


def _fitting(kind: str) -> dict[str, object]:
    """Every question answered, as JSON values."""
    kinds = shipped_kinds()
    declared = kinds.declared(kind)
    links = {field.id: "0" * 32 for field in declared.fields if field.type is FieldType.LINK}
    given = {**spoken(declared, "Words"), **links}
    stored: dict[str, object] = msgspec.json.decode(kinds.encode(kinds.parse(kind, given)))
    return stored


def test_setting_answers_is_not_a_change_and_clears_the_former_ones(qtbot: QtBot) -> None:
    form = _form(qtbot, "note")
    seen: list[None] = []
    form.changed.connect(lambda: seen.append(None))

    form.set_answers(ANSWERS["note"])
    form.set_answers({"body": "Only this."})

    assert seen == []
    assert form.answers().keys() == {"at", "body"}


def test_answers_the_form_does_not_ask_pass_through(qtbot: QtBot) -> None:
    form = Form(shipped_content().kind("trigger"), _needs(), only=("cue",))
    qtbot.addWidget(form)
    form.set_answers({"cue": "A tone", "peak": 4})

    assert form.answers() == {"cue": "A tone", "peak": 4}


def test_typing_says_changed(qtbot: QtBot) -> None:
    form = _form(qtbot, "note")
    control = form.editor("body").focusProxy()
    assert control is not None

    with qtbot.waitSignal(form.changed):
        QTest.keyClicks(control, "x")
    assert form.answers()["body"] == "x"


def test_a_missing_required_answer_is_said_beside_its_question(qtbot: QtBot) -> None:
    form = _form(qtbot, "injury")

    assert not form.check()
    assert form.question("title").trouble()
    control = form.editor("title").focusProxy()
    assert control is not None
    QTest.keyClicks(control, "The night")
    assert not form.question("title").trouble()
    assert form.check()


def test_what_cannot_be_read_is_said_when_the_typing_rests(qtbot: QtBot) -> None:
    form = _form(qtbot, "trigger")
    control = form.editor("minutes_to_settle").focusProxy()
    assert control is not None

    QTest.keyClicks(control, "a while")

    assert not form.question("minutes_to_settle").trouble()
    qtbot.waitUntil(lambda: bool(form.question("minutes_to_settle").trouble()), timeout=3000)


def test_a_refusal_of_the_service_is_shown_where_it_belongs(qtbot: QtBot) -> None:
    form = _form(qtbot, "injury")

    form.show_refusal(RecordError(Code.INVALID_RECORD, kind="injury", field="weight", reason="out_of_range"))

    assert form.question("weight").trouble()


def test_the_other_seat_is_asked_only_where_somebody_sits_in_it(qtbot: QtBot) -> None:
    form = _form(qtbot, "injury")
    assert form.question("answer_part").isHidden()

    form.set_answers({"title": "x", "my_place": "answers"})
    assert not form.question("answer_part").isHidden()
    form.set_answers({"title": "x", "my_place": "carries"})
    assert form.question("answer_part").isHidden()


def test_sections_that_can_wait_start_folded_and_open_with_their_answers(qtbot: QtBot) -> None:
    form = _form(qtbot, "injury")
    form.resize(700, 600)
    form.show()
    assert not form.question("story").isVisible()

    form.set_answers({"title": "x", "story": "It was late."})
    assert form.question("story").isVisible()


def test_narrow_forms_put_the_question_above(qtbot: QtBot) -> None:
    form = _form(qtbot, "note")
    form.show()
    for width, beside in ((800, True), (400, False)):
        form.resize(width, 500)
        question = form.question("title")
        qtbot.wait(10)
        assert (question.editor.x() > 0) is beside


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("25", 25), ("1 h 30", 90), ("1:30", 90), ("2 h", 120), ("90 min", 90), ("0", 0), ("", None), ("soon", None)],
)
def test_minutes_as_people_write_them(words: str, minutes: int | None) -> None:
    assert minutes_of(words) == minutes


def test_still_going_takes_the_place_of_minutes(qtbot: QtBot) -> None:
    field = shipped_content().kind("trigger").field("minutes_to_settle")
    assert field is not None
    editor = DurationEditor(field, _needs())
    qtbot.addWidget(editor)
    editor.show_answer(25)
    editor.show_answer("still_going")
    assert editor.answer() == "still_going"

    QTest.keyClicks(editor.control, "40")
    assert editor.answer() == 40


@pytest.mark.parametrize(
    "answer",
    [
        {"day": "2026-05-14", "precision": "day"},
        {"day": "2021-01-01", "precision": "year"},
        {"day": "2021-03-01", "precision": "month"},
        {"day": "2021-03-04", "precision": "period", "until": "2021-04-01"},
        {"day": "2021-03-04", "precision": "instant", "time": "07:05:00", "zone": "America/New_York"},
    ],
)
def test_every_precision_keeps_what_it_was_given(qtbot: QtBot, answer: dict[str, object]) -> None:
    editor = WhenEditor(_needs())
    qtbot.addWidget(editor)
    assert editor.answer() is None

    editor.show_answer(answer)

    shown = editor.answer()
    assert isinstance(shown, dict)
    assert {"precision": "day", **shown} == answer


def test_a_link_is_found_by_its_name_and_taken_off_again(qtbot: QtBot) -> None:
    field = shipped_content().kind("note").field("thread")
    assert field is not None
    editor = LinkEditor(field, _needs())
    qtbot.addWidget(editor)
    editor.show_answer("abc")
    assert (editor.answer(), editor.control.text()) == ("abc", "The messages")

    QTest.keyClick(editor.control, Qt.Key.Key_Backspace)

    assert editor.answer() is None


def test_links_are_searched_and_chosen_from_the_keyboard(qtbot: QtBot) -> None:
    field = shipped_content().kind("note").field("thread")
    assert field is not None
    editor = LinkEditor(field, _needs())
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    editor.control.setFocus()
    qtbot.waitUntil(editor.control.hasFocus)
    popup = editor._list

    QTest.keyClick(editor.control, Qt.Key.Key_Down)  # the newest
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == len(Links.choices)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.waitUntil(popup.isHidden)
    assert editor.answer() is None

    QTest.keyClicks(editor.control, "hosp")
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "The hospital"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert editor.answer() == "def"
    assert editor.control.text() == "The hospital"


def test_two_records_of_one_name_are_told_apart_and_a_new_one_can_be_begun(qtbot: QtBot) -> None:
    field = shipped_content().kind("note").field("thread")
    assert field is not None
    editor = LinkEditor(field, _needs())
    qtbot.addWidget(editor)
    choices = Choices(editor)
    same = (
        LinkChoice("a", "Same", "thread · 3 May"),
        LinkChoice("b", "Same", "thread · 4 May"),
        LinkChoice("", "Typed"),
    )
    choices.show_choices(same)
    editor._model.show_choices(same)  # what a search found

    assert choices.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Same, thread · 4 May"
    editor._take(editor._model.index(1, 0))
    assert editor.answer() == "b"
    editor._take(editor._model.index(2, 0))
    assert (editor.answer(), editor.control.text()) == ("new", "Typed")


def test_a_question_left_for_later_folds_to_a_line_and_can_be_taken_up(qtbot: QtBot) -> None:
    form = Form(shipped_content().kind("apology"), replace(_needs(), may_wait=True))
    qtbot.addWidget(form)
    form.resize(720, 800)
    form.show()
    form.activateWindow()
    changed: list[bool] = []
    form.changed.connect(lambda: changed.append(True))
    form.editor("did").setFocus()
    qtbot.waitUntil(lambda: _has_focus(form, "did"))

    QTest.keyClick(form.editor("did").focusProxy() or form, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)

    assert form.left() == {"did"}
    assert changed
    assert not form.editor("did").isVisible()
    assert _has_focus(form, "effect")  # on to the next one
    assert "did" not in form.answers()
    form.question("did").take_up()
    assert form.left() == frozenset()
    assert form.editor("did").isVisible()


def _has_focus(form: Form, field_id: str) -> bool:
    control = form.editor(field_id).focusProxy()
    return control is not None and control.hasFocus()


def test_what_is_answered_cannot_wait_and_what_waits_comes_back_with_the_answers(qtbot: QtBot) -> None:
    form = Form(shipped_content().kind("apology"), replace(_needs(), may_wait=True))
    qtbot.addWidget(form)
    form.set_answers({"did": "I left."})
    form.show_left({"did", "effect"})
    form.question("did").leave()
    assert form.left() == {"effect"}
    form.set_answers({"effect": "It hurt."})
    assert form.left() == frozenset()


def test_forms_that_nobody_remembers_for_offer_no_later(qtbot: QtBot) -> None:
    form = _form(qtbot, "apology")
    assert not any(form.question(field_id).may_wait for field_id in form.asked())


def test_at_double_text_nothing_is_narrower_than_its_words(qtbot: QtBot) -> None:
    hub = current_hub()
    hub.set_text_scale(2.0)
    try:
        form = _form(qtbot, "checkin")
        form.resize(1000, 900)
        form.show()
        qtbot.wait(20)
        for field_id in form.asked():
            control = form.editor(field_id).focusProxy()
            assert control is not None
            assert _inside(control, form), field_id
    finally:
        hub.set_text_scale(1.0)


def _inside(control: QWidget, form: QWidget) -> bool:
    right = control.mapTo(form, control.rect().topRight()).x()
    return right <= form.width()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_parts_of_a_moment_stand_level_with_room_beside_their_words(qtbot: QtBot, scale: float) -> None:
    hub = current_hub()
    try:
        hub.set_text_scale(scale)
        editor = WhenEditor(_needs(), open_at_first=False)
        qtbot.addWidget(editor)
        editor.show()
        qtbot.wait(10)
        assert abs(editor._first.height() - editor.control.height()) <= 4 * scale  # what is on the screen
        assert editor._first.minimumSizeHint().height() <= editor._first.height()
        assert editor._first.lineEdit().textMargins().left() >= 9 * scale
    finally:
        hub.set_text_scale(1.0)
