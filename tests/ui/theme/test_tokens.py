"""The tokens: complete, readable, and contrasting enough by the formula of WCAG 2."""

from __future__ import annotations

from typing import get_args

import pytest

from app import paths
from app.ui.theme.tokens import ROLES, RadiusName, Role, Scheme, SizeName, SpaceName, Theme, TypeName, decode, shipped

GROUNDS: tuple[Role, ...] = (
    "window", "rail", "card", "sunken", "field", "hover", "lee_tint", "lamp_tint", "plum_tint",
)  # fmt: skip
TEXTS: tuple[Role, ...] = ("ink", "ink2", "ink3", "lee", "lamp", "plum")


def luminance(hex_colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio, WCAG 2.2: 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula_agrees_with_its_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("role", TEXTS)
def test_text_is_readable_on_every_ground(scheme: Scheme, role: Role) -> None:
    theme = Theme(scheme)
    worst = min(contrast(theme.hex(role), theme.hex(ground)) for ground in GROUNDS)
    assert worst >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
def test_text_on_filled_grounds_is_readable(scheme: Scheme) -> None:
    theme = Theme(scheme)
    filled: tuple[Role, ...] = ("lee", "lee_hover", "lee_down")
    for ground in filled:
        assert contrast(theme.hex("on_lee"), theme.hex(ground)) >= 4.5
    assert contrast(theme.hex("on_second"), theme.hex("second_fill")) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
def test_outlines_and_marks_stand_out(scheme: Scheme) -> None:
    theme = Theme(scheme)
    operable: tuple[Role, ...] = ("window", "card", "sunken", "field")
    assert min(contrast(theme.hex("control"), theme.hex(ground)) for ground in operable) >= 3.0
    assert contrast(theme.hex("focus"), theme.hex("window")) >= 3.0
    assert contrast(theme.hex("lamp_mark"), theme.hex("card")) >= 3.0
    assert contrast(theme.hex("second_fill"), theme.hex("rail")) >= 3.0


def test_the_published_table_is_true() -> None:
    """The lowest ratios that the design states, light then dark, to the digit they are given in."""
    stated = {
        Scheme.LIGHT: {"ink": 10.9, "ink2": 5.9, "ink3": 4.8, "lee": 5.8, "lamp": 5.3, "plum": 5.8},
        Scheme.DARK: {"ink": 9.7, "ink2": 6.3, "ink3": 4.8, "lee": 6.2, "lamp": 6.2, "plum": 5.7},
    }
    for scheme, ratios in stated.items():
        theme = Theme(scheme)
        for role in TEXTS:
            worst = min(contrast(theme.hex(role), theme.hex(ground)) for ground in GROUNDS)
            assert worst == pytest.approx(ratios[role], abs=0.06), (scheme, role)


def test_every_name_the_code_may_use_is_in_the_file() -> None:
    tokens = shipped()
    assert all(set(palette) == ROLES for palette in tokens.colours.values())
    assert set(get_args(TypeName)) == set(tokens.types)
    assert set(get_args(SizeName)) <= set(tokens.sizes)
    assert set(get_args(SpaceName)) <= set(tokens.spaces)
    assert set(get_args(RadiusName)) <= set(tokens.radii)


@pytest.mark.parametrize("change", [('window      = "#ECEAE4"', ""), ("[light]\n", '[light]\nglow = "#FFFFFF"\n')])
def test_a_missing_or_unknown_role_is_refused_by_name(change: tuple[str, str]) -> None:
    text = (paths.resources() / "theme" / "tokens.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=r"window|glow"):
        decode(text.replace(*change))


def test_alpha_is_turned_to_where_qt_expects_it() -> None:
    assert Theme().color("scrim").alpha() == 0x66
    assert Theme().color("scrim").name() == Theme().color("ink").name()


def test_no_type_is_smaller_than_twelve_except_hints() -> None:
    sizes = {name: style.size_px for name, style in shipped().types.items()}
    assert sizes.pop("hint") == 11
    assert min(sizes.values()) == 12


def test_one_factor_scales_type_and_controls_but_not_the_focus_ring() -> None:
    small, large = Theme(), Theme(text_scale=2.0)
    assert large.font("body").pixelSize() == 2 * small.font("body").pixelSize()
    assert large.size("button") == 2 * small.size("button")
    assert large.line_height("reading") == 54
    assert large.size("focus_ring") == small.size("focus_ring") == 2
    assert large.space("page") < 2 * small.space("page")


@pytest.mark.parametrize("scale", [0.9, 2.1])
def test_a_text_scale_out_of_range_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="text_scale"):
        Theme(text_scale=scale)


def test_reduced_motion_takes_every_duration_away() -> None:
    assert (Theme().fade_ms(), Theme().drawer_ms()) == (120, 160)
    still = Theme(reduced_motion=True)
    assert (still.fade_ms(), still.drawer_ms()) == (0, 0)
