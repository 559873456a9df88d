"""Raises where the program works, with private words in every local, message and argument. Not a test.

Ten ways to fail in each of six places: a job of the worker that owns the spaces, an errand beside it, a slot of the
window, a timer, a bare thread, and while something is thrown away. Says how many failures the log knows of, by place.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app import logs
from app.crypto.kdf import FLOOR
from app.domain.errors import Code, RecordError, VaultError
from app.services import vaults
from app.ui.runtime.aside import Aside
from app.ui.runtime.bus import Bus
from app.ui.runtime.tasks import WorkerTasks
from tests.fixtures import vault as vaults_made

MARK = "zwielichtmuster"
WORDS = f"what {MARK} said that night"


class Note(msgspec.Struct):
    """Something that refuses to be decoded, and quotes what it got."""

    at: int


def message(words: str) -> None:
    raise ValueError(words)


def detail(words: str) -> None:
    raise RecordError(Code.INVALID_RECORD, field=words, value=words)


def key(words: str) -> None:
    known: dict[str, str] = {}
    del known[words]


def cause(words: str) -> None:
    try:
        message(words)
    except ValueError as error:
        raise VaultError(Code.WRITE_FAILED) from error


def decoding(words: str) -> None:
    msgspec.json.decode(msgspec.json.encode({"at": words}), type=Note)


def missing_file(words: str) -> None:
    Path(f"/nowhere/{words}").read_text(encoding="utf-8")


def number(words: str) -> None:
    int(words)


def attribute(words: str) -> None:
    getattr(object(), words.replace(" ", "_"))


def note(words: str) -> None:
    error = TypeError(words)
    error.add_note(words)
    raise error


def own_kind(words: str) -> None:
    raise type(words, (RuntimeError,), {})(words)


WAYS: tuple[Callable[[str], None], ...] = (
    *(message, detail, key, cause, decoding),
    *(missing_file, number, attribute, note, own_kind),
)


def spoken(way: Callable[[str], None], _given: object) -> None:
    """Fail this way, with the words in a local."""
    words = WORDS
    way(words)


class Sender(QObject):
    """Calls a slot of the window."""

    sent = Signal(str)


class Thrown:
    """Fails while it is thrown away."""

    def __init__(self, way: Callable[[str], None], words: str) -> None:
        self._way, self._words = way, words

    def __del__(self) -> None:
        self._way(self._words)


def let_qt_work(until: Callable[[], bool]) -> None:
    """Until something is so."""
    end = time.monotonic() + 20
    while not until() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.002)


def in_worker(folder: Path) -> None:
    done: list[object] = []
    tasks = WorkerTasks(lambda: vaults_made.opened(folder), Bus())
    for way in WAYS:
        tasks.run(partial(spoken, way), done.append, done.append)
    let_qt_work(lambda: len(done) == len(WAYS))
    tasks.close()


def in_errand() -> None:
    aside, done = Aside(), list[object]()
    for way in WAYS:
        aside.start(partial(spoken, way), done.append, done.append)
    let_qt_work(lambda: len(done) == len(WAYS))
    aside.close()


def in_slot() -> None:
    for way in WAYS:
        sender = Sender()
        sender.sent.connect(way)
        sender.sent.emit(WORDS)


def in_timer() -> None:
    rang: list[bool] = []

    def ring(way: Callable[[str], None]) -> None:
        rang.append(True)
        way(WORDS)

    for way in WAYS:
        QTimer.singleShot(0, partial(ring, way))
    let_qt_work(lambda: len(rang) == len(WAYS))


def in_thread() -> None:
    threads = [threading.Thread(target=way, args=(WORDS,), name=WORDS) for way in WAYS]
    for thread in threads:
        thread.start()
        thread.join()


def in_wreck() -> None:
    for way in WAYS:
        thrown = Thrown(way, WORDS)
        del thrown
    gc.collect()


def main(folder: Path) -> None:
    """Every way in every place; then one more of each kind that libraries log."""
    os.environ[logs.SWITCH] = "1"
    logs.install()
    qt = QCoreApplication(["raising"])
    found: dict[str, int] = {}
    places: tuple[tuple[str, Callable[[], None]], ...] = (
        ("worker", partial(in_worker, folder)),
        ("errand", in_errand),
        ("slot", in_slot),
        ("timer", in_timer),
        ("thread", in_thread),
        ("wreck", in_wreck),
    )
    for place, run in places:
        logs.forget()
        run()
        found[place] = len(logs.recent())
    logging.getLogger(WORDS).error("%s", WORDS, exc_info=ValueError(WORDS))
    sys.stdout.write(json.dumps(found) + "\n")
    del qt


if __name__ == "__main__":
    vaults.POLICY = FLOOR  # opening must not raise the costs of a vault made for a test
    main(Path(sys.argv[1]))
