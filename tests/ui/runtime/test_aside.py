"""Errands beside the window: delivered, refused, called off."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.domain.errors import Code, LeewardError, VaultError
from app.ui.runtime.aside import Aside, Errand


def test_a_result_arrives_on_the_gui_thread(qtbot: QtBot) -> None:
    aside, found = Aside(), []
    aside.start(lambda _: threading.get_ident(), lambda worker: found.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(found))

    worker, receiver = found[0]
    assert receiver == threading.get_ident() != worker


def test_a_refusal_arrives_as_its_code_and_a_fault_as_a_failed_write(qtbot: QtBot) -> None:
    aside, codes = Aside(), []

    def refuse(_errand: Errand) -> None:
        raise VaultError(Code.DISK_FULL)

    def fault(_errand: Errand) -> None:
        raise ZeroDivisionError

    def note(error: LeewardError) -> None:
        codes.append(error.code)

    aside.start(refuse, lambda _: None, note)
    qtbot.waitUntil(lambda: len(codes) == 1)
    aside.start(fault, lambda _: None, note)
    qtbot.waitUntil(lambda: len(codes) == 2)

    assert codes == [Code.DISK_FULL, Code.WRITE_FAILED]


def test_what_a_called_off_errand_brings_is_discarded_and_never_delivered(qtbot: QtBot) -> None:
    aside, delivered, discarded = Aside(), [], []
    go_on = threading.Event()

    def work(_errand: Errand) -> str:
        go_on.wait(5)
        return "too late"

    errand = aside.start(work, delivered.append, discard=discarded.append)
    errand.call_off()
    go_on.set()
    qtbot.waitUntil(lambda: bool(discarded))

    assert delivered == []
    assert discarded == ["too late"]


def test_work_can_see_that_it_was_called_off(qtbot: QtBot) -> None:
    aside, seen = Aside(), threading.Event()

    def work(errand: Errand) -> None:
        while not errand.is_called_off():
            pass
        seen.set()

    aside.start(work, lambda _: None)
    aside.close()

    assert seen.is_set()


def test_nothing_is_started_after_closing(qtbot: QtBot) -> None:
    aside, ran = Aside(), threading.Event()
    aside.close()

    errand = aside.start(lambda _errand: ran.set(), lambda _: None)
    qtbot.wait(30)

    assert errand.is_called_off()
    assert not ran.is_set()
