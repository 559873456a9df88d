"""Puts a theme on the application: Fusion, then the palette, the body font and the one style sheet."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app.ui.theme.stylesheet import build
from app.ui.theme.tokens import Role, Theme

_Color = QPalette.ColorRole
_PALETTE: Final[dict[QPalette.ColorRole, Role]] = {
    _Color.Window: "window",
    _Color.WindowText: "ink",
    _Color.Base: "field",
    _Color.AlternateBase: "sunken",
    _Color.Text: "ink",
    _Color.PlaceholderText: "ink3",
    _Color.Button: "card",
    _Color.ButtonText: "ink",
    _Color.BrightText: "on_lee",
    _Color.ToolTipBase: "field",
    _Color.ToolTipText: "ink",
    _Color.Highlight: "lee",
    _Color.HighlightedText: "on_lee",
    _Color.Accent: "lee",
    _Color.Link: "lee",
    _Color.LinkVisited: "plum",
    _Color.Light: "card",
    _Color.Midlight: "line_soft",
    _Color.Mid: "line",
    _Color.Dark: "control",
    _Color.Shadow: "line",
}
_DISABLED: Final = (_Color.WindowText, _Color.Text, _Color.ButtonText)


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for everything that no style rule and no painted widget covers."""
    made = QPalette()
    for role, name in _PALETTE.items():
        made.setColor(role, theme.color(name))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("disabled"))
    return made


def prepare(app: QApplication) -> None:
    """Choose the style that palette and style sheet are made for. Once, before Qt has made another one."""
    app.setStyle("Fusion")


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Make `app` look like `theme`, now and for every widget made later."""
    app.setPalette(palette(theme))
    app.setFont(theme.font("body"))
    app.setStyleSheet(build(theme))
