from __future__ import annotations

import tomllib
from dataclasses import FrozenInstanceError

import pytest

from app import paths
from app.charts.style import load_style, new_figure, prepare


def test_colours_are_those_of_the_tokens() -> None:
    tokens = tomllib.loads((paths.resources() / "theme" / "tokens.toml").read_text())
    for dark, name in ((False, "light"), (True, "dark")):
        style = load_style(dark=dark)
        assert style.lee == tokens["chart"][name]["lee"]
        assert style.heat == tuple(tokens["chart"][name]["heat"])
        assert style.ground == tokens[name]["card"]
    assert load_style(ground="paper").ground == tokens["light"]["paper"]
    with pytest.raises(FrozenInstanceError):
        style.lee = "x"  # type: ignore[misc]


def test_charts_are_set_in_the_shipped_face() -> None:
    from matplotlib.font_manager import FontProperties, findfont

    assert prepare()[0] == "Inter"
    assert (paths.resources() / "fonts").samefile(str(findfont(FontProperties())).rsplit("/", 1)[0])


def test_text_scale_makes_the_same_logical_figure_larger() -> None:
    from app.charts.frame import logical_size

    figure = new_figure(300, 120, load_style(scale=2.0))
    assert logical_size(figure) == (300.0, 120.0)
    assert figure.bbox.size.tolist() == [600.0, 240.0]


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_marks_and_words_stand_out_from_the_card(dark: bool) -> None:
    style = load_style(dark=dark)
    assert min(contrast(colour, style.ground) for colour in style.series) >= 3.0
    assert min(contrast(colour, style.ground) for colour in (*style.series_text, style.ink3)) >= 4.5
