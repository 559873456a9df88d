"""How hard a passphrase is to guess, and words to make one from. Nothing here keeps or writes what it is given."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

SUGGESTED_WORDS: Final = 6
LEAST_STRENGTH: Final = 2
"""Weaker than this a journal is not made: it would be open to anyone who has the file for an afternoon."""
_JUDGED_CHARACTERS: Final = 72


def strength(passphrase: str, own_words: Sequence[str] = ()) -> int:
    """An estimate of 0 (easy to guess) to 4 (strong), by zxcvbn, offline; some ten milliseconds, for a pool thread.

    `own_words` are names the guesser would try first. Only the first 72 characters are looked at: the estimator's time
    grows steeply with length, and nobody guesses past them.
    """
    if not passphrase:
        return 0
    from zxcvbn import zxcvbn

    found = zxcvbn(passphrase[:_JUDGED_CHARACTERS], user_inputs=[word for word in own_words if word])
    return int(found["score"])


def suggest(word_list: Path) -> str:
    """Six words drawn evenly and independently by the system's random source from the shipped list of plain words.

    With 2,048 words or more that is at least 66 bits, whatever the guesser knows about the list.
    """
    words = word_list.read_text(encoding="utf-8").split()
    return " ".join(secrets.choice(words) for _ in range(SUGGESTED_WORDS))
