"""Where people write: one line, a passphrase, or text that grows. Their words are in the reading serif."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Theme, TypeName
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Caption
from app.ui.widgets.label import Label
from app.ui.widgets.painting import painting

Voice = Literal["app", "person"]

_PART: Final = 6_000
_SEAM: Final = "\n\u2060"
"""What stands between the parts of a paragraph longer than `_PART` characters while it is edited: a new line that
begins with a sign nobody sees. The layout engine sets a whole paragraph anew at every key: 50,000 words in one would
take it a tenth of a second. Being part of the text, a seam survives every edit and undo; it never leaves the field."""
_LINE_ENDS: Final = ("\u2029", "\u2028", "\ufdd0", "\ufdd1")
_SPACE_BEFORE: Final = 400
"""How far before the end of a part a space is looked for."""


class Field(QLineEdit):
    """One line of text, 34 px high. `voice="person"` (the default) writes in serif, "app" (search, numbers) in sans."""

    def __init__(
        self, *, name: str = "", placeholder: str = "", voice: Voice = "person", leading: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._hub = current_hub()
        self._voice: Voice = voice
        self.setProperty("voice", "app" if placeholder else voice)
        if placeholder and voice == "person":
            self.textChanged.connect(self._change_voice)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._leading = leading
        self._theme_changed(self._hub.theme)
        self._hub.changed.connect(self._theme_changed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(200), self._hub.theme.size("field"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(72), self._hub.theme.size("field"))

    def _change_voice(self, words: str) -> None:
        """The placeholder is the app's voice, what is written the person's: change typeface with the first letter."""
        voice = self._voice if words else "app"
        if self.property("voice") != voice:
            self.setProperty("voice", voice)
            self.style().unpolish(self)
            self.style().polish(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._leading:
            return
        theme = self._hub.theme
        side = theme.size("icon")
        left = theme.px(9)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - side
        with painting(self, theme) as painter:
            paint_icon(painter, QRectF(left, 0, side, self.height()), self._leading, "ink3", self._hub)

    def _theme_changed(self, theme: Theme) -> None:
        room = theme.size("icon") + theme.px(8) if self._leading else 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(0 if mirrored else room, 0, room if mirrored else 0, 0)
        self.updateGeometry()


class PassphraseField(Field):
    """A passphrase with a button that shows it. Nothing of it goes to undo, drag, or input-method prediction."""

    caps_lock = Signal(bool)
    """Emitted when typing shows that Caps Lock is on or off: letters arrive in the other case than Shift says."""

    def __init__(self, *, name: str, show_words: str, hide_words: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, voice="app", parent=parent)
        self._show_words, self._hide_words = show_words, hide_words
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setDragEnabled(False)
        self.reveal = IconButton("eye", show_words, parent=self)
        self.reveal.setCursor(Qt.CursorShape.ArrowCursor)
        self.reveal.clicked.connect(self.toggle)
        self._theme_changed(self._hub.theme)

    def toggle(self) -> None:
        """Show or hide what is typed."""
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.reveal.set_icon_name("eye-slash" if hidden else "eye")
        words = self._hide_words if hidden else self._show_words
        self.reveal.setAccessibleName(words)
        self.reveal.setToolTip(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.reveal.sizeHint()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 3 if mirrored else self.width() - size.width() - 3
        self.reveal.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @override
    def _theme_changed(self, theme: Theme) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        room = theme.size("button_small")
        self.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)
        self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)


class GrowingText(QTextEdit):
    """Several lines that grow from `least` to `most` lines, then scroll; plain text only, with a fixed line height.

    Tab leaves the field: pages are filled in with the keyboard. `reading` shows text to read, without a frame.
    """

    def __init__(
        self,
        *,
        name: str = "",
        placeholder: str = "",
        style: TypeName = "reading",
        least: int = 1,
        most: int = 8,
        reading: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._style, self._least, self._most, self._reading = style, least, most, reading
        self._shaping, self._seamed = False, not reading
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setReadOnly(reading)
        self.setProperty("voice", "read" if reading else "write")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if reading:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not reading)
        self.document().setDocumentMargin(2)
        self.document().contentsChange.connect(self._shape_changed)
        self._restyle()
        self._hub.changed.connect(self._theme_changed)

    def words(self) -> str:
        """The text as plain text with single line ends."""
        written = self.document().toRawText()  # plain text would turn fixed spaces into others
        for sign in _LINE_ENDS:
            written = written.replace(sign, "\n")
        return written.replace(_SEAM, "") if self._seamed else written

    def set_words(self, words: str) -> None:
        """Replace the text; undo starts afresh. A paragraph of many pages is laid out in parts (see `_SEAM`)."""
        self._seamed = not self._reading and _SEAM not in words
        self.setPlainText(_in_parts(words) if self._seamed else words)
        self._shape()
        self._fit()

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        found = super().createMimeDataFromSelection()
        if self._seamed and _SEAM in (copied := found.text()):
            found = QMimeData()
            found.setText(copied.replace(_SEAM, ""))
        return found

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        pasted = source.text()
        if self._seamed and len(pasted) > _PART:
            source = QMimeData()
            source.setText(_in_parts(pasted.replace(_SEAM, "\n")))
        super().insertFromMimeData(source)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground under the words hides what lies below: a letter typed on a sheet would else paint all the page
        behind it again.
        """
        if not self._reading:
            with painting(self.viewport(), self._hub.theme) as painter:
                painter.fillRect(event.rect(), self._hub.theme.color("field" if self.isEnabled() else "sunken"))
        super().paintEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(260), self._wanted_height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(120), self._wanted_height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_hub"):
            self._restyle()

    def _wanted_height(self) -> int:
        line = self._hub.theme.line_height(self._style)
        frame = self._chrome()
        content = round(self.document().size().height())
        if self._reading:
            return max(line, content) + frame
        return min(max(content, line * self._least + 4), line * self._most + 4) + frame

    def _chrome(self) -> int:
        """Border and padding above and below, in px."""
        return 0 if self._reading else 2 + 2 * self._hub.theme.px(3)

    def _restyle(self) -> None:
        """Another look of the same words: nothing was typed, and nobody hears of it."""
        font = self._hub.theme.font(self._style)
        with QSignalBlocker(self):
            self.document().setDefaultFont(font)
            self.setFont(font)
            self._shape()
        self._fit()

    def _shape(self, position: int = 0, length: int | None = None) -> None:
        """Give every paragraph of a stretch (all of them) the style's line height, outside the undo history."""
        if self._shaping:
            return
        self._shaping = True
        document = self.document()
        last = document.characterCount() - 1
        cursor = QTextCursor(document)
        cursor.setPosition(min(position, last))
        cursor.setPosition(last if length is None else min(position + length, last), QTextCursor.MoveMode.KeepAnchor)
        look = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        look.setLineHeight(self._hub.theme.line_height(self._style), fixed)
        cursor.joinPreviousEditBlock()
        cursor.mergeBlockFormat(look)
        cursor.endEditBlock()
        self._shaping = False

    def _shape_changed(self, position: int, removed: int, added: int) -> None:
        """Only what was changed is shaped again: a whole narrative laid out anew would be felt at every paste."""
        if self._shaping:
            return
        if removed > 1 or added > 1 or self.document().findBlock(position).blockFormat().lineHeightType() == 0:
            self._shape(position, added)
        self._fit()

    def _fit(self) -> None:
        wanted = self._wanted_height()
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
            self.updateGeometry()
        if not self._reading:
            full = self.document().size().height() > self._hub.theme.line_height(self._style) * self._most + 4
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if self.verticalScrollBarPolicy() is not policy:
                self.setVerticalScrollBarPolicy(policy)

    def _theme_changed(self, _theme: Theme) -> None:
        self._restyle()


def _in_parts(words: str) -> str:
    """The text with a seam behind a space, or else anywhere, at least every `_PART` characters of a paragraph."""
    if len(words) <= _PART:
        return words
    return "\n".join(_SEAM.join(_parts(paragraph)) for paragraph in words.split("\n"))


def _parts(paragraph: str) -> list[str]:
    found, start = [], 0
    while len(paragraph) - start > _PART:
        space = paragraph.rfind(" ", start + _PART - _SPACE_BEFORE, start + _PART)
        end = space + 1 if space > 0 else start + _PART
        found.append(paragraph[start:end])
        start = end
    return [*found, paragraph[start:]]


class Labelled(QWidget):
    """A question above its control, help below it, and trouble in lamp text that says what to do."""

    def __init__(self, question: str, control: QWidget, *, aside: str = "", help_words: str = "") -> None:
        super().__init__()
        self.control = control
        theme = current_hub().theme
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(5))
        self._question = Label(question, "label")
        self._question.setBuddy(control)
        self._help = Label(help_words or aside, "caption", "ink3")
        self._trouble = Caption(icon="info", role="lamp")
        for part in (self._question, control, self._help, self._trouble):
            box.addWidget(part)
        if not (help_words or aside):
            self._help.hide()  # never shown before it has a parent: it would be a window for a moment
        self._trouble.hide()
        if not control.accessibleName():
            control.setAccessibleName(question)

    def show_trouble(self, words: str) -> None:
        """Say what is missing and what to do, or nothing with empty words."""
        self._trouble.show_words(words, "info")
        self._trouble.setVisible(bool(words))
        self.control.setAccessibleDescription(words)
