"""Compiled rulesets give what `evaluate` gives: the digits, the statuses, the words, whatever the data."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfdsl
from perfdsl.data.facts import Absent, Facts
from perfdsl.data.headings import Role
from perfdsl.model.names import Ambiguous, Names
from perfdsl.pipeline import Loaded, evaluate, load, load_source
from perfdsl.plan.plan import Plan
from perfdsl.plan.whole import Standing
from perfdsl.quantity import Quantity, terminates
from perfdsl.score.overview import explanation
from perfdsl.score.scorecard import Status
from perfdsl.source import Source
from perfdsl.warm.cells import written
from perfdsl.warm.interpreted import UNNAMED
from perfdsl.warm.planned import _Planned
from tests.batch.blocks import Blocks
from tests.batch.conftest import FAULTY, HEADINGS, RULESET, UNITS
from tests.batch.rulesets import ruleset

ROOT = Path(__file__).parents[2]
SHIPPED = [path for path in sorted([*ROOT.glob("examples/*/*.perf"), *ROOT.glob("rulesets/*/*.perf")])
           if (made := load(path).ruleset) is not None and any(made.indicators())]
LOADED = load_source(Source("成批.perf", RULESET))
READY = perfdsl.compiled(LOADED)
GIVEN = {heading: cell for heading, cell in zip(HEADINGS, UNITS[0], strict=True) if heading not in ("单位代码", "年度", "税收.偏差原因")}


def same(ready: perfdsl.Compiled, data: Mapping[str, object]) -> perfdsl.Result:
    """The result, which is what `evaluate` gives."""
    made = ready.score(data)  # type: ignore[arg-type]  # also what it does not ask for
    plain = {key: written(value) for key, value in data.items()}
    found = evaluate(ready.loaded, [plain if any(key in plain for key in ("单位", "unit")) else {"单位": UNNAMED, **plain}])
    assert made.diagnostics == found.diagnostics
    if not found.scorecards:
        assert (made.total, made.items, made.sentences()) == (None, (), [])
        return made
    card = found.scorecards[0]
    assert (made.total, made.low, made.high, made.grade) == (card.total.score, card.total.low, card.total.high, card.total.grade)
    assert [(one.name, one.status, one.points, one.lost) for one in made.items] == [
        (row.indicator.path, row.status, row.score, row.lost) for row in card.rows]
    assert [one.deviation for one in made.items] == [None if row.outcome.rate is None else row.outcome.rate - 1 for row in card.rows]
    assert made.sentences() == explanation(card)
    return made


def of_facts(loaded: Loaded, facts: Facts) -> dict[str, object]:
    """Facts as a program would have them, by the shortest names that are clear."""
    assert loaded.ruleset is not None
    wanted = Plan(loaded.ruleset).frame
    names = Names([*wanted.wanted, *wanted.marks])
    data: dict[str, object] = {}
    for number, (path, fact) in enumerate(facts.items.items()):
        leaf = path.rpartition("/")[2]
        name = path if isinstance(names.find(leaf), Ambiguous) else leaf
        match fact.value:
            case Absent():
                data |= {name: "不适用"} if fact.value is Absent.NOT_APPLICABLE else {name: None} if number % 2 else {}
            case Quantity() if number % 3 and terminates(fact.value.shown):
                shown = fact.value.shown
                data[name] = Decimal(shown.numerator) / Decimal(shown.denominator) if number % 3 == 1 else shown
            case value:
                data[name] = str(value) if not isinstance(value, date) else value
        data |= {f"{name}.{Role.CHOSEN}": fact.chosen} if fact.chosen is not None else {}
    return data


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped(path: Path) -> None:
    loaded = load(path)
    assert loaded.ruleset is not None
    blocks, ready = Blocks(loaded.ruleset, 3), perfdsl.compiled(loaded)
    for block in (blocks.block(4, 0.0), blocks.block(2, 0.02)):
        for at in range(block.size):
            same(ready, of_facts(loaded, block.facts(at, loaded.ruleset)))


@pytest.mark.parametrize("ten", range(4))
def test_random(ten: int) -> None:
    planned = 0
    for seed in range(1000 + 10 * ten, 1010 + 10 * ten):
        loaded = load_source(Source("随机.perf", ruleset(seed)))
        assert loaded.ruleset is not None
        blocks, ready = Blocks(loaded.ruleset, seed), perfdsl.compiled(loaded)
        for block in (blocks.block(5, 0.0), blocks.block(3, 0.05)):
            planned += sum(isinstance(same(ready, of_facts(loaded, block.facts(at, loaded.ruleset))).source, _Planned) for at in range(block.size))
    assert planned > 30


@pytest.mark.parametrize("row", [*UNITS, *FAULTY], ids=lambda row: row[0] or "无名")
def test_units_of_a_table(row: list[str]) -> None:
    same(READY, dict(zip(HEADINGS, row, strict=True)))


cells = st.sampled_from(["", "不适用", "/", "3亿元", "3.05亿元", "30000万元", "2.5", "-1", "１２", "95%", "0.95", "1", "九", "达成", "部分达成",
                         "2024-12-20", "2024年12月20日", "1e3", " 12 ", "0012.50", "7.00001", "1,234.5", "12.", ".5", "无", "≥3亿元", None, 0, 2, 30,
                         Decimal("28000.125"), Decimal("1E+3"), Decimal("NaN"), Fraction(1, 3), Fraction(7, 2), date(2024, 12, 31),
                         datetime(2024, 12, 31, 8), True, 0.5, 10**30])


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([*GIVEN, "不认得的", "招商项目"]), cells, max_size=6))
def test_whatever_stands_in_a_cell(changes: dict[str, object]) -> None:
    same(READY, {**GIVEN, **changes})


def test_the_fast_way_is_taken() -> None:
    made = same(READY, {**GIVEN, "税收": Decimal("2.8"), "新签约": 30, "验收时间": date(2024, 12, 20)})

    assert isinstance(made.source, _Planned)
    assert made.standing is Standing.GRADED
    assert made.grade == "优"


def test_a_value_in_another_unit_is_shown_as_it_is_written() -> None:
    made = same(READY, {**GIVEN, "税收": "28000万元"})

    assert isinstance(made.source, _Planned)
    assert any("实际 28000万元" in text for text in made.sentences())


def test_bad_input_is_told_and_never_guessed() -> None:
    made = same(READY, {**GIVEN, "满意度": "0.95"})

    assert "E404" in {one.code for one in made.diagnostics}
    assert made.grade is None
    assert next(one for one in made.items if one.name.endswith("满意度")).status is Status.MISSING


def test_a_ruleset_that_cannot_be_used() -> None:
    made = perfdsl.compiled(load_source(Source("坏.perf", "规则集 「坏」\n三级指标"))).score({"税收": 1})

    assert made.total is None
    assert made.items == ()
    assert made.diagnostics


def test_threads_share_it() -> None:
    ready = perfdsl.compiled(LOADED)
    units = [{**GIVEN, "税收": Decimal(at) / 100, "满意度": None if at % 3 == 0 else f"{at % 100}%"} for at in range(200)]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda data: (ready.score(data), ready.score(data).sentences()), units))

    for data, (made, said) in zip(units, found, strict=True):
        card = evaluate(LOADED, [{"单位": UNNAMED, **{key: written(value) for key, value in data.items()}}]).scorecards[0]
        assert (made.total, made.low, made.high, said) == (card.total.score, card.total.low, card.total.high, explanation(card))


BOUNDLESS = """规则集 「不封顶」
年度 2024，版本 1，引用 「标准计分方法」
总分 100分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入
等级依据 总分，等级 优 ≥ 90分，等级 差 < 90分
不适用 其余按比例折算，总分 不封顶
偏差 未得满分 须说明原因
数据 a
数据 b
三级指标 甲 100分，不封顶
  当 a < 0 得 0
  否则 得 1分 × a × b
"""


def test_more_points_than_a_form_can_hold_have_no_grade() -> None:
    ready = perfdsl.compiled(load_source(Source("不封顶.perf", BOUNDLESS)))
    assert same(ready, {"a": "1000000000000", "b": "1000000000000"}).grade is None
    assert same(ready, {"a": "10", "b": "10"}).grade == "优"


@pytest.mark.parametrize("reason", [0, False, Fraction(0), "", None, "雨季"])
def test_a_reason_of_any_kind_is_told(reason: object) -> None:
    ready = perfdsl.compiled(load_source(Source("不封顶.perf", BOUNDLESS)))
    same(ready, {"a": "1", "b": "1", "甲.偏差原因": reason})
