"""The three pages of the Help menu: keys, limits, safety. They open before unlock too, and record nothing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import paths
from app.domain.content import Content
from app.ui.actions import SEPARATOR, Command, commands, key_words, menu_words, menus
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.marks import KeyHint


def surface(page: str, ground: QWidget, content: Content) -> DialogSurface:
    """One of "help", "limits", "safety", "licences" as a dialog surface over `ground`; it closes itself."""
    makers = {"limits": _limits, "safety": _safety, "help": _keys, "licences": _licences}
    title, parts = makers[page](content)
    made = DialogSurface(ground, title, close_words=tr("Close"))
    for part in parts:
        made.body.addWidget(part)
    made.body.addStretch(1)
    done = Button(tr("Close"), "plain", hint=key_words("Esc"))
    done.clicked.connect(lambda _checked=False: made.close_surface())
    made.footer.addStretch(1)
    made.footer.addWidget(done)
    made.dismissed.connect(made.close_surface)
    made.confirmed.connect(made.close_surface)
    return made


def key_groups() -> list[tuple[str, list[QWidget]]]:
    """Every command that has a key, menu by menu, with the keys of the pages themselves at the end."""
    known = commands()
    groups: list[tuple[str, list[QWidget]]] = []
    for menu, names in menus():
        listed = [known[name] for name in names if name != SEPARATOR and known[name].keys]
        if listed:
            groups.append((menu_words(menu), [_key_row(command) for command in listed]))
    on_page = [
        _key_row(Command("", tr("Save or confirm"), ("Ctrl+Return",))),
        _key_row(Command("", tr("Close and keep a draft; in Calm, go back"), ("Esc",))),
        _key_row(Command("", tr("More or fewer questions, in Log a trigger"), ("Ctrl+D",))),
        _key_row(Command("", tr("A scale: 0 to 9 answer at once, 1 then 0 answers 10"), ("0",))),
        _key_row(Command("", tr("Take an answer back"), ("Backspace",))),
    ]
    return [*groups, (tr("On a page"), on_page)]


def _limits(content: Content) -> tuple[str, list[QWidget]]:
    limits = content.care.limits
    parts: list[QWidget] = [Label(limits.lead, "body", "ink2")]
    parts += [_point(item.label, item.line) for item in limits.items]
    parts.append(Label(limits.closing, "body", "ink2"))
    return limits.title, parts


def _safety(content: Content) -> tuple[str, list[QWidget]]:
    safety = content.care.safety
    parts: list[QWidget] = [
        Label(safety.lead, "body", "ink2"),
        _weighty(Label(safety.emergency, "body")),
        Label(safety.life, "body"),
    ]
    for section in safety.section:
        parts += [Rule(), _heading(section.title), Label(section.lead, "body", "ink2"), _bullets(section.items)]
        parts.append(Label(section.closing, "body", "ink2"))
    return safety.title, parts


def _keys(_content: Content) -> tuple[str, list[QWidget]]:
    lead = Label(tr("Everything can be reached from the keyboard. Tab goes on, F6 goes to the next part."), role="ink2")
    parts: list[QWidget] = [lead]
    for title, keys in key_groups():
        parts.append(_key_group(title, keys))
    return tr("Keys"), parts


def _licences(_content: Content) -> tuple[str, list[QWidget]]:
    folder = paths.resources()
    files = (
        (tr("Inter, the typeface of the window"), folder / "fonts" / "OFL-Inter.txt"),
        (tr("Gentium Book Plus, the typeface of what you write"), folder / "fonts" / "OFL-GentiumBookPlus.txt"),
        (tr("Phosphor, the icons"), folder / "icons" / "LICENSE-phosphor.txt"),
    )
    parts: list[QWidget] = []
    for words, file in files:
        parts += [_heading(words), Label(file.read_text(encoding="utf-8").strip(), "small", "ink2")]
    return tr("Licences"), parts


def _heading(words: str) -> Label:
    return Label(words, "heading", lines=1)


def _weighty(label: Label) -> Label:
    label.set_weight(600)
    return label


def _point(title: str, line: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(_weighty(Label(title, "body")))
    column.addWidget(Label(line, "body", "ink2"))
    return made


def _bullets(items: Iterable[str]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_hub().theme.space("xs"))
    for item in items:
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("s"))
        row.addWidget(Label("•", "body", "ink3", lines=1), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(item, "body"), 1)
        column.addLayout(row)
    return made


def _key_group(title: str, keys: list[QWidget]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, current_hub().theme.space("s"), 0, 0)
    column.setSpacing(current_hub().theme.px(6))
    for part in (_heading(title), *keys):
        column.addWidget(part)
    return made


def _key_row(command: Command) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(Label(command.words, "body", "ink2"), 1)
    for key in command.keys:
        row.addWidget(KeyHint(key_words(key)))
    return made
