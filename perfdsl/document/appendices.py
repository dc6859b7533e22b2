"""What stands behind the signature: how the ruleset came about, and its tests as examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from perfdsl.document.book import Book
from perfdsl.document.content import Cell, Grid
from perfdsl.document.formulas import formula, name, points_number, quantity
from perfdsl.document.lineage import Generation
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.testcase import Expectation, Given, Test, What
from perfdsl.quantity import Quantity
from perfdsl.units import PURE, Unit

_WIDTHS = (60, 260, 420, 260)


def history(book: Book, generations: Sequence[Generation]) -> None:
    """The chain of 沿用 where there is one."""
    if len(generations) < 2:
        return
    book.attachment("版本沿革")
    for at, one in enumerate(generations):
        base = f"在「{generations[at - 1].name}」{_year(generations[at - 1])}的基础上，作下列改动：" if at else "为最初的规定。"
        version = f"（版本{one.version}）" if one.version else ""
        changes = one.changes if one.changes or not at else ("没有改动",)
        book.item(f"「{one.name}」{_year(one)}{version}，文件{one.file}，{base}", [f"{text}" for text in changes] if at else [])


def _year(one: Generation) -> str:
    return f"{one.year}年度" if one.year else ""


def editors(book: Book) -> None:
    """What was noted of sources and use; nothing where there is none."""
    kinds = {kind: list(texts) for kind, texts in book.remarks.found.items() if texts}
    if kinds:
        book.aside("编者注")
        book.plain("以下供编写和核对时用，不是本办法的内容")
        for kind, texts in kinds.items():
            book.item(f"{kind}：", texts)


def examples(book: Book, ruleset: Ruleset) -> None:
    """Every test: what it is of, what is given, what follows."""
    if not ruleset.tests:
        return
    book.attachment("算例")
    book.plain("下列算例由本办法的规定计算得出，没有列出的数据视为未填。")
    units = {one.name: one.unit for one in ruleset.applications}
    rows = tuple((Cell(str(number)), Cell(test.name, left=True), Cell("\n".join(_given(test)), left=True),
                  Cell("\n".join(_expected(test, units)), left=True)) for number, test in enumerate(ruleset.tests, 1))
    book.add(Grid(("序号", "情形", "给定", "结果"), rows, _WIDTHS))


def _given(test: Test) -> Iterator[str]:
    yield from (given_text(one) for one in test.given)


def given_text(one: Given) -> str:
    """`税收为2.4亿元`; values of several units stand side by side."""
    what = f"{_leaf(one.path)}的评定得分" if one.chosen else _leaf(one.path)
    return f"{what}：{'、'.join(formula(value).strip('「」') for value in one.values)}"


def _leaf(path: str) -> str:
    return name(path.rpartition("/")[2])


def _expected(test: Test, units: dict[str, Unit | None]) -> Iterator[str]:
    yield from (expected_text(one, units) for one in test.expectations)


def expected_text(one: Expectation, units: dict[str, Unit | None]) -> str:
    """`税收得12分`, `总分90分`, `等级为「优」`."""
    points = one.score if one.score is not None else Fraction(0)
    match one.what:
        case What.SCORE:
            return f"{_leaf(one.path)}得{points_number(points)}"
        case What.NOTHING:
            return f"{_leaf(one.path)}不适用"
        case What.TOTAL:
            return f"总分{points_number(points)}"
        case What.GRADE:
            return f"等级为「{one.words}」"
        case What.VALUE:
            return f"{one.path}为{_value(one, units.get(one.path))}"
        case What.ALERT:
            return f"提示「{one.words}」"
        case What.BARRED:
            return "不得参评"
        case _:
            assert_never(one.what)


def _value(one: Expectation, unit: Unit | None) -> str:
    if one.score is None:
        return one.words
    return quantity(Quantity(one.score, unit)) if unit else f"{quantity(Quantity(one.score, PURE))}分"
