"""A password for a document that can be said over the telephone."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

WORDS: Final = 4
NUMBERS: Final = 100


def suggest(word_list: Path) -> str:
    """Four words of the shipped list and two digits, joined by hyphens, from the system's random source.

    With 2,048 words or more that is at least 50 bits, behind the slow key derivation of PDF 2.0 (ISO 32000-2).
    """
    words = word_list.read_text(encoding="utf-8").split()
    return "-".join([*(secrets.choice(words) for _ in range(WORDS)), f"{secrets.randbelow(NUMBERS):02}"])
