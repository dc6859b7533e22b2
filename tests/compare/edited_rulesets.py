"""Rulesets of which one is the other, edited."""

from __future__ import annotations

from pathlib import Path

from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load_source
from perfdsl.source import Source

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
TEXT = (SEED / "corrected.perf").read_text(encoding="utf-8").partition("\n测试 ")[0]


def ruleset_of(text: str) -> Ruleset:
    loaded = load_source(Source("规则.perf", text), SEED)
    assert loaded.ruleset is not None, [d.message for d in loaded.diagnostics]
    return loaded.ruleset


def edited(*changes: tuple[str, str], text: str = TEXT) -> str:
    """The text with every change made; each must find its place."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text
