"""Colours, fonts and library settings of every chart, taken from the same tokens as the window."""

from __future__ import annotations

import logging
import os
import tomllib
import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app import offline, paths

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BASE_DPI = 96.0
"""Logical pixels per inch at 100 % text: sizes in points then grow with the text scale by themselves."""

CAPTION_PX = 12.0
SMALL_PX = 11.0


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Every colour a chart may use, and the text scale. All colours are sRGB hex strings from the tokens file."""

    ground: str
    ink: str
    ink2: str
    ink3: str
    focus: str
    control: str
    lee: str
    lamp: str
    plum: str
    haze: str
    band: str
    grid: str
    axis: str
    text: str
    missing: str
    soft: str
    label_lamp: str
    label_plum: str
    label_lee: str
    heat: tuple[str, ...]
    scale: float = 1.0

    @property
    def dpi(self) -> float:
        """Dots per inch of a figure in this style, before the screen's own pixel ratio."""
        return BASE_DPI * self.scale

    @property
    def series(self) -> tuple[str, str, str, str]:
        """The four series colours in their fixed order; each goes with a marker and a dash of its own."""
        return (self.lee, self.lamp, self.plum, self.haze)

    @property
    def series_text(self) -> tuple[str, str, str, str]:
        """The readable text colours that go with `series`."""
        return (self.label_lee, self.label_lamp, self.label_plum, self.text)


@cache
def load_style(*, dark: bool = False, scale: float = 1.0, ground: str = "card") -> ChartStyle:
    """The style for one theme. `ground` names the token the chart lies on: "card" on screen, "paper" in print."""
    with (paths.resources() / "theme" / "tokens.toml").open("rb") as file:
        tokens = tomllib.load(file)
    name = "dark" if dark else "light"
    base, chart = tokens[name], tokens["chart"][name]
    own = {key: value for key, value in chart.items() if isinstance(value, str) and key != "band_line"}
    shared = {key: base[key] for key in ("ink", "ink2", "ink3", "focus", "control")}
    return ChartStyle(ground=base[ground], heat=tuple(chart["heat"]), scale=scale, **shared, **own)


@cache
def prepare() -> tuple[str, ...]:
    """Load matplotlib once, with our fonts, our cache folder and no configuration of anybody else's.

    Returns the font families in use, first choice first. Costs about half a second the first time on a computer.
    """
    folder = paths.cache_dir() / "matplotlib"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["MPLCONFIGDIR"] = str(folder)
    # loaded on first need, never at start
    with offline.without_sockets():
        import matplotlib.backend_bases  # the one module of it that asks for them
    import matplotlib as mpl
    from matplotlib.font_manager import fontManager

    for file in sorted((paths.resources() / "fonts").glob("Inter-*.otf")):
        fontManager.addfont(file)
    with (paths.resources() / "theme" / "tokens.toml").open("rb") as tokens:
        wanted = tomllib.load(tokens)["type"]["ui_fallback"]
    known = {entry.name for entry in fontManager.ttflist}
    families = tuple(name for name in wanted if name in known) or ("DejaVu Sans",)
    # a letter without a shape is drawn as a box; saying so on the console would only leak it
    warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    mpl.rcParams.update(mpl.rcParamsDefault)  # `rcdefaults` reads thirty style files to do the same
    mpl.rcParams.update(
        {
            "font.family": list(families),
            "font.size": CAPTION_PX * 0.75,
            "text.parse_math": False,  # a dollar sign in somebody's words is only a dollar sign
            "axes.unicode_minus": True,
            "svg.fonttype": "path",
            "pdf.fonttype": 42,
            "path.simplify": True,
            "lines.solid_capstyle": "round",
            "lines.solid_joinstyle": "round",
        }
    )
    return families


def new_figure(width_px: float, height_px: float, style: ChartStyle) -> Figure:
    """An empty figure of the given logical size, with no layout engine: margins are set by hand."""
    prepare()
    from matplotlib.figure import Figure

    return Figure(figsize=(width_px / BASE_DPI, height_px / BASE_DPI), dpi=style.dpi, facecolor=style.ground)
