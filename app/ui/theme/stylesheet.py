"""The one style sheet: a template with token names, filled in for a theme.

It covers what Qt draws itself (fields, menus, tooltips, scroll bars, lists). Everything with a shape of its own is
painted by its widget. Placeholders: `@name` a colour role, `@px(n)` a length that grows with the text,
`@size(name)` a size token, `@radius(name)` a corner, `@font(style)` weight, size and family.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, cast

from app import paths
from app.ui.theme.tokens import ROLES, RadiusName, Role, SizeName, Theme, TypeName

_PLACEHOLDER: Final = re.compile(r"@([a-z_0-9]+)(?:\(([a-z_0-9.]+)\))?")


@lru_cache(maxsize=1)
def _template() -> str:
    text = (paths.resources() / "theme" / "leeward.qss").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def _font(theme: Theme, style: TypeName) -> str:
    kind = theme.tokens.types[style]
    families = ", ".join(f'"{name}"' for name in kind.families)
    return f"font-family: {families}; font-size: {theme.px(kind.size_px)}px; font-weight: {kind.weight}"


def fill(template: str, theme: Theme) -> str:
    """Fill a template's placeholders from a theme. An unknown placeholder raises KeyError naming it."""

    def value(match: re.Match[str]) -> str:
        name, argument = match.group(1), match.group(2)
        if argument is None:
            if name not in ROLES:
                raise KeyError(match.group(0))
            return theme.hex(cast("Role", name))
        if name == "px":
            return f"{theme.px(float(argument))}px"
        if name == "size":
            return f"{theme.size(cast('SizeName', argument))}px"
        if name == "radius":
            return f"{round(theme.radius(cast('RadiusName', argument)))}px"
        if name == "font":
            return _font(theme, cast("TypeName", argument))
        raise KeyError(match.group(0))

    return _PLACEHOLDER.sub(value, template)


@lru_cache(maxsize=8)
def build(theme: Theme) -> str:
    """The style sheet of a theme."""
    return fill(_template(), theme)
