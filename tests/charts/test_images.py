"""Every chart in both themes beside its reference picture in `references/`.

What may differ is said in `images.py`. References are drawn anew, and then looked at before they are committed, with

    LEEWARD_RENEW_IMAGES=1 python -m pytest tests/charts/test_images.py
"""

from __future__ import annotations

import os
import pkgutil
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import app.charts
from app.charts import strength
from tests.charts.builders import CAPTION, LAST, MONTHS
from tests.charts.images import MOST_BYTES, TOLERANCE, compare, drawn_png, pixels, save_difference
from tests.charts.picture_table import PICTURES

REFERENCES = Path(__file__).parent / "references"
RENEW = "LEEWARD_RENEW_IMAGES"
THEMES = {"light": False, "dark": True}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_chart_looks_like_its_reference(name: str, theme: str, tmp_path: Path) -> None:
    make, width_px, height_px = PICTURES[name]
    found = drawn_png(make(), width_px, height_px, dark=THEMES[theme])
    file = REFERENCES / f"{name}-{theme}.png"
    if os.environ.get(RENEW):
        file.write_bytes(found)
    assert file.is_file(), f"no reference: draw it with {RENEW}=1, look at it, and commit it"
    wanted = file.read_bytes()
    assert pixels(found).shape == pixels(wanted).shape, (
        f"another size: {save_difference(tmp_path, name, found, wanted)}"
    )
    apart = compare(pixels(found), pixels(wanted))
    assert apart.is_same, (
        f"{name} ({theme}) differs in {apart.squares} squares, most at x {apart.left}, y {apart.top} px:"
        f" {apart.worst:.1f} of 255, allowed {TOLERANCE}. See {save_difference(tmp_path, name, found, wanted)}"
    )


def test_references_are_small_and_belong_to_a_chart() -> None:
    files = {file.name: file.stat().st_size for file in REFERENCES.glob("*")}
    assert set(files) == {f"{name}-{theme}.png" for name in PICTURES for theme in THEMES}
    assert {name: size for name, size in files.items() if size > MOST_BYTES} == {}


def test_every_chart_module_has_a_picture() -> None:
    modules = [import_module(f"app.charts.{found.name}") for found in pkgutil.iter_modules(app.charts.__path__)]
    charts = {module.__name__ for module in modules if hasattr(module, "plot") and hasattr(module, "build")}
    assert len(charts) >= 10
    assert charts - {make().build.__module__ for make, _, _ in PICTURES.values()} == set()


def line_of(lift: float = 0.0, dot: float = 0.0) -> bytes:
    """A plain line, lifted by a share of the height of the drawing; `dot` lifts its last day alone."""
    values = np.linspace(20.0, 60.0, 60) + 100 * lift
    values[-1] += 100 * dot
    data = strength.StrengthData(np.arange(LAST - 59, LAST + 1), values)
    labels = strength.StrengthLabels(MONTHS, "", "", ("Day", "Strength"))
    return drawn_png(strength.plot(data, labels, CAPTION), 420, 160, dark=False)


def test_the_same_chart_drawn_twice_is_the_same_to_the_pixel() -> None:
    assert compare(pixels(line_of()), pixels(line_of())).worst == 0.0


@pytest.mark.parametrize("pixel", [1, 2, 4])
def test_a_line_that_moved_is_another_picture(pixel: int) -> None:
    apart = compare(pixels(line_of(lift=pixel / 119)), pixels(line_of()))
    assert not apart.is_same
    assert apart.squares > 10


def test_a_single_day_that_moved_is_found_where_it_stands() -> None:
    apart = compare(pixels(line_of(dot=0.05)), pixels(line_of()))
    assert not apart.is_same
    assert apart.left > 420 / 2 and apart.squares <= 12


def test_smoothing_by_another_machine_is_no_difference() -> None:
    picture = pixels(line_of())
    apart = compare(np.clip(picture + np.where(np.indices(picture.shape).sum(axis=0) % 2, 6.0, -6.0), 0, 255), picture)
    assert apart.is_same
    assert replace(apart, worst=TOLERANCE + 0.1).is_same is False
