"""The visual tokens as typed values: the one place where a colour or a size of the design enters the program.

`resources/theme/tokens.toml` holds the numbers; nothing here invents one. Sizes are pixels at 96 dpi and 100 % text
and come out multiplied by the reader's text scale, so that every widget grows from the same factor.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

from PySide6.QtGui import QColor, QFont

from app import paths

Role = Literal[
    "window", "rail", "card", "sunken", "field", "line", "line_soft", "control", "ink", "ink2", "ink3", "disabled",
    "lee", "lee_hover", "lee_down", "lee_tint", "lee_tint2", "on_lee", "lamp", "lamp_mark", "lamp_tint", "plum",
    "plum_tint", "focus", "scrim", "hover", "paper", "second_fill", "on_second",
    "scene_1", "scene_2", "scene_3", "scene_4", "scene_5", "calm_outer", "calm_inner",
]  # fmt: skip
TypeName = Literal[
    "title", "heading", "body", "label", "small", "caption", "chart", "hint", "read_title", "agreement", "reading",
    "line",
]  # fmt: skip
SizeName = Literal[
    "menubar", "header", "rail", "rail_collapsed", "row", "button", "button_small", "field", "chip", "choice",
    "scale_cell_w", "scale_cell_h", "scale_cell_min_w", "strip_cell_w", "strip_cell_h", "dot", "dot_gap",
    "strength_bar_w", "strength_bar_h", "person_mark", "person_mark_small", "person_mark_large", "icon", "icon_small",
    "tick", "step_node", "toast", "dialog_max_w", "focus_ring", "focus_gap", "min_target", "reading_measure",
]  # fmt: skip
SpaceName = Literal["xs", "s", "m", "l", "xl", "page", "card_gap", "card_pad_x", "card_pad_y"]
RadiusName = Literal["card", "control", "chip", "dialog", "bar", "banner"]

ROLES: Final = frozenset(get_args(Role))
SERIF: Final = frozenset({"read_title", "agreement", "reading", "line"})
MIN_SCALE: Final = 1.0
MAX_SCALE: Final = 2.0


class Scheme(StrEnum):
    """Which of the two palettes is shown."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One type style at 100 %: size and line height in px, weight as in CSS, and which of the two voices it has."""

    size_px: int
    line_px: int
    weight: int
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The decoded token file: both palettes, and every size at 100 % text."""

    colours: dict[Scheme, dict[str, str]]
    types: dict[str, TypeStyle]
    sizes: dict[str, int]
    spaces: dict[str, int]
    radii: dict[str, int]
    breakpoints: dict[str, int]
    strength: tuple[tuple[str, int], ...]
    motion_ms: dict[str, int]
    icons: dict[str, str]


def _qt_colour(value: str) -> str:
    """Qt writes alpha first where the token file, like CSS, writes it last."""
    return f"#{value[7:9]}{value[1:7]}" if len(value) == 9 else value


def decode(text: str) -> Tokens:
    """Decode a token file. A role that is missing or unknown in either palette raises ValueError naming it."""
    raw = tomllib.loads(text)
    colours: dict[Scheme, dict[str, str]] = {}
    for scheme in Scheme:
        palette = {name: _qt_colour(value) for name, value in raw[scheme.value].items()}
        if odd := ROLES.symmetric_difference(palette):
            raise ValueError(f"{scheme.value}: {sorted(odd)}")
        colours[scheme] = palette
    kinds = raw["type"]
    types = {
        name: TypeStyle(
            value[0], value[1], value[2], tuple(kinds["reading_fallback" if name in SERIF else "ui_fallback"])
        )
        for name, value in kinds.items()
        if name in get_args(TypeName)
    }
    return Tokens(
        colours=colours,
        types=types,
        sizes=raw["size"],
        spaces=raw["space"],
        radii=raw["radius"],
        breakpoints=raw["breakpoints"],
        strength=tuple(sorted(raw["strength"].items(), key=lambda item: int(item[1]))),
        motion_ms={name: value for name, value in raw["motion"].items() if name.endswith("_ms")},
        icons={name: value.removeprefix("ph.") for name, value in raw["icons"].items()},
    )


@lru_cache(maxsize=1)
def shipped() -> Tokens:
    """The tokens that come with the program, read once."""
    return decode((paths.resources() / "theme" / "tokens.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Theme:
    """What a widget needs to draw itself: one palette at one text scale. Equal themes draw equal pixels."""

    scheme: Scheme = Scheme.LIGHT
    text_scale: float = 1.0
    reduced_motion: bool = False
    tokens: Tokens = field(default_factory=shipped, repr=False, compare=False)
    _fonts: dict[tuple[str, int, bool, bool], QFont] = field(default_factory=dict, repr=False, compare=False)
    _colours: dict[str, QColor] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not MIN_SCALE <= self.text_scale <= MAX_SCALE:
            raise ValueError(f"text_scale {self.text_scale}")

    @property
    def dark(self) -> bool:
        """Whether the ground is darker than the text."""
        return self.scheme is Scheme.DARK

    def hex(self, role: Role) -> str:
        """The colour of a role in Qt's notation, alpha first where it has one."""
        return self.tokens.colours[self.scheme][role]

    def color(self, role: Role) -> QColor:
        """The colour of a role. The value is shared: copy it before changing it."""
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self.hex(role))
        return found

    def px(self, length_px: float) -> int:
        """A length at 100 % in this theme's text scale, rounded to whole pixels; never 0 for something positive."""
        scaled = round(length_px * self.text_scale)
        return scaled if scaled or length_px <= 0 else 1

    def size(self, name: SizeName) -> int:
        """A size token in px, scaled. The focus ring and its gap stay as they are: they are lines, not boxes."""
        value = self.tokens.sizes[name]
        return value if name in {"focus_ring", "focus_gap"} else self.px(value)

    def space(self, name: SpaceName) -> int:
        """A distance in px. Spacing grows half as fast as text, so that 200 % still leaves room for words."""
        return round(self.tokens.spaces[name] * (1 + (self.text_scale - 1) / 2))

    def radius(self, name: RadiusName) -> float:
        """A corner radius in px. Chips stay half-round at every scale; other corners keep their size."""
        value = float(self.tokens.radii[name])
        return value * self.text_scale if name == "chip" else value

    def line_height(self, style: TypeName) -> int:
        """The distance between two baselines of a type style in px, scaled."""
        return self.px(self.tokens.types[style].line_px)

    def font(self, style: TypeName, *, weight: int | None = None, tabular: bool = False, italic: bool = False) -> QFont:
        """The font of a type style, in pixels. `tabular` gives figures of equal width, for grids and timers."""
        kind = self.tokens.types[style]
        key = (style, weight or kind.weight, tabular, italic)
        found = self._fonts.get(key)
        if found is None:
            found = QFont(list(kind.families))
            found.setPixelSize(self.px(kind.size_px))
            found.setWeight(QFont.Weight(key[1]))
            found.setItalic(italic)
            found.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            if tabular:
                found.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = found
        return found

    def fade_ms(self) -> int:
        """How long a dialog or toast takes to appear, in milliseconds; 0 with reduced motion."""
        return 0 if self.reduced_motion else self.tokens.motion_ms["fade_ms"]

    def drawer_ms(self) -> int:
        """How long a drawer takes to slide, in milliseconds; 0 with reduced motion."""
        return 0 if self.reduced_motion else self.tokens.motion_ms["drawer_ms"]


def icon_file(name: str) -> Path:
    """The SVG of an icon: a Phosphor name ("eye-slash"), a role of the token file ("private"), or "brand"."""
    tokens = shipped()
    return paths.resources() / "icons" / f"{tokens.icons.get(name, name)}.svg"
