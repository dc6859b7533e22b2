"""The report is tested against sentences of its own, whatever `perfdsl.score.explain` says today."""

from __future__ import annotations

import importlib

import pytest
import stub_explain

_READERS = ("form", "ranking", "table", "markdown", "html", "json_text")


@pytest.fixture(autouse=True)
def _stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _READERS:
        monkeypatch.setattr(importlib.import_module(f"perfdsl.report.{name}"), "explain", stub_explain)
