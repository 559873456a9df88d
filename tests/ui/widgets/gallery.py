"""Every component in both palettes on one sheet, for looking at and for the smoke test.

`python tests/ui/widgets/gallery.py FOLDER` writes light.png and dark.png (and the same at 200 % and mirrored).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from app.ui.theme.hub import ThemeHub, current_hub
from app.ui.widgets.bars import MiniBar, StrengthBar, TimeBar
from app.ui.widgets.buttons import Button, IconButton, Radio, Select, TickBox
from app.ui.widgets.card import Card
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.choice_row import ChoiceRow, Segmented
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.dot_row import Dot, DotMark, DotRow
from app.ui.widgets.fields import Field, GrowingText, Labelled, PassphraseField
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.header_bar import HeaderBar
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, ColumnsLayout, FlowLayout, column
from app.ui.widgets.marks import KeyHint, MomentMark, Person, PersonMark, Shape
from app.ui.widgets.menu_strip import MenuStrip, PageGround
from app.ui.widgets.nav_rail import NavItem, NavRail
from app.ui.widgets.notes import Banner, EmptyState, Toast
from app.ui.widgets.scale import Scale
from app.ui.widgets.shore import Shore
from app.ui.widgets.step_path import Stage, Step, StepPath, StepState
from app.ui.widgets.timeline import TimelineEntry, TimelineRow
from app.ui.widgets.veil import VeilOverlay

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
    growing.set_words(
        "Dad was taken in a little after nine. I rang you from the corridor, then the stairwell. Eleven calls."
    )
    segments = Segmented(["1 month", "3", "6 months", "12", "All"], chosen=2, name="period")
    trouble = Labelled("Again", Field(placeholder="type it again"))
    trouble.show_trouble("These two do not match yet.")
    return [
        titled(
            "Button, 34 and 28 high",
            flow(
                Button("Save", "primary"),
                ringed(Button("Save", "primary")),
                Button("Review"),
                ringed(Button("Review")),
                disabled(Button("Review")),
                Button("Later", "quiet"),
                Button("Log a trigger", icon="trigger", hint="Ctrl+T"),
                Button("Edit", icon="pencil-simple", small=True),
                Button("Still right for us", "primary", small=True),
                IconButton("dots-three", "more", "plain"),
                IconButton("x", "close"),
            ),
        ),
        titled("Chip, 28", chips),
        titled(
            "Scale 0-10",
            answered(Scale(low="not at all", middle="in part", high="entirely"), 6),
            flow(Scale(compact=True)),
            ringed(Scale()),
        ),
        titled(
            "Choice",
            answered(ChoiceRow(["no", "a little", "partly", "mostly", "yes"], apart="no occasion"), 3),
            flow(segments),
        ),
        titled(
            "Field, 34 high",
            flow(
                mine,
                Field(placeholder="Find in threads", voice="app", leading="magnifying-glass"),
                disabled(Field(placeholder="fixed")),
                passphrase,
                select,
            ),
            trouble,
            growing,
        ),
        titled(
            "Check, radio, marks",
            flow(
                TickBox("off"),
                _on(TickBox("on")),
                Radio("off"),
                _on(Radio("on")),
                PersonMark(NOA),
                PersonMark(JULES),
                PersonMark(Person(Shape.CIRCLE, "N", "Noa", outline=True)),
                PersonMark(Person(Shape.SQUARE, "J", "Jules", outline=True)),
                PersonMark(NOA, JULES),
                PersonMark(NOA, JULES, size="small"),
                MomentMark(),
                KeyHint("F8"),
            ),
        ),
        titled(
            "Dot row, 9 px",
            DotRow(
                [DotMark(d) for d in (Dot.KEPT, Dot.KEPT, Dot.TALKED, Dot.KEPT, Dot.CROSSED, Dot.OPEN)],
                description="kept 3",
            ),
        ),
        titled(
            "Strength bar",
            flow(
                StrengthBar(12, "new"),
                StrengthBar(58, "taking hold"),
                StrengthBar(91, "second nature"),
                StrengthBar(62, "resting", resting=True),
                MiniBar(5),
                MiniBar(8, settled=True),
                TimeBar(0.7),
            ),
        ),
    ]


def notes() -> list[QWidget]:
    """What says something: rows, banners, the empty state, the path."""
    return [
        titled(
            "Timeline row",
            TimelineRow(
                TimelineEntry("3 May", "Rang from the clinic. You picked up on the second ring."), action="Open"
            ),
            TimelineRow(TimelineEntry("18 Apr", "Late train. You said so before I asked."), action="Open"),
        ),
        titled(
            "Banner",
            Banner("Missed days do not erase.", icon="leaf"),
            Banner("Whoever holds this sheet can open your journal.", icon="key", tone="care", close_words="close"),
        ),
        titled(
            "Empty state",
            EmptyState(
                "Nothing here yet, and nothing has to be.",
                "A thread holds one moment that changed things. Start with a title only, if that is enough today.",
                action="Begin a thread",
            ),
        ),
        titled("Path", path()),
    ]


def path() -> StepPath:
    """The eight steps of a thread, at the fifth."""
    n, j = (NOA,), (JULES,)
    done, ahead = StepState.DONE, StepState.AHEAD
    ahead_j = (Person(Shape.SQUARE, "J", "Jules", outline=True),)
    ahead_n = (Person(Shape.CIRCLE, "N", "Noa", outline=True),)
    return StepPath(
        [
            Stage(
                "Slow the cycle",
                (
                    Step("Tell what happened", done, n),
                    Step("See the guard go up", done, j),
                    Step("Find the fear beneath", done, n),
                    Step("Grasp why it mattered", done, j),
                ),
            ),
            Stage(
                "Meet the hurt",
                (Step("Say it whole, to us", StepState.CURRENT, n), Step("Own it, with regret", ahead, ahead_j)),
            ),
            Stage(
                "Hold what is new",
                (Step("Ask for comfort", ahead, ahead_n), Step("A new experience", ahead, (*ahead_n, *ahead_j))),
            ),
        ],
        name="path",
    )


class Shell(QWidget):
    """A small window with everything around a page, in the places the mock-ups give it."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        self.strip = MenuStrip(
            promise="On this computer only", veil="Veil", veil_key="F8", lock="Lock", lock_key="Ctrl+L"
        )
        for words in ("File", "Edit", "View", "Go", "Help"):
            self.strip.add_menu(words)
        pages = [("today", "Today"), ("injuries", "Injuries"), ("agreements", "Agreements"), ("rituals", "Rituals"),
                 ("repair", "Repair"), ("trends", "Trends"), ("together", "Together"),
                 ("summary", "Summary")]  # fmt: skip
        items = [NavItem(key, words, key) for key, words in pages]
        self.rail = NavRail(
            [items[:1], items[1:5], items[5:]], [NavItem("settings", "Settings", "settings")],
            name="pages", menu_words="Menu",
        )  # fmt: skip
        self.rail.person.show_people([NOA], "Noa")
        self.rail.show_page("today")
        self.page = PageGround()
        body = QVBoxLayout(self.page)
        body.setContentsMargins(24, 4, 24, 20)
        self.header = HeaderBar("Thursday 14 May", "Good evening, Noa")
        self.header.add_action(Button("Log a trigger", icon="trigger", hint="Ctrl+T", collapsible=True))
        self.header.add_action(Button("Calm", icon="calm", hint="Ctrl+G", collapsible=True))
        body.addWidget(self.header)
        evening = Card("Evening check-in", caption="Only you, until you share it", caption_icon="private")
        evening.add(Label("How safe did today feel with Jules?", "label"))
        evening.add(answered(Scale(low="not at all", high="entirely"), 6))
        evening.add(answered(ChoiceRow(["no", "a little", "partly", "mostly", "yes"]), 3))
        look = Card("Due for a look", caption="agreement")
        look.add(
            Label(
                "If either of us will be more than twenty minutes late, we say so before, not after.", "line", lines=2
            )
        )
        self.columns = ColumnsLayout(
            [(column(evening, *notes()[:1]), 1, 0), (column(look, stretch_last=False), 0, 372)]
        )
        body.addWidget(self.columns, 1)
        grid.addWidget(self.strip, 0, 0, 1, 2)
        grid.addWidget(self.rail, 1, 0)
        grid.addWidget(self.page, 1, 1)
        self.toast = Toast(self)


def _on(button: TickBox | Radio) -> QWidget:
    button.setChecked(True)
    return button


def sheet(width_px: int = 620) -> QWidget:
    """All components in one column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(18, 18, 18, 18)
    column.setSpacing(10)
    for card in [*controls(), *notes()]:
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


def snap(widget: QWidget, folder: Path, name: str) -> None:
    """Write what a widget looks like now."""
    QApplication.processEvents()
    widget.grab().save(str(folder / f"{name}.png"))


def shells(folder: Path) -> None:
    """The frame of the window in three widths, with dialog, toast and veil."""
    for name, width, high, breadth in (
        ("shell", 1280, 800, Breadth.WIDE),
        ("shell-middle", 1024, 700, Breadth.MIDDLE),
        ("shell-narrow", 800, 560, Breadth.NARROW),
    ):  # fmt: skip
        shell = Shell()
        shell.resize(width, high)
        shell.rail.set_breadth(breadth)
        shell.show()
        shell.toast.say("Saved, only for you.", "Undo")
        shell.toast.setGraphicsEffect(None)  # type: ignore[arg-type] # Qt takes null
        snap(shell, folder, name)
        if breadth is Breadth.WIDE:
            dialog = DialogSurface(
                shell, "Log a trigger", close_words="close", caption="Only you", caption_icon="private"
            )
            dialog.body.addWidget(Labelled("What set it off", Field(name="cue")))
            dialog.body.addWidget(Scale(low="barely there", high="overwhelming"))
            dialog.footer.addStretch(1)
            dialog.footer.addWidget(Button("Save", "primary", hint="Ctrl+Enter"))
            dialog.open()
            snap(shell, folder, "dialog")
            dialog.close_surface()
            veil = VeilOverlay(shell, before="Veiled. Press", key="F8", after="or click here to return.")
            veil.cover(shell.page)
            snap(shell, folder, "veil")
        shell.close()
        shell.deleteLater()
    shore = Shore()
    shore.resize(1280, 800)
    snap(shore, folder, "shore")
    shore.deleteLater()


def main(folder: Path) -> None:
    """Write every sheet."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    hub = ThemeHub(app, "light")
    assert current_hub() is hub
    render(folder, "light")
    shells(folder)
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
