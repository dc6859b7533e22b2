"""An empty data sheet for a ruleset: a row for all that it wants to know."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.model.names import Ambiguous, Names
from perfdsl.model.ruleset import PRIOR, Expected, Indicator, Kind, Ruleset
from perfdsl.model.timed import targets_text
from perfdsl.model.walk import expressions, names
from perfdsl.quantity import decimal_text

HEADINGS = ("一级指标", "二级指标", "指标", "年度指标值", "分值", "实际完成值", "评定得分", "自评得分", "偏差原因", "备注")
Line = tuple[str, ...]


def lines(ruleset: Ruleset) -> Iterator[Line]:
    """The rows of the sheet, headings first: the unit, the data, the indicators and parts in the order of the form."""
    known = Names(ruleset.inputs())
    yield HEADINGS
    yield _line("单位", "本单位的名称")
    if ruleset.year is not None:
        yield ("", "", "年度", "", "", str(ruleset.year), "", "", "", "")
    asked = {name for part in expressions(ruleset) for name in names(part)}
    for datum in ruleset.data:
        yield _line(datum.name, wanted(datum.expected))
        if datum.name + PRIOR in asked:
            yield _line(datum.name + PRIOR, f"上年的数；{wanted(datum.expected)}")
    for indicator in ruleset.indicators():
        yield from _rows(indicator, known)


def _line(name: str, note: str) -> Line:
    return "", "", name, "", "", "", "", "", "", note


def _rows(indicator: Indicator, known: Names) -> Iterator[Line]:
    first = indicator.levels[0] if len(indicator.levels) > 1 else ""
    second = "/".join(indicator.levels[1:-1])
    weight = "" if indicator.outside else decimal_text(indicator.weight)
    note = "由数据算出，实际完成值不填" if indicator.is_derived else "各分项分别填" if indicator.parts else wanted(indicator.expected)
    yield first, second, _short(indicator.path, known), targets_text(indicator.targets), weight, "", "", "", "", note
    for part in indicator.parts:
        yield first, second, _short(part.path, known), targets_text(part.targets), "", "", "", "", "", wanted(part.expected)


def _short(path: str, known: Names) -> str:
    """The last level where that is the only one of its name, else the whole path."""
    leaf = path.rpartition("/")[2]
    return path if isinstance(known.find(leaf), Ambiguous) else leaf


def wanted(expected: Expected) -> str:
    """What to write into a cell."""
    match expected.kind:
        case Kind.CHOICE:
            return f"填 {'、'.join(expected.options)} 之一"
        case Kind.DATE:
            return "填日期，如 2024-12-20"
        case Kind.TEXT:
            return "填文字"
    return f"填数，单位 {expected.unit.symbol}" if expected.unit and expected.unit.symbol else "填数，没有单位"
