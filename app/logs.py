"""A log that cannot hold what somebody wrote: kinds of errors and places in the code, never a message or a value.

A traceback prints exception messages, and those quote values: a line of a journal, a name, a path with a name in it.
So nothing here ever formats an exception. What is kept is the type, the places it passed (`module:line`) and, for our
own errors, the code. The last few entries live in memory; they are written to standard error while the environment
variable LEEWARD_DEBUG is set, and nowhere else. Nothing is ever written to disk.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType, TracebackType
from typing import TextIO

from app.domain.errors import LeewardError

SWITCH = "LEEWARD_DEBUG"
_KEPT = 50
_PLACES = 12
_CHAIN = 8
_UNKNOWN = "?"

_recent: deque[Entry] = deque(maxlen=_KEPT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One failure. `kinds` goes from the error seen to its first cause; `places` from the outermost call inwards."""

    kinds: tuple[str, ...]
    places: tuple[str, ...]
    code: str | None = None

    def line(self) -> str:
        """The entry as it is shown: `VaultError[disk_full] < OSError at app.data.space:120 > app.data.revisions:44`."""
        first = f"{self.kinds[0]}[{self.code}]" if self.code else self.kinds[0]
        return f"{' < '.join((first, *self.kinds[1:]))} at {' > '.join(self.places) or _UNKNOWN}"


def record(error: BaseException) -> Entry:
    """Keep what may be kept of an error, and show it where somebody asked for that. Never raises."""
    entry = describe(error)
    _recent.append(entry)
    _show(entry.line())
    return entry


def describe(error: BaseException) -> Entry:
    """Reduce an error to types, places and our code. Reads no message, no argument and no local variable."""
    chain = list(_chain(error))
    code = next((link.code.value for link in chain if isinstance(link, LeewardError)), None)
    return Entry(
        kinds=tuple(_kind(type(link)) for link in chain),
        places=tuple(_places(error.__traceback__))[-_PLACES:],
        code=code,
    )


def recent() -> tuple[Entry, ...]:
    """The last entries of this run, oldest first, for a person who wants to report a fault."""
    return tuple(_recent)


def forget() -> None:
    """Drop every entry; part of locking."""
    _recent.clear()


def install() -> None:
    """Take over every place where Python or a library would print an exception, a warning or a log message.

    The usual last resort, a traceback on standard error, ends up in session logs of the desktop, which are files.
    """
    sys.excepthook = _on_exception
    threading.excepthook = _on_thread_exception
    sys.unraisablehook = _on_unraisable
    warnings.showwarning = _on_warning
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(_PlaceHandler())
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False


class _PlaceHandler(logging.Handler):
    """Turns what libraries log into level and place; their messages quote file names and values."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            _recent.append(describe(record.exc_info[1]))
        level = logging.getLevelName(record.levelno) if record.levelno in _LEVELS else _UNKNOWN
        _show(f"{level} at {_module(record.name)}:{record.lineno}")


_LEVELS = frozenset({logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL})


def _on_exception(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    record(error)


def _on_thread_exception(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None and not isinstance(failure.exc_value, SystemExit):
        record(failure.exc_value)


def _on_unraisable(failure: sys.UnraisableHookArgs) -> None:
    if failure.exc_value is not None:
        record(failure.exc_value)


def _on_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    del message, filename, file, line
    _show(f"{_kind(category)} at line {lineno}")


def _show(line: str) -> None:
    if not os.environ.get(SWITCH):
        return
    stream = sys.stderr
    if stream is None:  # a windowed program on Windows has none
        return
    try:
        stream.write(f"leeward: {line}\n")
        stream.flush()
    except (OSError, ValueError):
        return


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen and len(seen) < _CHAIN:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _places(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        yield f"{_module(traceback.tb_frame.f_globals.get('__name__'))}:{traceback.tb_lineno}"
        traceback = traceback.tb_next


def _module(name: object) -> str:
    """A module's name, if it is one that was imported: any other string could have been made from anything."""
    return name if type(name) is str and type(sys.modules.get(name)) is ModuleType else _UNKNOWN


def _kind(kind: type[BaseException]) -> str:
    """A class's name, if the class can be found under it: one made while running could be named after anything."""
    found: object = sys.modules.get(kind.__module__)
    for part in kind.__qualname__.split("."):
        found = getattr(found, part, None)
    return kind.__qualname__ if found is kind else next(_kind(base) for base in kind.__mro__[1:] if base is not kind)
