"""A ruleset made by hand (the parser belongs to another room), and a reader of text files."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from perfdsl.data import read
from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.kernel import Number
from perfdsl.model.ruleset import Combiner, Datum, Expected, Group, Indicator, Kind, Part, Ruleset
from perfdsl.quantity import of
from perfdsl.source import Source, Span
from perfdsl.units import UNITS

SPAN = Span(Source("测试.perf", "规则集 测试"), 0, 3)
MONEY = Expected(Kind.QUANTITY, UNITS["亿元"])
PERCENT = Expected(Kind.QUANTITY, UNITS["%"])
COUNT = Expected(Kind.QUANTITY, UNITS["家"])
Read = Callable[..., tuple[list[Facts], list[Diagnostic]]]


def _indicator(path: str, expected: Expected, *, derived: bool = False, parts: tuple[str, ...] = ()) -> Indicator:
    levels = tuple(path.split("/"))
    made = tuple(Part(name, f"{path}/{name}", None, (), COUNT, SPAN) for name in parts)
    actual = Number(of(1), SPAN) if derived else None
    return Indicator(levels[-1], path, levels, Fraction(10), (), expected, actual, None, made,
                     Combiner.MEAN if parts else None, None, (), (), SPAN)


def _ruleset() -> Ruleset:
    data = (Datum("全年执行数", Expected(Kind.QUANTITY, UNITS["万元"]), (), SPAN),
            Datum("地区", Expected(Kind.CHOICE, None, ("东部", "中部", "西部")), (), SPAN))
    leaves = (
        _indicator("预算执行/预算执行率", PERCENT, derived=True),
        _indicator("产出指标/数量指标/税收", MONEY),
        _indicator("产出指标/数量指标/满意度", PERCENT),
        _indicator("产出指标/数量指标/招商项目", COUNT, parts=("新签约", "新开工")),
        _indicator("效益指标/可持续/正常运转", Expected(Kind.TEXT)),
        _indicator("效益指标/时效/完成日期", Expected(Kind.DATE)),
        _indicator("满意度指标/满意度", PERCENT),
    )
    group = Group(1, "全部", "全部", None, leaves, SPAN)
    return Ruleset("测试", 2023, "1", (), (), None, None, None, None, (), None, (), None,
                   data, (), (group,), (), (), SPAN)


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    return _ruleset()


@pytest.fixture
def read_text(tmp_path: Path, ruleset: Ruleset) -> Read:
    """Writes a text to a file and reads it as data."""

    def reader(text: str, name: str = "数据.csv", encoding: str = "utf-8") -> tuple[list[Facts], list[Diagnostic]]:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read(path, ruleset)

    return reader
