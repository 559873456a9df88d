"""Reading one file of the content pack: TOML, a language laid over it, and a typed value out of both."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from app.domain.errors import Code, LeewardError

T = TypeVar("T")
Table = dict[str, object]

_STORED = {"id", "type", "measure", "wording", "sharing", "options_from", "rows_from", "total", "version"}
_PLACED = {"section", "speed", "opens", "kinds", "article", "row"}
STRUCTURE = frozenset(_STORED | _PLACED)
"""Keys that decide what is stored and where it stands: the same in every language."""


def broken(file: str, where: str) -> LeewardError:
    """The refusal of a content pack; `where` names the entry, never anything a person wrote."""
    return LeewardError(Code.CONTENT_BROKEN, file=file, where=where)


def unique(ids: Iterable[str], file: str, where: str) -> None:
    """Refuse an id that stands twice."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise broken(file, f"{where}: {name} stands twice")
        seen.add(name)


class PackReader:
    """Reads the files of one pack in one language.

    A language other than English is a folder with files of the same names and the same ids, which may hold any part of
    the texts; what it leaves out stays English.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._over = None if language == "en" else folder / language

    def read(self, file: str, shape: type[T]) -> T:
        """One file as a value of the given shape.

        Raises:
            LeewardError: CONTENT_BROKEN with `file` and `where`: unreadable, not TOML, unknown key, wrong type.
        """
        table = self._parse(self._folder / file, file)
        if self._over is not None and (self._over / file).is_file():
            table = _laid_over(table, self._parse(self._over / file, file), file, "")
        try:
            return msgspec.convert(table, shape)
        except msgspec.ValidationError as error:
            raise broken(file, str(error)) from None

    @staticmethod
    def _parse(path: Path, file: str) -> Table:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise broken(file, type(error).__name__) from error


def _laid_over(base: Table, over: Table, file: str, where: str) -> Table:
    merged = dict(base)
    for key, value in over.items():
        place = f"{where}.{key}".lstrip(".")
        if key not in base and not key.startswith("solo_"):
            raise broken(file, f"{place}: not in the English text")
        merged[key] = _translated(base.get(key, value), value, file, place)
        if key in STRUCTURE and merged[key] != base.get(key):
            raise broken(file, f"{place}: differs from the English text")
    return merged


def _translated(base: object, over: object, file: str, place: str) -> object:
    if isinstance(base, dict) and isinstance(over, dict):
        return _laid_over(base, over, file, place)
    if _has_ids(base) and _has_ids(over):
        return _by_id(base, over, file, place)
    if type(base) is not type(over):
        raise broken(file, f"{place}: another type than in English")
    return over


def _has_ids(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) and "id" in part for part in value)


def _by_id(base: object, over: object, file: str, place: str) -> list[object]:
    assert isinstance(base, list)  # noqa: S101  # _has_ids looked
    assert isinstance(over, list)  # noqa: S101  # _has_ids looked
    texts = {part["id"]: part for part in over}
    unknown = texts.keys() - {part["id"] for part in base}
    if unknown:
        raise broken(file, f"{place}: {min(map(str, unknown))} is not in the English text")
    return [
        _laid_over(part, texts[part["id"]], file, f"{place}.{part['id']}") if part["id"] in texts else part
        for part in base
    ]
