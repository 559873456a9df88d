from __future__ import annotations

import re

from app.charts import export
from app.charts.style import load_style
from tests.charts.builders import trail_plot


def test_svg_holds_shapes_and_no_words() -> None:
    drawn = export.svg(trail_plot(markers=((40, "secretword"),)), load_style(ground="paper"), 642, 190)
    assert b"<path" in drawn
    assert b"<text" not in drawn and b"<!--" not in drawn
    assert b"secretword" not in drawn
    assert not re.search(rb"<dc:(date|creator)", drawn)


def test_the_same_data_give_the_same_bytes() -> None:
    style = load_style(ground="paper")
    assert export.svg(trail_plot(), style, 642, 190) == export.svg(trail_plot(), style, 642, 190)


def test_png_has_the_asked_pixels() -> None:
    picture = export.png(trail_plot(), load_style(), 300, 120, pixel_ratio=2.0)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) == (600, 240)
