"""Every component in both palettes on one sheet, for looking at and for the smoke test.

`python tests/ui/widgets/gallery.py FOLDER` writes light.png and dark.png (and the same at 200 % and mirrored).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.hub import ThemeHub, current_hub
from app.ui.widgets.bars import MiniBar, StrengthBar, TimeBar
from app.ui.widgets.buttons import Button, IconButton, Radio, Select, TickBox
from app.ui.widgets.card import Card
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.choice_row import ChoiceRow, Segmented
from app.ui.widgets.dot_row import Dot, DotMark, DotRow
from app.ui.widgets.fields import Field, GrowingText, Labelled, PassphraseField
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import KeyHint, MomentMark, Person, PersonMark, Shape
from app.ui.widgets.scale import Scale

NOA = Person(Shape.CIRCLE, "N", "Noa")
JULES = Person(Shape.SQUARE, "J", "Jules")


def flow(*widgets: QWidget) -> QWidget:
    """Widgets side by side, over several lines where they must."""
    made = QWidget()
    layout = FlowLayout(made, gap_px=10)
    for widget in widgets:
        layout.addWidget(widget)
    return made


def ringed(widget: QWidget) -> QWidget:
    """Show a widget as if it had focus, once it is on screen."""
    keeper = widget.findChild(RingKeeper)
    assert keeper is not None
    widget.setProperty("gallery-ring", True)
    return widget


def titled(title: str, *widgets: QWidget) -> Card:
    """One component with its name in caption type."""
    card = Card()
    card.add(Label(title, "small", "ink3", lines=1))
    for widget in widgets:
        card.add(widget)
    return card


def disabled(widget: QWidget) -> QWidget:
    """The same widget, switched off."""
    widget.setEnabled(False)
    return widget


def answered(widget: Scale | ChoiceRow, index: int) -> QWidget:
    """The same row with an answer."""
    widget.choose(index)
    return widget


def controls() -> list[QWidget]:
    """Buttons to fields."""
    fear = [Chip("fear", "fear"), Chip("sadness", "sadness"), Chip("anger", "anger"), Chip("surprise", "surprise")]
    chips = Chips(fear, name="felt", add="add", graded=True, numbered=True)
    chips.choose(["fear", "sadness"], {"fear": 3})
    select = Select(name="after")
    select.addItems(["10 minutes", "5 minutes"])
    passphrase = PassphraseField(name="passphrase", show_words="show", hide_words="hide")
    passphrase.setText("something long")
    mine = Field(name="line")
    mine.setText("a line of mine")
    growing = GrowingText(name="narrative")
    growing.set_words("Dad was taken in a little after nine. I rang you from the corridor, then the stairwell. Eleven calls.")
    segments = Segmented(["1 month", "3", "6 months", "12", "All"], chosen=2, name="period")
    trouble = Labelled("Again", Field(placeholder="type it again"))
    trouble.show_trouble("These two do not match yet.")
    return [
        titled(
            "Button, 34 and 28 high",
            flow(
                Button("Save", "primary"), ringed(Button("Save", "primary")), Button("Review"), ringed(Button("Review")),
                disabled(Button("Review")), Button("Later", "quiet"), Button("Log a trigger", icon="trigger", hint="Ctrl+T"),
                Button("Edit", icon="pencil-simple", small=True), Button("Still right for us", "primary", small=True),
                IconButton("dots-three", "more", "plain"), IconButton("x", "close"),
            ),
        ),
        titled("Chip, 28", chips),
        titled("Scale 0-10", answered(Scale(low="not at all", middle="in part", high="entirely"), 6), flow(Scale(compact=True)), ringed(Scale())),
        titled("Choice", answered(ChoiceRow(["no", "a little", "partly", "mostly", "yes"], apart="no occasion"), 3), flow(segments)),
        titled("Field, 34 high", flow(mine, Field(placeholder="Find in threads", voice="app", leading="magnifying-glass"), disabled(Field(placeholder="fixed")), passphrase, select), trouble, growing),
        titled("Check, radio, marks", flow(TickBox("off"), _on(TickBox("on")), Radio("off"), _on(Radio("on")), PersonMark(NOA), PersonMark(JULES), PersonMark(Person(Shape.CIRCLE, "N", "Noa", outline=True)), PersonMark(Person(Shape.SQUARE, "J", "Jules", outline=True)), PersonMark(NOA, JULES), PersonMark(NOA, JULES, size="small"), MomentMark(), KeyHint("F8"))),
        titled("Dot row, 9 px", DotRow([DotMark(d) for d in (Dot.KEPT, Dot.KEPT, Dot.TALKED, Dot.KEPT, Dot.CROSSED, Dot.OPEN)], description="kept 3")),
        titled("Strength bar", flow(StrengthBar(12, "new"), StrengthBar(58, "taking hold"), StrengthBar(91, "second nature"), StrengthBar(62, "resting", resting=True), MiniBar(5), MiniBar(8, settled=True), TimeBar(0.7))),
    ]


def _on(button: TickBox | Radio) -> QWidget:
    button.setChecked(True)
    return button


def sheet(width_px: int = 620) -> QWidget:
    """All components in one column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(18, 18, 18, 18)
    column.setSpacing(10)
    for card in [*controls()]:
        column.addWidget(card)
    page.resize(width_px, 10)
    return page


def render(folder: Path, name: str, width_px: int = 620) -> Path:
    """Lay the sheet out at a width, draw it with the current theme, and return the file written."""
    page = sheet(width_px)
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.show()
    QApplication.processEvents()
    for keeper in page.findChildren(RingKeeper):
        widget = keeper.parent()
        if isinstance(widget, QWidget) and widget.property("gallery-ring"):
            keeper.show()
    layout = page.layout()
    assert layout is not None
    page.resize(width_px, layout.totalHeightForWidth(width_px))
    QApplication.processEvents()
    image: QPixmap = page.grab()
    target = folder / f"{name}.png"
    image.save(str(target))
    page.close()
    page.deleteLater()
    return target


def main(folder: Path) -> None:
    """Write every sheet."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    hub = ThemeHub(app, "light")
    assert current_hub() is hub
    render(folder, "light")
    hub.choose("dark")
    render(folder, "dark")
    hub.choose("light")
    hub.set_text_scale(2.0)
    render(folder, "light-200", 900)
    hub.set_text_scale(1.0)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    render(folder, "light-rtl")
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
