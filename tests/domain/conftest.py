"""The real content pack, read once for the whole run."""

from __future__ import annotations

import pytest

from app import paths
from app.domain.content import Content, load
from app.domain.kinds.registry import Kinds


@pytest.fixture(scope="session")
def content() -> Content:
    return load(paths.resources() / "content")


@pytest.fixture(scope="session")
def kinds(content: Content) -> Kinds:
    return Kinds(content)
