"""The report is tested against sentences of its own, whatever `perfdsl.score.explain` says today."""

from __future__ import annotations

import importlib

import pytest
import stub_explain

_READERS = ("form", "ranking", "table", "markdown", "html", "json_text")


@pytest.fixture(autouse=True)
def _stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _READERS:
        reader = importlib.import_module(f"perfdsl.report.{name}")
        for words in ("explain", "overview"):
            if hasattr(reader, words):
                monkeypatch.setattr(reader, words, stub_explain)
