"""Colours of the charts as everybody sees them: strong enough on the card, and apart for three kinds of eyes.

Colour blindness is simulated with the matrices of Machado, Oliveira & Fernandes 2009 ("A physiologically-based model
for simulation of color vision deficiency", IEEE TVCG 15(6)) at severity 1.0, in linear RGB. Differences are CIEDE2000
(Sharma, Wu & Dalal 2005): about 2 is just visible side by side, 10 is seen at a glance.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import matplotlib.colors as names
import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from numpy.typing import NDArray

from app.charts.style import ChartStyle, load_style
from tests.charts.builders import drawn
from tests.charts.picture_table import PICTURES

Colour = NDArray[np.float64]

MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
PEOPLE_APART = 25.0
SERIES_APART = 10.0
STEPS_APART = 4.0
LEAST_MARK, LEAST_TEXT = 3.0, 4.5
both_themes = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
all_eyes = pytest.mark.parametrize("eyes", ["usual", *MACHADO])


def linear(colour: str) -> Colour:
    """Linear red, green, blue 0-1 of an sRGB colour (IEC 61966-2-1)."""
    parts = np.array(names.to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 … 21."""
    high, low = sorted((float(linear(each) @ (0.2126, 0.7152, 0.0722)) for each in (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, eyes: str) -> Colour:
    """CIELAB (D65) of a colour as these eyes see it."""
    light = linear(colour)
    if eyes in MACHADO:
        light = np.clip(np.array(MACHADO[eyes]) @ light, 0, 1)
    to_xyz = np.array(
        ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    )
    x, y, z = (to_xyz @ light) / np.array((0.95047, 1.0, 1.08883))
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return np.array((116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)))


def ciede2000(one: Colour, other: Colour) -> float:
    """The colour difference of Sharma, Wu & Dalal 2005, with all weights 1."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1 + 0.5 * (1 - np.sqrt(mean_c7 / (mean_c7 + 25.0**7)))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = ((h2 - h1 + 180) % 360 - 180) if c1 * c2 else 0.0
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if not c1 * c2 else (h1 + turn / 2) % 360
    t = 1 - 0.17 * _cos(mean_h - 30) + 0.24 * _cos(2 * mean_h) + 0.32 * _cos(3 * mean_h + 6)
    t -= 0.20 * _cos(4 * mean_h - 63)
    dl = (l2 - l1) / (1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * mean_c)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean_c * t)
    around = 30 * np.exp(-(((mean_h - 275) / 25) ** 2))
    twist = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * np.sin(np.radians(2 * around))
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + twist * dc * dh))


def _cos(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_gives_the_published_differences(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(apart, abs=1e-4)
    assert ciede2000(np.array(other), np.array(one)) == pytest.approx(apart, abs=1e-4)


def test_red_and_green_of_one_lightness_fall_together_for_two_kinds_of_eyes() -> None:
    red, green = "#C0504D", "#6E8B3D"
    usual = ciede2000(seen(red, "usual"), seen(green, "usual"))
    assert usual > 40
    assert ciede2000(seen(red, "deutan"), seen(green, "deutan")) < usual / 2
    assert ciede2000(seen(red, "tritan"), seen(green, "tritan")) > usual / 2


@both_themes
@all_eyes
def test_two_people_stay_apart(dark: bool, eyes: str) -> None:
    style = load_style(dark=dark)
    assert ciede2000(seen(style.lee, eyes), seen(style.lamp, eyes)) >= PEOPLE_APART


@both_themes
@all_eyes
def test_four_series_stay_apart_though_each_has_a_shape_of_its_own(dark: bool, eyes: str) -> None:
    series = [seen(colour, eyes) for colour in load_style(dark=dark).series]
    assert min(ciede2000(one, other) for one, other in combinations(series, 2)) >= SERIES_APART


@both_themes
@all_eyes
def test_the_steps_of_the_year_stay_apart_and_in_order(dark: bool, eyes: str) -> None:
    steps = [seen(colour, eyes) for colour in load_style(dark=dark).heat]
    assert min(ciede2000(one, other) for one, other in combinations(steps, 2)) >= STEPS_APART
    lightness = [float(step[0]) for step in steps]
    rising = [(b - a) * (1 if dark else -1) for a, b in pairwise(lightness)]
    assert min(rising) >= 4.0  # points of L*: the order is read from lightness alone


# ------------------------------------------------------------------------------------------------ what is really drawn


def _quiet(style: ChartStyle) -> set[str]:
    """Colours of ground, grid and context, which carry nothing that a mark, a place or a word does not carry too."""
    quiet = (style.ground, style.grid, style.band, style.missing, style.soft, style.axis, *style.heat)
    return {names.to_hex(colour) for colour in quiet}


def _drawn_with(artist: Artist) -> list[Any]:
    """The colours of a line, its marks, an outline or an area."""
    if isinstance(artist, Line2D):
        colours = [artist.get_color()] if artist.get_linestyle() != "None" else []
        if artist.get_marker() not in ("None", None, "", " "):
            colours += [artist.get_markeredgecolor() if artist.get_markeredgewidth() else artist.get_markerfacecolor()]
        return colours
    if isinstance(artist, Collection | Patch):
        return [*np.atleast_2d(artist.get_edgecolor()), *np.atleast_2d(artist.get_facecolor())]
    return []


def _marks(figure: Figure) -> set[str]:
    """Every colour anything but words is drawn with, however faint."""
    artists = [artist for axes in figure.axes for artist in (*axes.lines, *axes.collections, *axes.patches)]
    artists += [artist for artist in figure.get_children() if artist is not figure.patch]
    colours = [colour for artist in artists for colour in _drawn_with(artist)]
    return {names.to_hex(colour) for colour in colours if len(colour) and names.to_rgba(colour)[3] > 0}


@both_themes
@pytest.mark.parametrize("name", PICTURES)
def test_every_mark_and_word_of_a_chart_stands_out(name: str, dark: bool) -> None:
    make, width_px, height_px = PICTURES[name]
    style = load_style(dark=dark)
    figure, _ = drawn(make(), width_px, height_px, style)
    levels = {colour: round(contrast(colour, style.ground), 2) for colour in _marks(figure) - _quiet(style)}
    assert {colour: level for colour, level in levels.items() if level < LEAST_MARK} == {}
    words = {names.to_hex(text.get_color()) for text in figure.findobj(Text) if text.get_text()}
    assert {colour for colour in words if contrast(colour, style.ground) < LEAST_TEXT} == set()


@both_themes
def test_the_two_strongest_steps_of_the_year_and_every_outline_can_be_found(dark: bool) -> None:
    style = load_style(dark=dark)
    assert [contrast(colour, style.ground) >= LEAST_MARK for colour in style.heat][-2:] == [True, True]
    assert min(contrast(colour, style.ground) for colour in (style.axis, style.ink3)) >= LEAST_MARK
