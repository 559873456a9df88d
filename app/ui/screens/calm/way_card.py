"""The card beside the circle: one way to settle at a time, and quiet links to the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.calm import Calm
from app.ui.screens.calm.afterwards import AfterWay
from app.ui.screens.calm.circle import BreathCircle
from app.ui.screens.calm.parts import announce
from app.ui.screens.calm.state import CalmState
from app.ui.screens.calm.together import TogetherWay
from app.ui.screens.calm.ways import AroundWay, NamingWay, SensesWay, Way, body_way, kit_way, ring_way, titles
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.text_link import TextLink

FIRST = "senses"
_BUILT_IN = ("senses", "naming", "around", "body", "after")
_OWN = ("kit", "together", "ring")


class WayCard(Card):
    """`helped(key, on)` and `answered(words, keep)` come from Afterwards. Ways are built when first shown."""

    helped = Signal(str, bool)
    answered = Signal(str, bool)

    def __init__(self, words: Calm, circle: BreathCircle, write: Callable[[str], None] | None, *, keeps: bool) -> None:
        super().__init__(words.senses.title)
        self._words, self._circle, self._write, self._keeps = words, circle, write, keeps
        self._titles = titles(words)
        self._state = CalmState()
        self._built: dict[str, Way] = {}
        self._shown = ""
        self._rule = Rule()
        self._others = QWidget()
        flow = FlowLayout(self._others, gap_px=16, line_gap_px=0)
        self._links: dict[str, TextLink] = {}
        for name, (title, icon) in self._titles.items():
            made = TextLink(title, icon=icon)
            made.clicked.connect(lambda _checked=False, name=name: self.turn_to(name))
            flow.addWidget(made)
            self._links[name] = made
        self.heading.setWordWrap(True)
        self._start = Label(words.screen.start, "small", "ink3")
        self.add(self._rule)
        self.add(self._start)
        self.add(self._others)
        self.choose(FIRST)

    @property
    def shown(self) -> str:
        """The way that is shown."""
        return self._shown

    def way(self, name: str) -> Way:
        """One way, built now if it was never shown."""
        if name not in self._built:
            made = self._make(name)
            made.hide()
            self._built[name] = made
            self.body.insertWidget(self.body.indexOf(self._rule), made)
        return self._built[name]

    def choose(self, name: str) -> None:
        """Show a way; the keyboard stays where it is."""
        wanted = name if name in self._titles else FIRST
        for other, made in self._built.items():
            if other != wanted:
                made.hide()
        self.way(wanted).show()
        self._shown = wanted
        self.set_heading(self._titles[wanted][0])
        self._offer()

    def turn_to(self, name: str) -> None:
        """Show a way and put the keyboard on its first control, or on the links where it has none."""
        self.choose(name)
        announce(self, self._titles[self._shown][0])
        first = self._first_stop(self._built[self._shown])
        (first or next(made for made in self._links.values() if not made.isHidden())).setFocus()

    def show_own(self, state: CalmState) -> None:
        """Offer what is this person's own; what is shown of it is built anew."""
        self._state = state
        after = self._built.get("after")
        if isinstance(after, AfterWay):
            after.offer(state.offered)
        for name in _OWN:
            made = self._built.pop(name, None)
            if made is not None:
                self.body.removeWidget(made)
                made.hide()
                made.deleteLater()
        self.choose(self._shown)

    def ask_to_keep(self, words: str) -> None:
        """Ask whether own words that helped join the kit."""
        made = self.way("after")
        if isinstance(made, AfterWay):
            made.ask(words)

    def start_afresh(self) -> None:
        """Calm is opened again."""
        made = self._built.get("after")
        if isinstance(made, AfterWay):
            made.start_afresh()
        walk = self._built.get("together")
        if isinstance(walk, TogetherWay):
            walk.end()

    def forget(self) -> None:
        """Drop what was typed."""
        for made in self._built.values():
            made.forget()

    def _offer(self) -> None:
        """Links to everything else that is to be had here."""
        offered = set(_BUILT_IN) | ({"kit"} if self._keeps else set())
        if self._state.own.for_two:
            offered.add("together")
        for name, made in self._links.items():
            made.setVisible(name in offered and name != self._shown)

    def _make(self, name: str) -> Way:
        words, state = self._words, self._state
        builders: dict[str, Callable[[], Way]] = {
            "senses": lambda: SensesWay(words.senses, self._circle),
            "naming": lambda: NamingWay(words.naming),
            "around": lambda: AroundWay(words.orienting),
            "body": lambda: body_way(words.grounding),
            "kit": lambda: kit_way(state.own.tools, state.empty_kit, state.add_tool, self._writing("tool")),
            "ring": lambda: ring_way(
                state.own.contacts, state.empty_ring, state.add_ring, self._writing("support_contact")
            ),
            "together": self._together,
            "after": self._after,
        }
        return builders[name]()

    def _together(self) -> Way:
        if self._state.own.for_two:
            return TogetherWay(self._words.together, self._circle, self._state.others, partial(self.turn_to, "after"))
        alone = Way()
        alone.add(Label(self._words.together.alone, "body", "ink2"))
        return alone

    def _after(self) -> Way:
        made = AfterWay(self._words.after, self._words.screen, keeps=self._keeps)
        made.offer(self._state.offered)
        made.helped.connect(self.helped)
        made.answered.connect(self.answered)
        return made

    def _writing(self, kind: str) -> Callable[[], None] | None:
        write = self._write
        return None if write is None else partial(write, kind)

    def _first_stop(self, way: QWidget) -> QWidget | None:
        within = [child for child in way.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return next((child for child in within if child.isVisible() and child.isEnabled()), None)
