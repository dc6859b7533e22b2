"""Runs the language's own tests, the *.perf files of this folder.

A file is its heading and then chunks, parted by `---` lines.  A chunk is a ruleset; what it does not state of
`PRELUDE` is put on the line of its `---`, so that every place is the place in the file.  `### E102 没有` at the
end of a line expects a finding of that code with those words in its message or hint; a missing and an unexpected
one both fail.  测试 blocks must pass (`### E219` where they must not).  `=== 名称` begins a file beside the
ruleset; data is evaluated, and `### 得 8.5分` on its line expects the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdsl.diagnostics import Cell, Diagnostic, blocking, errors
from perfdsl.pipeline import Loaded, check, evaluate, load_source
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.source import Source, Span
from perfdsl.testing import run_tests

HERE = Path(__file__).parent
PRELUDE = {
    "规则集": "「测试」", "年度": "2024", "引用": "「标准计分方法」", "总分": "10分",
    "取舍 每项得分": "保留2位 四舍五入", "取舍 总分": "保留2位 四舍五入", "不适用": "其余按比例折算",
}
_RULESET = re.compile(r"^(?:规则集|ruleset)\b", re.M | re.I)
_EXPECTED = re.compile(r"###\s*([EW]\d{3}|得)\s*([^#]*)")


@record
class Chunk:
    """A chunk and the number of the line that its text starts on."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file.stem}-{self.line}"


def _chunks(file: Path) -> Iterator[Chunk]:
    line = 1
    for at, text in enumerate(re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.M)):
        if at:
            yield Chunk(file, line, text)
        line += text.count("\n") + 1


CHUNKS = [chunk for file in sorted(HERE.glob("*.perf")) for chunk in _chunks(file)]
Finding = tuple[int, str, str]


def _prelude(text: str) -> str:
    """What the chunk leaves unsaid, as one line; nothing where it is a whole ruleset."""
    lines = text.split("\n")
    unsaid = [f"{key} {value}" for key, value in PRELUDE.items() if not any(x.startswith(key) for x in lines)]
    return "" if _RULESET.search(text) else "，".join(unsaid)


def _files(chunk: Chunk) -> dict[str, str]:
    """File name (empty: the ruleset itself) → its text, with every line at its place."""
    files: dict[str, str] = {}
    at = chunk.line
    for part in re.split(r"^(?==== )", chunk.text, flags=re.M):
        head, _, rest = part.partition("\n") if part.startswith("===") else ("", "", part)
        start = "" if head else _prelude(part)
        above = at - 1 if head else at - 2
        files[head[3:].strip()] = "\n" * above + f"{start}\n" + rest
        at += part.count("\n")
    return files


def _expected(chunk: Chunk) -> list[Finding]:
    return [
        (chunk.line + at, code, text.strip())
        for at, line in enumerate(chunk.text.split("\n"))
        for code, text in _EXPECTED.findall(line)
    ]


def _found(chunk: Chunk, folder: Path) -> list[Finding]:
    files = _files(chunk)
    data = [name for name in files if name and not name.endswith(".perf")]
    for name, text in files.items():
        if name:
            (folder / name).write_text(re.sub(r"\s*###.*", "", text) if name in data else text, encoding="utf-8")
    loaded = load_source(Source(chunk.file.name, files[""]), folder)
    found = check(loaded)
    said = [_finding(d) for d in (*found, *_failed_tests(loaded, found))]
    return said + [one for name in data for one in _scored(loaded, folder / name)]


def _failed_tests(loaded: Loaded, found: list[Diagnostic]) -> list[Diagnostic]:
    if loaded.ruleset is None or blocking(found):
        return []
    return [failure for result in run_tests(loaded.ruleset, errors(found)) for failure in result.failures]


def _scored(loaded: Loaded, data: Path) -> Iterator[Finding]:
    result = evaluate(loaded, data)
    yield from (_finding(d) for d in result.diagnostics if d.code[1] == "4")
    for card in result.scorecards:
        for row in card.rows:
            if row.score is not None and row.fact.cell is not None:
                yield row.fact.cell.line or 0, "得", f"{decimal_text(row.score)}分"


def _finding(d: Diagnostic) -> Finding:
    line = d.place.line if isinstance(d.place, Span | Cell) else 0
    return line or 0, d.code, f"{d.message} {d.hint}"


def _differences(expected: list[Finding], found: list[Finding]) -> list[str]:
    missing, left = [], list(found)
    for line, code, text in expected:
        hit = next((f for f in left if f[:2] == (line, code) and (text == f[2] if code == "得" else text in f[2])), None)
        if hit is None:
            missing.append(f"第{line}行没有报出 {code} {text}")
        else:
            left.remove(hit)
    return missing + [f"第{line}行多报了 {code} {text}" for line, code, text in left if code != "得"]


@pytest.mark.parametrize("chunk", CHUNKS, ids=str)
def test_chunk(chunk: Chunk, tmp_path: Path) -> None:
    assert "\n".join(_differences(_expected(chunk), _found(chunk, tmp_path))) == ""


def test_the_harness_sees_what_is_missing_and_what_is_unexpected() -> None:
    found = [(3, "E101", "没有名称「甲」"), (4, "得", "5分")]

    assert _differences([(3, "E101", "甲"), (4, "得", "5分")], found) == []
    assert _differences([(3, "E101", "乙")], found) == ["第3行没有报出 E101 乙", "第3行多报了 E101 没有名称「甲」"]
    assert _differences([(2, "E101", "甲"), (4, "得", "6分")], found)[:2] == ["第2行没有报出 E101 甲", "第4行没有报出 得 6分"]
