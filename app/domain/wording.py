"""Choosing and filling words: one person or two, names in their gaps, one or many.

Content is written in whole sentences; nothing here joins halves of them, so that every language keeps its own order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

import msgspec

_GAP = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Labelled(Protocol):
    """Anything with a label that may be worded differently for someone alone: fields, options, columns, sections."""

    @property
    def label(self) -> str:
        """The words in a journal for two."""

    @property
    def solo_label(self) -> str | None:
        """The words in a journal of one, where they differ."""


class Helped(Protocol):
    """A question with an explaining line."""

    @property
    def help(self) -> str:
        """The line in a journal for two; may be empty."""

    @property
    def solo_help(self) -> str | None:
        """The line in a journal of one, where it differs."""


class Addressed(Protocol):
    """Something that may be meant for two people only."""

    @property
    def only(self) -> str | None:
        """`two` where it has no place in a journal of one."""


class Plural(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that depends on a number."""

    one: str
    other: str


Sentence = str | Plural


def label_for(entry: Labelled, *, solo: bool) -> str:
    """The label as this journal says it."""
    return entry.solo_label if solo and entry.solo_label is not None else entry.label


def help_for(entry: Helped, *, solo: bool) -> str:
    """The explaining line as this journal says it; may be empty."""
    return entry.solo_help if solo and entry.solo_help is not None else entry.help


def is_offered(entry: Addressed, *, solo: bool) -> bool:
    """Whether a field, column or option has a place in this journal."""
    return not (solo and entry.only == "two")


def gaps(text: str) -> frozenset[str]:
    """The names a text waits for."""
    return frozenset(_GAP.findall(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values into their gaps. Values are taken as they are: braces inside them stay braces.

    Raises:
        KeyError: a gap has no value. A half-filled sentence must not reach a screen.
    """
    return _GAP.sub(lambda gap: str(values[gap.group(1)]), text)


def with_partner(text: str, partner: str) -> str:
    """Fill `{partner}` alone and leave every other gap for later."""
    return text.replace("{partner}", partner)


def choose(sentence: Sentence, number: object, language: str = "en") -> str:
    """The form of a sentence that fits a number; without a number the plural.

    English and German say "one" for 1 only, French also for 0 (Unicode CLDR, cardinal plural rules).
    """
    if isinstance(sentence, str):
        return sentence
    singular = (0, 1) if language.startswith("fr") else (1,)
    fits = isinstance(number, int) and not isinstance(number, bool) and number in singular
    return sentence.one if fits else sentence.other
