"""What the window shows once a journal is open: menus, rail, header, pages, what lies over them. It only assembles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.content import Content
from app.services.choices import Choices
from app.services.local_time import Now
from app.services.session import Person
from app.ui import help_pages, menus
from app.ui.actions import FOR_TWO, PAGES, SEPARATOR, commands, key_words, make_actions, page_words, use_plain_labels
from app.ui.context import Context, Equipped, Growing, Screen, Searchable, Subtitled, Toast
from app.ui.looks import Looks
from app.ui.page_stack import PageStack
from app.ui.pages import Build
from app.ui.panes import next_pane
from app.ui.platform import capture
from app.ui.platform.clipboard import ClipboardGuard
from app.ui.runtime.attempt import attempt
from app.ui.runtime.bus import Bus
from app.ui.runtime.idle import IdleWatch
from app.ui.runtime.tasks import Tasks
from app.ui.text import tr, use_twelve_hours
from app.ui.theme.hub import ThemeHub
from app.ui.undoing import Undoing
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.header_bar import HeaderBar
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.marks import Person as MarkedPerson
from app.ui.widgets.marks import Shape
from app.ui.widgets.menu_strip import PageGround
from app.ui.widgets.notes import Toast as ToastSurface
from app.ui.widgets.veil import VeilOverlay

_ALONE = frozenset({"calm"})
"""Pages that fill the window, without rail and header."""
_UNDER = {"conversation": "repair", "review": "trends"}
"""Pages that are reached through another one, which the rail marks for them."""
_FIELD_KEYS = frozenset({"cut", "copy", "paste", "select_all"})


@dataclass(frozen=True, slots=True)
class Opened:
    """An open journal as the window gets it from the application."""

    tasks: Tasks
    bus: Bus
    content: Content
    person: Person
    partner: str | None
    choices: Choices
    now: Now
    zone: str
    mark: int = 1
    other: str = ""


class MainWindow(QWidget):
    """The shell of one session, until it is locked. `lock_asked(reason)`, `close_asked()` go to the application."""

    lock_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, opened: Opened, hub: ThemeHub, looks: Looks, builders: Mapping[str, Build]) -> None:
        super().__init__()
        self._opened, self._hub, self._looks = opened, hub, looks
        self.context = Context(
            tasks=opened.tasks,
            bus=opened.bus,
            hub=hub,
            content=opened.content,
            person=opened.person,
            partner=opened.partner,
            now=opened.now,
            zone=opened.zone,
            shell=self,
            looks=looks,
            mark=opened.mark,
            other=opened.other,
        )
        self._choices = opened.choices
        self._on_toast: Callable[[], None] | None = None
        self._strip = menus.strip()
        self._rail = menus.rail()
        self._header = HeaderBar()
        self._stage = QWidget()
        self._page_area = PageGround()
        self._pages = PageStack({name: partial(self._build, build) for name, build in builders.items()})
        self._toast = ToastSurface(self._stage)
        self._body = QWidget()
        self._veil = VeilOverlay(
            self._body, before=tr("Veiled. Press"), key=key_words("F8"), after=tr("or click here to return.")
        )
        self._idle = IdleWatch(opened.choices.idle_minutes, self)
        self._copies = ClipboardGuard(self)
        self._undoing = Undoing(opened.tasks, opened.bus, opened.content, self)
        self._actions = make_actions(self, self._handlers(), own_keys=_FIELD_KEYS)
        self._buttons: dict[str, Button] = {}
        self._assemble()
        self._connect()
        self._apply(opened.choices)

    # ------------------------------------------------------------------------------------------- for the screens

    def go(self, page: str, target: str | None = None) -> None:
        """See `Shell.go`."""
        self._pages.go(page, target)

    def toast(self, toast: Toast) -> None:
        """See `Shell.toast`."""
        self._on_toast = toast.on_action
        self._toast.say(toast.text, toast.action)

    def ground(self) -> QWidget:
        """See `Shell.ground`."""
        return self._stage

    def open_over(self, surface: DialogSurface) -> None:
        """See `Shell.open_over`."""
        surface.finished.connect(surface.deleteLater)
        surface.took_over.connect(self._strip.menus.hide)
        surface.open()

    def retitle(self) -> None:
        """See `Shell.retitle`."""
        screen = self._pages.current
        if screen is not None:
            self._header.set_title(screen.title, screen.subtitle if isinstance(screen, Subtitled) else "")

    def log_trigger(self, record: str | None = None) -> None:
        """See `Shell.log_trigger`. One that is open already is the one."""
        from app.ui.screens.trigger import build
        from app.ui.screens.trigger.view import TriggerSurface

        if any(one.isVisible() for one in self._stage.findChildren(TriggerSurface)):
            return
        self.open_over(build(self.context, record))

    def _note_moment(self) -> None:
        from app.ui.screens.moments import build

        self.open_over(build(self.context))

    def calm(self) -> None:
        """See `Shell.calm`."""
        from app.ui.screens.calm.screen import open_calm

        open_calm(self.context)

    def _search(self) -> None:
        """Go to the Journal's search, or to that of a page that has its own."""
        screen: object = self._pages.current
        if not isinstance(screen, Searchable):
            self.go("journal")
            screen = self._pages.current
        if isinstance(screen, Searchable):
            screen.find()

    def back(self) -> None:
        """See `Shell.back`."""
        self._pages.back()

    def lock(self, reason: str = "asked") -> None:
        """See `Shell.lock`."""
        self.lock_asked.emit(reason)

    def help(self, page: str) -> None:
        """See `Shell.help`."""
        self.open_over(help_pages.surface(page, self._stage, self._opened.content))

    # ---------------------------------------------------------------------------------------- for the application

    def start(self) -> None:
        """Show the first page and begin to watch for quiet time."""
        self._hide_from_pictures()
        self.go(PAGES[0])
        self._undoing.name(self._actions["undo"], self._actions["redo"])
        self._opened.tasks.run(lambda desk: desk.trash.purge(), lambda _gone: None)
        self._idle.start()

    def let_go(self) -> None:
        """The window is covered: every dialog and the page keep what is being typed, and all let go of their words."""
        self._idle.stop()
        for surface in self._stage.findChildren(DialogSurface):
            if not surface.isHidden():
                attempt(surface.dismissed.emit)
        attempt(self._pages.leave)
        self._copies.stop()
        self._opened.bus.locking.emit()

    @property
    def choices(self) -> Choices:
        """What the person chose about locking and glances."""
        return self._choices

    def veil(self) -> None:
        """Cover what can be read; the menus, Veil and Lock stay."""
        if not self._veil.veiled:
            self._veil.cover(self._stage)
            self._strip.veil.say(tr("Unveil"))
            self._opened.bus.veiled.emit(True)

    def unveil(self) -> None:
        """Show the page again."""
        if self._veil.veiled:
            self._veil.uncover()
            self._strip.veil.say(tr("Veil"))
            self._opened.bus.veiled.emit(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --------------------------------------------------------------------------------------------------- assembly

    def _assemble(self) -> None:
        menus.fill_strip(self._strip, self._actions)
        keys = commands()
        for name, run in (("trigger", self.log_trigger), ("calm", self.calm)):
            command = keys[name]
            button = Button(command.words, icon=command.icon, hint=command.shown_key, collapsible=True)
            button.clicked.connect(lambda _checked=False, run=run: run())
            self._header.add_action(button)
            self._buttons[name] = button
        self._area = area = QVBoxLayout(self._page_area)
        area.setSpacing(0)
        area.addWidget(self._header)
        area.addWidget(self._pages, 1)
        stage = QHBoxLayout(self._stage)
        stage.addWidget(self._rail)
        stage.addWidget(self._page_area, 1)
        body = QVBoxLayout(self._body)
        body.addWidget(self._stage)
        whole = QVBoxLayout(self)
        whole.addWidget(self._strip)
        whole.addWidget(self._body, 1)
        for layout in (stage, body, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        shape = Shape.of(self._opened.mark)
        person = MarkedPerson(shape, self._opened.person.initial, self._opened.person.name)
        self._rail.person.show_people((person,), self._opened.person.name)

    def _connect(self) -> None:
        self._strip.veil_asked.connect(self._toggle_veil)
        self._strip.lock_asked.connect(partial(self.lock_asked.emit, "asked"))
        self._veil.unveil_asked.connect(self.unveil)
        self._rail.chosen.connect(self.go)
        self._rail.menu_asked.connect(partial(self._popup, PAGES))
        self._rail.person_asked.connect(partial(self._popup, ("settings", SEPARATOR, "veil", "lock")))
        self._pages.turned.connect(self._equip)
        self._pages.shown.connect(self._page_shown)
        self._toast.acted.connect(self._toast_acted)
        self._hub.changed.connect(self._fit)
        self._opened.bus.chosen.connect(self._apply)
        self._opened.bus.renamed.connect(self._renamed)
        self._idle.warned.connect(lambda: self._toast.say(self._opened.content.care.lock.minute_left, icon="lock"))
        self._idle.expired.connect(partial(self.lock_asked.emit, "idle"))

    def _handlers(self) -> dict[str, Callable[[], None]]:
        edit = menus.EditCommands()
        looks = self._looks
        return {
            **{page: partial(self._unveiled, partial(self.go, page)) for page in PAGES},
            "trigger": partial(self._unveiled, self.log_trigger),
            "moment": partial(self._unveiled, self._note_moment),
            "calm": partial(self._unveiled, self.calm),
            "lock": partial(self.lock_asked.emit, "asked"),
            "quit": self.close_asked.emit,
            **{name: getattr(edit, name) for name in _FIELD_KEYS},
            "undo": partial(self._unveiled, self._undoing.undo),
            "redo": partial(self._unveiled, self._undoing.redo),
            "search": partial(self._unveiled, self._search),
            "new": partial(self._unveiled, self._new),
            "veil": self._toggle_veil,
            "text_larger": looks.larger,
            "text_smaller": looks.smaller,
            "text_normal": looks.normal,
            "light": partial(looks.choose_theme, "light"),
            "dark": partial(looks.choose_theme, "dark"),
            "system": partial(looks.choose_theme, "system"),
            "back": partial(self._unveiled, self._pages.back),
            "next_pane": partial(self._pane, 1),
            "previous_pane": partial(self._pane, -1),
            **{name: partial(self._unveiled, partial(self.help, name)) for name in ("help", "limits", "safety")},
        }

    # --------------------------------------------------------------------------------------------------- reactions

    def _unveiled(self, run: Callable[[], None]) -> None:
        """Whatever shows something waits for the veil to be lifted, and for whoever else sits here to be done."""
        covered = any(one.covers_all for one in self._stage.findChildren(DialogSurface) if not one.isHidden())
        if not self._veil.veiled and not covered:
            run()

    def _equip(self, _name: str) -> None:
        """Before the page puts the keyboard somewhere, perhaps into what it has in the header."""
        screen: object = self._pages.current
        self._header.set_tools(screen.tools() if isinstance(screen, Equipped) else None)

    def _page_shown(self, name: str) -> None:
        alone = name in _ALONE
        self._rail.setVisible(not alone)
        self._header.setVisible(not alone)
        self._rail.show_page(_UNDER.get(name, name))
        self.retitle()
        self._fit()

    def _new(self) -> None:
        screen: object = self._pages.current
        if isinstance(screen, Growing):
            screen.new()

    def _pane(self, step: int) -> None:
        next_pane([self._rail, self._header, self._pages, self._strip], step)

    def _popup(self, names: tuple[str, ...]) -> None:
        row = self._rail.person if "lock" in names else self._rail
        menus.popup(self, names, self._actions, row.mapToGlobal(QPoint(8, 8)))

    def _toggle_veil(self) -> None:
        if self._veil.veiled:
            self.unveil()
        else:
            self.veil()

    def _toast_acted(self) -> None:
        if self._on_toast is not None:
            self._on_toast()

    def _apply(self, choices: object) -> None:
        if isinstance(choices, Choices):
            self._choices = choices
            self._idle.set_minutes(choices.idle_minutes)
            self._copies.set_seconds(choices.clear_copied_s)
            if self.window().testAttribute(Qt.WidgetAttribute.WA_WState_Created):
                self._hide_from_pictures()
            use_twelve_hours(choices.twelve_hours)
            use_plain_labels(choices.plain_labels)
            self._relabel()

    def _relabel(self) -> None:
        """Pages and commands by the names that are chosen now."""
        for page in PAGES:
            self._rail.rename(page, page_words(page))
        for name, command in commands().items():
            if name in self._actions:
                self._actions[name].setText(command.words)
            if name in self._buttons:
                self._buttons[name].setText(command.words)
        self._rail.leave_out(FOR_TWO if self.context.solo else frozenset())
        for name in FOR_TWO:
            self._actions[name].setVisible(not self.context.solo)
        self.retitle()

    def _hide_from_pictures(self) -> None:
        capture.leave_out(int(self.window().winId()), on=self._choices.out_of_pictures)

    def _build(self, build: Build) -> Screen:
        """A page, with the names as they are now."""
        return build(self.context)

    def _renamed(self, partner: str) -> None:
        """The other person has another name: pages are built anew, as their questions carry it.

        The old ones go once every answer they still wait for has come.
        """
        self.context = replace(self.context, partner=partner or None)
        self._relabel()
        stale = self._pages.forget_others()

        def drop(_nothing: object) -> None:
            for widget in stale:
                widget.deleteLater()

        self._opened.tasks.run(lambda _desk: None, drop)

    def _fit(self, _theme: object = None) -> None:
        theme = self._hub.theme
        room = breadth(self.width(), theme)
        self._rail.set_breadth(room)
        side = theme.space("page") if room is Breadth.WIDE else theme.space("l") + 4
        edges = (0, 0, 0, 0) if self._pages.name in _ALONE else (side, 2, side, 0)
        self._area.setContentsMargins(*edges)
