from __future__ import annotations

import copy
import pickle

import pytest

from app.crypto.secret import Secret


def test_wiping_zeroes_the_buffer_that_views_share() -> None:
    secret = Secret(b"k" * 32)
    view = secret.view()
    secret.wipe()
    assert bytes(view) == bytes(32)
    assert secret.wiped
    with pytest.raises(ValueError, match="wiped"):
        secret.view()


def test_a_with_block_wipes_even_when_it_fails() -> None:
    secret = Secret.random()
    with pytest.raises(RuntimeError), secret:
        raise RuntimeError
    assert secret.wiped


def test_absorbing_empties_the_source() -> None:
    source = bytearray(b"abcd")
    secret = Secret.absorb(source)
    assert source == bytearray(4)
    assert bytes(secret.view()) == b"abcd"


def test_the_view_cannot_change_the_key() -> None:
    with pytest.raises(TypeError):
        Secret(b"abcd").view()[0] = 1


def test_it_does_not_show_copy_or_pickle_itself() -> None:
    secret = Secret(b"secret-bytes")
    assert "secret-bytes" not in f"{secret!r} {secret}"
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(secret)
    with pytest.raises(TypeError):
        hash(secret)


def test_equality_is_by_content_until_wiped() -> None:
    first, second = Secret(b"same"), Secret(b"same")
    assert first == second
    assert first != Secret(b"other")
    assert first != b"same"
    second.wipe()
    assert first != second


def test_random_keys_differ() -> None:
    assert len({bytes(Secret.random().view()) for _ in range(50)}) == 50
