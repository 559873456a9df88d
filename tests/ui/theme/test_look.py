"""Fonts, icons, style sheet and the hub, on a real application."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app import paths
from app.ui.theme import fonts
from app.ui.theme.apply import palette
from app.ui.theme.hub import ThemeHub, current_hub
from app.ui.theme.icons import icon, pixmap
from app.ui.theme.stylesheet import build, fill
from app.ui.theme.tokens import Scheme, Theme, icon_file, shipped


@pytest.fixture
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    found = current_hub()
    found.choose("light")
    yield found
    found.choose("light")
    found.set_text_scale(1.0)
    found.set_reduced_motion(False)


def test_every_shipped_font_loads_and_is_used(hub: ThemeHub) -> None:
    assert fonts.load() == ()
    assert QFontInfo(hub.theme.font("body")).family() == "Inter"
    assert QFontInfo(hub.theme.font("reading")).family() == "Gentium Book Plus"
    assert QFontInfo(hub.theme.font("reading", italic=True)).italic()


def test_both_font_licences_travel_with_the_fonts() -> None:
    folder = paths.resources() / "fonts"
    for name in ("Inter", "GentiumBookPlus"):
        text = (folder / f"OFL-{name}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "OTHER DEALINGS IN THE FONT SOFTWARE" in text
    assert 'Reserved Font Names "Gentium" and "SIL"' in (folder / "OFL-GentiumBookPlus.txt").read_text(encoding="utf-8")


def test_tabular_figures_are_equally_wide(hub: ThemeHub) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(hub.theme.font("body", tabular=True))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1


def test_every_icon_role_has_its_file_and_draws_something(hub: ThemeHub) -> None:
    names = [*shipped().icons, "brand", *(path.stem for path in (paths.resources() / "icons").glob("*.svg"))]
    for name in names:
        assert icon_file(name).is_file(), name
        image = pixmap(name, "#ff0000", QSize(18, 18)).toImage()
        inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(18) for y in range(18))
        assert inked > 8, name


def test_an_icon_follows_the_theme(hub: ThemeHub) -> None:
    made = icon("today", "ink")
    for choice in ("light", "dark"):
        hub.choose(choice)
        image = made.pixmap(QSize(36, 36)).toImage()
        solid = [
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert solid
        assert set(solid) == {hub.theme.color("ink").name()}


def test_an_icon_is_sharp_at_twice_the_pixels(hub: ThemeHub) -> None:
    image = icon("today").pixmap(QSize(18, 18), 2.0)
    assert image.devicePixelRatio() == 2.0
    assert image.size() == QSize(36, 36)


def test_an_active_icon_takes_the_accent(hub: ThemeHub) -> None:
    image = icon("rituals").pixmap(QSize(36, 36), QIcon.Mode.Normal, QIcon.State.On).toImage()
    names = {
        image.pixelColor(x, y).name() for x in range(36) for y in range(36) if image.pixelColor(x, y).alpha() == 255
    }
    assert names == {hub.theme.color("lee").name()}


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_style_sheet_is_filled_completely(scheme: Scheme, scale: float) -> None:
    sheet = build(Theme(scheme, scale))
    assert "@" not in sheet
    assert sheet.count("{") == sheet.count("}")
    known = set(shipped().colours[scheme].values())
    assert set(re.findall(r"#[0-9A-Fa-f]{6,8}", sheet)) <= known


@pytest.mark.parametrize("wrong", ["color: @nothing;", "width: @wide(3);"])
def test_an_unknown_placeholder_is_named(wrong: str) -> None:
    with pytest.raises(KeyError, match="@"):
        fill(wrong, Theme())


def test_the_palette_says_accent_and_greys_out() -> None:
    theme = Theme(Scheme.DARK)
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Accent) == theme.color("lee")
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.color("disabled")


def test_a_new_theme_is_applied_before_it_is_announced(hub: ThemeHub, qapp: QApplication) -> None:
    seen: list[tuple[Theme, str]] = []
    hub.changed.connect(lambda theme: seen.append((theme, qapp.palette().color(QPalette.ColorRole.Window).name())))
    hub.choose("dark")
    assert seen == [(hub.theme, Theme(Scheme.DARK).color("window").name())]
    hub.choose("dark")
    assert len(seen) == 1


def test_text_scale_is_held_in_range_and_reaches_qt_widgets(hub: ThemeHub, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    before = field.sizeHint().height()
    hub.set_text_scale(7.0)
    assert hub.theme.text_scale == 2.0
    assert field.sizeHint().height() > 1.8 * before


def test_one_application_has_one_hub(hub: ThemeHub) -> None:
    assert current_hub() is hub
    assert not hub.theme.dark
