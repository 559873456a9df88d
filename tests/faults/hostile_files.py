"""Takes in and shows mangled files, with little memory and time allowed. Started by test_added_files; not a test."""

from __future__ import annotations

import random
import resource
import sys

from app.domain.errors import MediaError
from app.media import pictures
from app.media.intake import prepare
from app.media.pages import Pages
from tests.fixtures.files import drawing, pdf, photo, sound

MEMORY_BYTES = 3 << 30
TIME_S = 500


def mangled(seed: int) -> bytes:
    """One file that was whole: flipped, cut, doubled, stuffed, or with numbers in it made enormous."""
    chance = random.Random(seed)
    made = (
        photo,
        drawing,
        pdf,
        sound,
        lambda: photo(form="WEBP"),
        lambda: photo(form="TIFF"),
        lambda: photo(form="PNG"),
    )
    data = bytearray(_WHOLE.setdefault(seed % len(made), made[seed % len(made)]()))
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        at = chance.randrange(len(data))
        how = chance.randrange(5)
        if how == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            data[at : at + 4] = b"\xff\xff\xff\x7f"
        elif how == 2:
            del data[at : at + chance.randrange(1, 64)]
        elif how == 3:
            data[at:at] = bytes(data[: chance.randrange(1, 256)])
        else:
            data[at : at + 2] = b"\x00\x00"
        if len(data) < 16:
            break
    return bytes(data[: chance.randrange(16, len(data) + 1)] if chance.random() < 0.15 else data)


_WHOLE: dict[int, bytes] = {}


def tried(seed: int) -> str:
    """Refused or shown: anything else is a fault."""
    data = mangled(seed)
    try:
        prepared = prepare(data, "mangled.bin")
        if prepared.pages:
            pages = Pages(prepared.content)
            try:
                for number in range(min(pages.count, 4)):
                    pages.render(number, 72)
            finally:
                pages.close()
        elif prepared.width:
            pictures.shown(prepared.content, 160)
    except MediaError:
        return "refused"
    return "shown"


def main(first: int, last: int) -> None:
    """Go through the seeds; say the number of each before it is tried, and what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_S, TIME_S))
    for seed in range(first, last):
        sys.stdout.write(f"{seed} ")
        sys.stdout.flush()
        sys.stdout.write(f"{tried(seed)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
