"""The worked examples as the manual shows them: the rule without the harness's marks, and what perfdsl says of each case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from test_spec import Chunk, _files
from test_worked import CHUNKS, EXAMPLES, _head

from perfdsl import testing
from perfdsl.diagnostics import Diagnostic, blocking, errors
from perfdsl.model.testcase import Test
from perfdsl.pipeline import Loaded, check, evaluate, load_source
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.explain import because
from perfdsl.score.overview import total_line
from perfdsl.score.scorecard import Row, Scorecard
from perfdsl.source import Source

_MARK = re.compile(r"\s*###.*")
_TOTAL = re.compile(r"总分 [\d.]+分")
_TEST = re.compile(r"^测试 ", re.M)


@record
class Case:
    """One chunk: number and words of its first line, what of it is shown, what perfdsl says (one item a line of a list)."""

    number: str
    words: str
    rules: str
    tests: str
    data: str
    said: tuple[str, ...]


@cache
def cases() -> tuple[Case, ...]:
    """Every worked chunk, run."""
    return tuple(map(_case, CHUNKS))


@cache
def examples() -> dict[str, dict[str, str]]:
    """The examples by number, in their order."""
    return {example["id"]: example for example in EXAMPLES}


def _case(chunk: Chunk) -> Case:
    number, words, _ = _head(chunk)
    ruleset, *files = re.split(r"^(?==== )", chunk.text, flags=re.M)
    lines = [_MARK.sub("", line).rstrip() for line in ruleset.split("\n")[1:]]
    shown = "\n".join(line for line in lines if not _TOTAL.fullmatch(line)).strip("\n")
    test = _TEST.search(shown)
    at = test.start() if test else len(shown)
    return Case(number, words, shown[:at].strip("\n"), shown[at:].strip("\n"),
                "\n".join(_MARK.sub("", f, count=0).strip("\n") for f in files), tuple(_said(chunk)))


# ---- what perfdsl says


def _said(chunk: Chunk) -> Iterator[str]:
    with TemporaryDirectory() as name:
        folder, files = Path(name), _files(chunk)
        for file, text in files.items():
            if file:
                (folder / file).write_text(_MARK.sub("", text), encoding="utf-8")
        loaded = load_source(Source(chunk.file.name, files[""]), folder)
        yield from (f"检查报出{_finding(d)}" for d in check(loaded))
        yield from _tested(loaded)
        for file in files:
            if file and not file.endswith(".perf"):
                yield from _evaluated(loaded, folder / file)


def _finding(d: Diagnostic) -> str:
    return f"{d.severity.chinese} {d.code}：{d.message}" + (f"（{d.hint}）" if d.hint else "")


def _tested(loaded: Loaded) -> Iterator[str]:
    ruleset, found = loaded.ruleset, check(loaded)
    if ruleset is None or blocking(found):
        return
    made: list[Scorecard] = []
    with mock.patch.object(testing, "scorecard", side_effect=_kept(made)):
        results = testing.run_tests(ruleset, errors(found))
    assert all(not result.failures for result in results)
    for result, card in zip(results, made, strict=True):
        yield from _test(result.test, card)


def _kept(made: list[Scorecard]):  # type: ignore[no-untyped-def]
    real = testing.scorecard

    def scorecard(*arguments, **named):  # type: ignore[no-untyped-def]
        made.append(real(*arguments, **named))
        return made[-1]

    return scorecard


def _test(test: Test, card: Scorecard) -> Iterator[str]:
    """The rows that the test asks for; where it asks for more than rows, the whole card."""
    rows = {row.indicator.path: row for row in card.rows}
    asked = [rows[e.path] for e in test.expectations if e.path in rows]
    whole = any(e.path not in rows for e in test.expectations)
    for row in asked or card.rows:
        yield _row(row, test.name, card)
    yield from (f"{test.name}：{line}" for line in total_line(card) if whole)


def _evaluated(loaded: Loaded, data: Path) -> Iterator[str]:
    result = evaluate(loaded, data)
    for card in result.scorecards:
        yield from (_row(row, "数据.csv", card) for row in card.rows)
    yield from (_finding(d) for d in result.diagnostics if d.code[1] == "4")


def _row(row: Row, name: str, card: Scorecard) -> str:
    """The row's points and reason; of two rows with one name the path."""
    alike = [r for r in card.rows if r.indicator.name == row.indicator.name]
    item = row.indicator.name if len(alike) == 1 else row.indicator.path
    points = f"**{decimal_text(row.score)}分**" if row.score is not None else "**没有得分**"
    return f"{name}：{item} {points}。{because(row)}"
