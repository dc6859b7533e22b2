"""No cache: the rulesets of these tests are made anew."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDSL_CACHE", "")
