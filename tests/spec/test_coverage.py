"""The spec files say all of the language: every spelling of every keyword stands in one, every code is expected in one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfdsl.source import Source
from perfdsl.syntax.clauses import read
from perfdsl.syntax.vocabulary import Keyword, keywords

HERE = Path(__file__).parent
ELSEWHERE = {"E010": "a file that cannot be read: tests/cli/test_files.py", "W309": "a file beside it: tests/versions/test_freeze.py"}
_CODE = re.compile(r'"([EW][0-3]\d\d)"')


def _used() -> set[tuple[str, str]]:
    """(terminal, spelling) of every token in the spec files."""
    used = set()
    for file in HERE.glob("*.perf"):
        for written, _ in read(Source(file.name, file.read_text(encoding="utf-8"))):
            used |= {(token.type, re.sub(r"\s+", "", token).lower()) for token in written.tokens}
    return used


USED = _used()


@pytest.mark.parametrize("keyword", keywords().values(), ids=lambda k: k.terminal)
def test_every_spelling_stands_in_a_spec(keyword: Keyword) -> None:
    unused = [s for s in keyword.spellings if (keyword.terminal, s.replace(" ", "")) not in USED]

    assert unused == []


def test_every_code_is_expected_in_a_spec(root: Path) -> None:
    raised = {c for file in (root / "perfdsl").rglob("*.py") for c in _CODE.findall(file.read_text(encoding="utf-8"))}
    text = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("*.perf"))
    expected = set(re.findall(r"### ([EW]\d{3})", text))

    assert raised - expected - ELSEWHERE.keys() == set()
