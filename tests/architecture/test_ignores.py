"""A rule may be set aside, but never without saying why: on the same line, or in a comment on the line above."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

_MARK = re.compile(
    r"#\s*(?:noqa(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?P<kinds>\[[\w, -]+\])?)(?P<rest>.*)"
)
_WORDS = re.compile(r"[A-Za-z]{2,}.*[A-Za-z]{2,}")


def _problems(text: str) -> Iterator[int]:
    """Lines that set aside every rule at once, or one without a reason."""
    if not _MARK.search(text):
        return  # most files: no need to take them apart
    comments = {
        token.start[0]: token.string
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    for line, comment in comments.items():
        found = _MARK.search(comment)
        if not found:
            continue
        reasons = (comment[: found.start()], _MARK.sub("", found["rest"]), _MARK.sub("", comments.get(line - 1, "")))
        named = found["codes"] or found["kinds"]
        if not named or not any(_WORDS.search(reason) for reason in reasons):
            yield line


def test_every_ignore_has_its_reason(root: Path) -> None:
    files = [*(root / "app").rglob("*.py"), *(root / "packaging").glob("*.py")]
    found = [
        f"{path.relative_to(root)}:{line}" for path in files for line in _problems(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "text", ["x = 1  # noqa\n", "x = 1  # noqa: S608\n", "x = 1  # type: ignore\n", "f()  # type: ignore[misc]\n"]
)
def test_an_ignore_without_reason_is_found(text: str) -> None:
    assert list(_problems(text)) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa: S608 - the names are our own constants\n",
        "x = 1  # noqa: S608  # names from the table above\n",
        "# the driver has no types\nx = 1  # type: ignore[no-any-return]\n",
        "x = 1  # type: ignore[misc]  # a quirk of the stubs\n",
        'x = "# noqa"\n',
    ],
)
def test_an_ignore_with_its_reason_passes(text: str) -> None:
    assert list(_problems(text)) == []
