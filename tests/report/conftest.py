"""The report is tested against sentences of its own, whatever `perfdsl.score.explain` says today."""

from __future__ import annotations

import importlib
import sys

import pytest
import stub_explain

import perfdsl.score

try:
    importlib.import_module("perfdsl.score.explain")
except ModuleNotFoundError:
    sys.modules["perfdsl.score.explain"] = stub_explain
    perfdsl.score.explain = stub_explain  # type: ignore[attr-defined]

_READERS = ("form", "ranking", "table", "markdown", "html", "json_text")


@pytest.fixture(autouse=True)
def _stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _READERS:
        monkeypatch.setattr(importlib.import_module(f"perfdsl.report.{name}"), "explain", stub_explain)
