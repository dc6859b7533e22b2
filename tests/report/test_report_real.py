"""The writers with the real explanations."""

from __future__ import annotations

import cards
import pytest

from perfdsl.report import BINARY, FORMATS, render
from perfdsl.text import width_of


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in BINARY])
def test_every_format_takes_the_real_explanations(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    text = render([*cards.many(), cards.hostile()], format_)
    assert "招商项目" in text
    if format_ == "table":
        assert max(width_of(line) for line in text.splitlines()) <= 80
        assert "未达标：少 2个" in text
