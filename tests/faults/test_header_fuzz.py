"""Headers changed by rules that know the format, so that most get past the first check. None may open or raise anything
but a refusal, and none may cost a derivation."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from typing import Any

import pytest

from app.crypto.header import HEADER_BYTES
from app.domain.errors import Code, VaultError
from tests.data.vaults import repaired, template, try_header

_REFUSALS = {Code.DAMAGED_HEADER, Code.WRONG_PASSPHRASE, Code.NEWER_FORMAT}
_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1,
    2,
    2**31,
    2**64,
    1.5,
    "",
    "A" * 24,
    "x",
    [],
    {},
    [None],
    "passphrase",
    "recovery",
)


def _paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here] if here else []
    children: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    for key, child in children:
        found += _paths(child, (*here, key))
    return found


def _changed_body(chance: random.Random, body: dict[str, Any]) -> bytes:
    *way, last = chance.choice(_paths(body))
    holder: Any = body
    for step in way:
        holder = holder[step]
    match chance.randrange(4):
        case 0:
            del holder[last]
        case 1:
            holder[last] = chance.choice(_VALUES)
        case 2 if isinstance(holder[last], str) and holder[last]:
            text = list(holder[last])
            text[chance.randrange(len(text))] = chance.choice("ABCabc019+/=-_ \x00é")
            holder[last] = "".join(text)
        case _ if isinstance(holder, dict):
            holder[chance.choice(["x", "", "kdf", "slots", str(last) + " "])] = chance.choice(_VALUES)
        case _:
            holder.append(holder[last])
    return json.dumps(body, separators=(",", ":"), ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")


def _fuzzed(chance: random.Random) -> bytes:
    raw = template().raw
    length = int.from_bytes(raw[8:12], "big")
    body = raw[12 : 12 + length]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        try:
            body = _changed_body(chance, json.loads(body))
        except (ValueError, TypeError, AttributeError, IndexError):
            break
    if chance.random() < 0.2:
        noise = bytearray(body)
        for _ in range(chance.randrange(1, 8)):
            noise[chance.randrange(len(noise))] = chance.randrange(256)
        body = bytes(noise)
    claimed = len(body) if chance.random() < 0.95 else chance.randrange(2**32)
    frame = (raw[:8] + claimed.to_bytes(4, "big") + body)[: HEADER_BYTES - 64].ljust(HEADER_BYTES - 64, b"\0")
    return repaired(frame + raw[-64:])


def _run(count: int, seed: int) -> Counter[Code]:
    chance = random.Random(seed)
    codes: Counter[Code] = Counter()
    for number in range(count):
        raw = _fuzzed(chance)
        if raw == template().raw:
            continue
        begun = time.process_time()
        try:
            try_header(raw, template().kek)
        except VaultError as error:
            codes[error.code] += 1
        else:
            pytest.fail(f"header {number} of seed {seed} opened")
        assert time.process_time() - begun < 0.5
    return codes


@pytest.mark.fault("F8", "header fuzz", cases=1500)
def test_no_changed_header_opens() -> None:
    codes = _run(1500, seed=20260301)
    assert set(codes) <= _REFUSALS
    assert len(codes) > 1, "the rules never got past the first check"


@pytest.mark.fault("F8", "header fuzz", cases=5000)
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_changed_header_opens_in_a_long_run(seed: int) -> None:
    assert set(_run(5000, seed)) <= _REFUSALS
