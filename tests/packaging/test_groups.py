"""Tests that share something costly stay on one process: the mark says so, and the run obeys."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs them all")
@pytest.mark.xdist_group("held-together")
def test_a_group_is_known_to_whoever_deals_out_the_tests(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@held-together")
