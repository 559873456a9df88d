"""The whole program in one process, command after command, then the tour; says what it loaded. Not a test.

Run as `python -m tests.journeys.whole_program FOLDER`; the answer is one line of JSON on the real standard output.
"""

from __future__ import annotations

import io
import json
import sys
from importlib.util import find_spec
from pathlib import Path

PASSPHRASE = "seven quiet ferries by the slate"
SCREENS = (
    *("unlock-typed", "first-run-passphrase", "today-filled", "journal-search", "journal-timeline", "injuries-step"),
    *("trigger-full", "trends-table", "summary", "settings-backup", "calm", "agreements-note", "rituals-day"),
)
"""What is walked through here: every part of the window that loads something of its own."""
ANSWERS = {
    "injury": {"title": "a thread", "story": "words", "weight": 7},
    "trigger": {"cue": "a tone", "peak": 6, "move": ["withdraw"], "body": ["chest"], "after": 3},
    "checkin": {"felt_for_date": "2026-05-01", "felt_safety": 5, "trust": 4},
    "note": {"title": "a note", "body": "words"},
}


def commands(folder: Path) -> list[tuple[list[str], str]]:
    """Every command with what is typed into it."""
    vault, opens = str(folder / "vault"), f"{PASSPHRASE}\n"
    at = ["--vault", vault, "--passphrase-stdin"]
    listed: list[tuple[list[str], str]] = [(["create", *at, "--person", "Noa", "--partner", "Jules"], opens)]
    listed += [(["add", kind, *at], opens + json.dumps(answers)) for kind, answers in ANSWERS.items()]
    listed += [([name, *at, "--json"], opens) for name in ("list", "trends", "verify")]
    listed += [(["search", *at, "words"], opens), (["rebuild", *at], opens)]
    listed += [(["summary", *at, "--out", str(folder / f"page.{kind}")], opens) for kind in ("pdf", "md")]
    listed += [(["kinds"], ""), (["practices", "--json"], ""), (["demo", "--vault", str(folder / "demo")], "")]
    if find_spec("app.ui.tour") is not None:
        listed.append((["tour", "--out", str(folder / "tour"), "--theme", "light", "--only", *SCREENS], ""))
    return listed


def chart(folder: Path) -> None:
    """A chart as a picture, and the canvas of the window: the two ways matplotlib is loaded."""
    from PySide6.QtWidgets import QApplication

    from app.charts.style import load_style, new_figure

    figure = new_figure(300, 200, load_style())
    figure.savefig(folder / "chart.svg")
    app = QApplication.instance() or QApplication(["leeward", "-platform", "offscreen"])
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    canvas = FigureCanvasQTAgg(new_figure(300, 200, load_style()))
    canvas.draw()
    canvas.deleteLater()
    del app


def main(folder: Path) -> None:
    """Run everything, then tell."""
    heard: list[str] = []
    sys.addaudithook(lambda event, _: heard.append(event) if event.startswith("socket.") else None)
    from app import offline
    from app.bootstrap import main as leeward

    with offline.without_sockets():  # as the program itself loads them
        from app.crypto.kdf import FLOOR
        from app.services import vaults

    vaults.POLICY = FLOOR  # what a key costs opens no socket

    answer, statuses = sys.stdout, {}
    sys.stdout = io.StringIO()
    for arguments, typed in commands(folder):
        sys.stdin = io.StringIO(typed)
        statuses[" ".join(arguments[:2])] = leeward(arguments)
    chart(folder)
    sys.stdout = answer
    devices = Path("/proc/net/dev")
    told = {
        "statuses": statuses,
        "modules": sorted(sys.modules),
        "heard": heard,
        "devices": devices.read_text(encoding="utf-8") if devices.exists() else "",
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
