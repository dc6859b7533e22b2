"""No difference between `eval` and `batch`: the shipped examples, and cells of every kind."""

from __future__ import annotations

import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.conftest import rows_of
from tests.batch.rulesets import random_job

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted(path for folder in ("rulesets", "examples/lingling-2023") for path in (ROOT / folder).rglob("*.csv"))
_RULESETS = {"shortfall": "corrected"}


@pytest.mark.parametrize("data", EXAMPLES, ids=lambda path: path.stem)
def test_shipped_examples(run: Any, tmp_path: Path, data: Path) -> None:
    ruleset = data.with_name(f"{_RULESETS.get(data.stem, data.stem)}.perf")
    made = json.loads(run("eval", ruleset, data, "--format", "json").out)
    cards = made.get("units", [made])
    left = run("batch", ruleset, data, "-o", tmp_path / "o.jsonl")
    rows = rows_of(tmp_path / "o.jsonl")

    assert left.code == run("eval", ruleset, data).code
    assert _codes(left.err) == _counted(made)
    assert len(rows) == len(cards)
    for card, row in zip(cards, rows, strict=True):
        _same(card, row)


@pytest.mark.parametrize("seed", range(16))
def test_random_rulesets(run: Any, tmp_path: Path, seed: int) -> None:
    """But for W453, and W455 of parts, which batch does not count."""
    ruleset, data = random_job(tmp_path, seed, 60)
    made = json.loads(run("eval", ruleset, data, "--format", "json").out)
    left = run("batch", ruleset, data, "-o", tmp_path / "o.jsonl")

    for card, row in zip(made["units"], rows_of(tmp_path / "o.jsonl"), strict=True):
        _same(card, row)
    has_parts = any(one["parts"] for one in made["units"][0]["indicators"])
    apart = {"W453", *(["W455"] if has_parts else [])}
    assert {code: times for code, times in _codes(left.err).items() if code not in apart} == {
        code: times for code, times in _counted(made).items() if code not in apart}
    assert left.code == run("eval", ruleset, data).code


_STATUS = {"scored": "已计分", "missing": "未填", "not_applicable": "不适用", "manual": "待评"}


def _same(card: dict[str, Any], row: dict[str, Any]) -> None:
    assert row["单位"] == card["unit"]
    assert row.get("等级") == (card["total"]["grade"] or _range(card["total"]["range"]["grades"]))
    assert _number(row.get("总分")) == _number(card["total"]["score"])
    names = [one["name"] for one in card["indicators"]]
    for one in card["indicators"]:
        heading = one["path"] if names.count(one["name"]) > 1 else one["name"]
        assert _near(row.get(f"{heading}.得分"), one["score"]), heading
        assert _near(row.get(f"{heading}.失分"), one["lost"]), heading
        assert row[f"{heading}.状态"] == _STATUS[one["status"]], heading


def _range(grades: list[str]) -> str | None:
    return " 至 ".join(dict.fromkeys((grades[0], grades[-1]))) if grades else None


def _codes(err: str) -> dict[str, int]:
    """What batch counts of warnings and errors."""
    return {code: int(times.replace(",", "")) for code, times in re.findall(r"(?:警告|错误) ([EW]\d+) .*：([\d,]+) 处", err)}


def _counted(made: dict[str, Any]) -> dict[str, int]:
    """What eval says of the units, but for what stands in the ruleset."""
    cards = made.get("units", [made])
    found = Counter(one["code"] for card in cards for one in card["diagnostics"] if one["code"][:2] in ("E4", "W4") and one["code"] != "W401")
    return dict(found)


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _near(shown: str | None, exact: str | None) -> bool:
    """What is shown has the ruleset's decimals."""
    if shown is None or exact is None:
        return shown is exact
    places = len(shown.partition(".")[2])
    return abs(Fraction(shown) - Fraction(exact)) <= Fraction(1, 2 * 10**places)


# ---- cells

PERCENT, MONEY, COUNT = "%", "万元", "家"
_DIGITS = st.text("0123456789", min_size=1, max_size=12)
_PLAIN = st.builds(lambda sign, whole, part: f"{sign}{whole}{'.' + part if part else ''}", st.sampled_from(["", "-"]), _DIGITS,
                   st.one_of(st.just(""), st.text("0123456789", min_size=1, max_size=7)))
_WITH_UNIT = st.builds(lambda number, unit: number + unit, _PLAIN, st.sampled_from(["%", "％", "万元", "亿元", " 元", "家", "亩", "倍", "个", ""]))
_ODD = st.one_of(st.sampled_from(["", " ", "无", "不适用", "N/A", "/", "—", "1,030,700.00", "９５％", "3/7", "≥3", "1e5", "+3", "２．５", "nan", "inf", "1,2",
                                  "2024-12-20", "44561", "是", "0.95", "-0", "00012", ".5", "5.", "--3", "1.2.3", "12345678901234567890", "\u200b3"]),
                 st.text(max_size=20).filter(lambda text: "\x00" not in text))
CELLS = st.lists(st.one_of(_PLAIN, _WITH_UNIT, _ODD), min_size=1, max_size=80)


@pytest.mark.parametrize("unit", ["%", "万元", "家", "", "分钟", "小时"])
@given(texts=CELLS)
def test_numbers_in_bulk_are_read_as_one_by_one(unit: str, texts: list[str]) -> None:
    import pyarrow as pa

    from perfdsl.batch.reading.meaning import Meanings, Place
    from perfdsl.batch.reading.numbers import numbers
    from perfdsl.data.headings import Role
    from perfdsl.data.names import Actual, Slot
    from perfdsl.model.ruleset import Expected, Kind
    from perfdsl.units import unit_of

    expected = Expected(Kind.QUANTITY, unit_of(unit) if unit else None)
    place = Place(Slot("值", expected, Actual.CELL), Role.ACTUAL)
    texts = texts * 3  # many enough for what is done to many at once
    read = numbers(pa.array(texts), Meanings(place))

    for row, text in enumerate(texts):
        assert _in_column(read, row, expected) == _by_eval(text, expected), text


def _by_eval(text: str, expected: Any) -> Any:
    from perfdsl.data.cells import read_cell
    from perfdsl.data.facts import Absent
    from perfdsl.diagnostics import Cell
    from perfdsl.quantity import Quantity
    from perfdsl.units import PURE

    value, found = read_cell(text, expected, Cell("", ""))
    if found:
        return "fault"
    if isinstance(value, Absent):
        return "不适用" if value is Absent.NOT_APPLICABLE else None
    assert isinstance(value, Quantity)
    return value.amount / (expected.unit or PURE).factor


def _in_column(read: Any, row: int, expected: Any) -> Any:
    from perfdsl.batch.block import State

    if row in read.bad:
        return "fault"
    if row in read.apart:
        return read.apart[row]
    state = State.GIVEN if read.column.state is None else State(int(read.column.state[row]))
    if state is State.GIVEN:
        return Fraction(int(read.column.units[row]), 10**read.column.places)
    return "不适用" if state is State.NOT_APPLICABLE else None


@given(values=st.lists(st.one_of(st.floats(), st.decimals(-10**9, 10**9, places=4).map(float), st.integers(-10**6, 10**6).map(float)), min_size=1, max_size=60))
def test_floats_are_the_decimals_that_they_show(values: list[float]) -> None:
    import pyarrow as pa

    from perfdsl.batch.reading.meaning import Meanings, Place
    from perfdsl.batch.reading.numbers import numbers
    from perfdsl.data.headings import Role
    from perfdsl.data.names import Actual, Slot
    from perfdsl.model.ruleset import Expected, Kind

    expected = Expected(Kind.QUANTITY)
    read = numbers(pa.array(values, pa.float64(), from_pandas=False), Meanings(Place(Slot("值", expected, Actual.CELL), Role.ACTUAL)))
    from decimal import Decimal

    for row, value in enumerate(values):
        wanted = Fraction(Decimal(repr(value))) if value - value == 0 else "fault"
        got = _in_column(read, row, expected)
        assert got == wanted or (got == "fault" and _by_eval(format(Decimal(repr(value)), "f"), expected) == "fault"), value


@given(values=st.lists(st.one_of(st.none(), st.decimals(-10**30, 10**30, places=6), st.decimals(-1000, 1000, places=6)), min_size=1, max_size=40))
def test_decimals_of_arrow(values: list[Any]) -> None:
    import pyarrow as pa

    from perfdsl.batch.reading.meaning import Meanings, Place
    from perfdsl.batch.reading.numbers import numbers
    from perfdsl.data.headings import Role
    from perfdsl.data.names import Actual, Slot
    from perfdsl.model.ruleset import Expected, Kind

    expected = Expected(Kind.QUANTITY)
    array = pa.array([None, *values], pa.decimal128(38, 6)).slice(1)
    read = numbers(array, Meanings(Place(Slot("值", expected, Actual.CELL), Role.ACTUAL)))

    for row, value in enumerate(values):
        assert _in_column(read, row, expected) == (None if value is None else Fraction(value)), value
