"""No private word reaches the log, whatever way an error takes."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import logs
from app.domain.errors import Code, RecordError, VaultError

SECRET = "Noa said the sea was too loud that night"


@pytest.fixture(autouse=True)
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process's own hooks come back after each test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    saved = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning, logging.raiseExceptions
    monkeypatch.setenv(logs.SWITCH, "1")
    logs.forget()
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning, logging.raiseExceptions = saved
    root.handlers[:], root.level = handlers, level
    logs.forget()


def _everything(captured: pytest.CaptureFixture[str]) -> str:
    shown = captured.readouterr()
    return shown.out + shown.err + "".join(f"{entry!r}{entry.line()}" for entry in logs.recent())


def _message() -> None:
    raise ValueError(SECRET)


def _our_detail() -> None:
    raise RecordError(Code.INVALID_RECORD, field="meaning", value=SECRET)


def _local() -> None:
    line = SECRET
    raise KeyError(line[:0])


def _cause() -> None:
    try:
        _message()
    except ValueError as error:
        raise VaultError(Code.WRITE_FAILED) from error


def _context() -> None:
    try:
        _message()
    except ValueError:
        {}[SECRET]


def _group() -> None:
    raise ExceptionGroup(SECRET, [ValueError(SECRET), OSError(2, SECRET, SECRET)])


def _note() -> None:
    error = RuntimeError("calm")
    error.add_note(SECRET)
    raise error


def _named_class() -> None:
    raise type(SECRET, (ValueError,), {})(SECRET)


def _named_module() -> None:
    space = {"__name__": SECRET}
    exec(compile("def f():\n    raise ValueError(text)\n", SECRET, "exec"), space | {"text": SECRET})
    exec(compile("raise ValueError(__name__)", SECRET, "exec"), space)


def _decoding() -> None:
    msgspec.json.decode(f'{{"meaning": "{SECRET}"'.encode())


def _missing_file() -> None:
    open(f"/nowhere/{SECRET}")  # noqa: PTH123, SIM115 - the plainest way to an OSError with a path in it


@pytest.mark.parametrize(
    "fails",
    [
        _message,
        _our_detail,
        _local,
        _cause,
        _context,
        _group,
        _note,
        _named_class,
        _named_module,
        _decoding,
        _missing_file,
    ],
)
def test_private_text_stays_out(fails: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    logs.install()
    try:
        fails()
    except Exception as error:  # noqa: BLE001 - every kind must stay quiet
        sys.excepthook(type(error), error, error.__traceback__)

    everything = _everything(capsys)
    assert len(logs.recent()) == 1
    assert "leeward: " in everything
    for word in ("Noa", "sea", "loud", "meaning", "nowhere"):
        assert word not in everything


def test_an_entry_tells_type_code_cause_and_place() -> None:
    try:
        _cause()
    except VaultError as error:
        entry = logs.record(error)

    assert entry.kinds == ("VaultError", "ValueError")
    assert entry.code == "write_failed"
    assert all(place.rpartition(":")[2].isdigit() for place in entry.places)
    assert len(entry.places) == 2
    assert entry.line().startswith("VaultError[write_failed] < ValueError at ")


def test_a_place_is_named_by_its_module() -> None:
    try:
        msgspec.json.schema(object)
    except TypeError as error:
        entry = logs.describe(error)

    assert any(place.startswith("msgspec._json_schema:") for place in entry.places)


def test_a_class_made_while_running_is_called_by_its_known_base() -> None:
    assert logs.describe(type(SECRET, (VaultError,), {})(Code.DISK_FULL)).kinds == ("VaultError",)


@given(st.text(min_size=4))
def test_no_message_ever_changes_an_entry(text: str) -> None:
    assert logs.describe(OSError(text)) == logs.describe(OSError("other"))


def test_threads_and_finalizers_are_heard(capsys: pytest.CaptureFixture[str]) -> None:
    class Holds:
        def __del__(self) -> None:
            raise ValueError(SECRET)

    logs.install()
    thread = threading.Thread(target=_message, name=SECRET)
    thread.start()
    thread.join()
    Holds()
    gc.collect()

    assert [entry.kinds for entry in logs.recent()] == [("ValueError",), ("ValueError",)]
    assert "Noa" not in _everything(capsys)


def test_what_libraries_log_and_warn_is_reduced(capsys: pytest.CaptureFixture[str]) -> None:
    logs.install()
    logging.getLogger("msgspec").warning("cannot read %s", SECRET)
    logging.getLogger(SECRET).error(SECRET, exc_info=ValueError(SECRET))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._on_warning
        warnings.warn(SECRET, stacklevel=1)

    shown = _everything(capsys)
    assert "WARNING at msgspec:" in shown
    assert "ERROR at ?:" in shown
    assert "UserWarning at line" in shown
    assert "Noa" not in shown


def test_nothing_is_shown_unless_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(logs.SWITCH)
    logs.install()
    logs.record(ValueError(SECRET))
    logging.getLogger("msgspec").error("x")

    assert capsys.readouterr() == ("", "")
    assert len(logs.recent()) == 1


def test_only_the_last_entries_are_kept_and_locking_drops_them() -> None:
    for _ in range(200):
        logs.record(ValueError())

    assert len(logs.recent()) == 50
    logs.forget()
    assert logs.recent() == ()


def test_a_missing_or_closed_error_stream_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    logs.record(ValueError())
    closed = open("/dev/null" if sys.platform != "win32" else "nul", "w")  # noqa: PTH123, SIM115 - closed on purpose
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)

    assert logs.record(ValueError()).kinds == ("ValueError",)
