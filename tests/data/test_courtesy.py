"""A save goes first: long work stands aside for it, not for ever, and never for one of its own thread."""

from __future__ import annotations

import threading
import time

from app.data.courtesy import PATIENCE_S, giving_way, going_first


def test_a_question_waits_for_a_save_of_another_thread_and_goes_on_after_it() -> None:
    begun, over = threading.Event(), threading.Event()

    def save() -> None:
        with going_first():
            begun.set()
            over.wait(5)

    saving = threading.Thread(target=save)
    saving.start()
    begun.wait(5)
    asked_s = time.perf_counter()
    assert giving_way(lambda: True)()
    assert time.perf_counter() - asked_s >= PATIENCE_S * 0.9, "it stood aside, and not for ever"
    over.set()
    saving.join()
    asked_s = time.perf_counter()
    assert not giving_way(lambda: False)()
    assert time.perf_counter() - asked_s < PATIENCE_S


def test_nested_saves_are_over_with_the_outer_one_and_nobody_waits_for_oneself() -> None:
    asked: list[float] = []

    def ask() -> None:
        start_s = time.perf_counter()
        giving_way(lambda: False)()
        asked.append(time.perf_counter() - start_s)

    with going_first():
        with going_first():
            pass
        ask()
        other = threading.Thread(target=ask)
        other.start()
        other.join()
    ask()
    assert asked[0] < PATIENCE_S <= asked[1] * 1.1
    assert asked[2] < PATIENCE_S
