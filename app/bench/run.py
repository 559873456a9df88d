"""`leeward bench`: every figure of the performance table, measured in one run on this computer."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from app.bench import (
    backups,
    inbox,
    journal,
    keys,
    locking,
    outside,
    rituals,
    rotation,
    startup,
    storage,
    today,
    trends,
    two,
)
from app.bench.timing import median_ms
from app.services.desk import Desk

LIMITS: dict[str, float] = {
    "encrypted_vs_plain_save": 1.6,
    "encrypted_vs_plain_search": 1.5,
    "search_ms_p95": 20,
    "today_ms": 50,
    "today_full_ms": 50,
    "unlock_after_kdf_ms": 60,
    "unlock_two_after_kdf_ms": 60,
    "two_search_ms_p95": 40,
    "filtered_page_ms": 150,
    "search_filtered_ms_p95": 50,
    "timeline_frame_ms_p95": 16,
    "first_paint_vs_bare_qt": 2.5,
    "long_text_key_ms": 16,
    "verdicts_ms": 30,
    "trends_redraw_ms": 40,
    "trends_hover_ms": 5,
    "recurrence_ms": 20,
    "rituals_today_ms": 20,
    "growth": 1.5,
    "rss_mb": 230,
    "lock_cover_ms": 100,
    "relock_ms": 600,
}
"""What must hold; the rest is told for comparison."""
AT_LEAST: dict[str, float] = {"inbox_join_per_s": 500, "export_records_per_s": 3_000, "import_records_per_s": 1_500}
"""The same for rates, where more is better."""

_PDF_RUNS = 5


def run(options: argparse.Namespace) -> int:
    """Measure, print, and say with the exit status whether every limit holds."""
    figures = measure(options.records)
    if options.json:
        sys.stdout.write(json.dumps({key: round(value, 3) for key, value in figures.items()}, indent=2) + "\n")
    else:
        for key, value in figures.items():
            limit = LIMITS.get(key, AT_LEAST.get(key))
            judged = "" if limit is None else f"   limit {limit:g}   {'ok' if _holds(key, value) else 'MISSED'}"
            sys.stdout.write(f"{key:<28}{value:>10.2f}{judged}\n")
    return 0 if all(_holds(key, figures[key]) for key in (*LIMITS, *AT_LEAST)) else 1


def _holds(key: str, value: float) -> bool:
    return value <= LIMITS.get(key, value) and value >= AT_LEAST.get(key, value)


def measure(records: int) -> dict[str, float]:
    """All figures. Makes its own vaults in a temporary folder and removes them."""
    content = keys.shipped()
    with tempfile.TemporaryDirectory(prefix="leeward-bench-") as place:
        folder = Path(place)
        figures: dict[str, float] = {"records": records}
        large = keys.filled(folder / "large", content, records)
        small = keys.filled(folder / "small", content, min(storage.SMALL, records))
        figures |= storage.growth(small, large)
        small.close()
        figures["summary_pdf_ms"] = summary_pdf_ms(large)
        author = large.session.person.id
        twin = storage.plain_twin(folder / "plain.db", large.session.space, author, records)
        figures |= storage.against_plain(large.session.space, twin, author)
        twin.close()
        figures |= journal.filtered(large)
        figures |= backups.figures(large)
        figures |= outside.figures(large, folder / "outside", content)
        figures |= trends.figures(large)
        figures |= today.figures(large)
        figures |= rituals.figures(folder / "rituals", content)
        large.close()
        figures |= keys.opening_ms(folder / "large", content)
        figures |= two.figures(folder / "two", content, min(two.RECORDS, records))
        figures |= inbox.joining(folder / "inbox", content)
        figures |= rotation.figures(folder / "large", folder, content)
        figures |= startup.first_paint_ms(folder / "large")
        figures |= window_figures(folder / "large")
        figures |= journal.frames(folder / "large")
        figures |= journal.writing(folder / "large")
        figures |= locking.lock_ms(folder / "large", keys.PASSPHRASE)
    return figures


def summary_pdf_ms(desk: Desk) -> float:
    """One therapy summary of the last quarter as PDF."""
    choice = desk.summaries.choice(first=None, last=None, sections=None)
    return median_ms(lambda: desk.summaries.pdf(choice, None), _PDF_RUNS)


def window_figures(vault: Path) -> dict[str, float]:
    """Trends in a window of its own process: first drawing, redrawing, and what the process keeps in memory."""
    done = subprocess.run(  # noqa: S603  # our own interpreter with our own arguments
        [sys.executable, "-m", "app.ui.measuring", str(vault)],
        input=keys.PASSPHRASE + "\n",
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
