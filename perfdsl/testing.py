"""Runs the 测试 blocks of a ruleset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.data.facts import NOTHING, Absent, Fact, Facts, Value
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Expectation, Expected, Given, Kind, Ruleset, Test
from perfdsl.quantity import Quantity, decimal_text, exact_text, of
from perfdsl.record import changed, record
from perfdsl.score import scorecard
from perfdsl.score.explain import because
from perfdsl.score.hung import hung
from perfdsl.score.scorecard import Row, Scorecard

_BEYOND = ("E451", "E455")
"""Scores that no evaluation would let pass."""


@record
class TestResult:
    """A test and what failed in it; nothing where it passed."""

    __test__ = False
    test: Test
    failures: tuple[Diagnostic, ...]


def run_tests(ruleset: Ruleset, found: Sequence[Diagnostic] = ()) -> list[TestResult]:
    """Every test of the ruleset; *found* is what `check` has said (an error there leaves no grade)."""
    return [_run(ruleset, test, found) for test in ruleset.tests]


def _run(ruleset: Ruleset, test: Test, found: Sequence[Diagnostic]) -> TestResult:
    expected = ruleset.inputs()
    items: dict[str, Fact] = {}
    faults: list[Diagnostic] = []
    for given in test.given:
        fact = items.get(given.path, NOTHING)
        new = {"chosen": _chosen(given, faults)} if given.chosen else {
            "value": _value(given, expected.get(given.path), faults)}
        items[given.path] = changed(fact, **new)
    if faults:
        return TestResult(test, tuple(faults))
    card = scorecard(ruleset, Facts(test.name, ruleset.year, items), found)
    beyond = [d for d in card.diagnostics if d.code in _BEYOND]
    return TestResult(test, (*beyond, *_failures(card, test)))


def _chosen(given: Given, faults: list[Diagnostic]) -> Fraction | None:
    number = _number(given.value)
    if number is None or number.unit.kind not in ("score", "number"):
        faults.append(Diagnostic("E105", f"「{given.value.span.text}」不是一个分数", given.value.span, "写成一个数，如 12分"))
        return None
    return number.amount


def _value(given: Given, expected: Expected | None, faults: list[Diagnostic]) -> Value | Absent:
    node = given.value
    if isinstance(node, k.Word):
        return _word(node, expected, faults)
    if isinstance(node, k.Day):
        return node.value
    number = _number(node)
    if number is None or expected is None or expected.kind is not Kind.QUANTITY:
        faults.append(Diagnostic("E105", f"「{node.span.text}」不是「{given.path}」能取的值", node.span, "照数据里的写法写"))
        return Absent.UNREADABLE
    if not number.unit.symbol and expected.unit is not None:
        return of(number.amount, expected.unit)
    wanted = expected.unit.dimension if expected.unit else ()
    if number.unit.dimension != wanted and number.amount:
        faults.append(Diagnostic("E104", f"「{given.path}」的单位与「{node.span.text}」不合", node.span,
                                 f"写成以 {expected.unit.symbol if expected.unit else '（无单位）'} 为单位的数"))
    return number


def _word(node: k.Word, expected: Expected | None, faults: list[Diagnostic]) -> Value | Absent:
    if node.text == "不适用":
        return Absent.NOT_APPLICABLE
    if expected is not None and expected.kind is Kind.CHOICE and node.text not in expected.options:
        faults.append(Diagnostic("E105", f"没有选项「{node.text}」", node.span, f"可以写：{'、'.join(expected.options)}"))
        return Absent.UNREADABLE
    return node.text


def _number(node: k.Expr) -> Quantity | None:
    """The quantity that a test writes down; sums of names have no meaning there."""
    return node.value if isinstance(node, k.Number) else None


def _failures(card: Scorecard, test: Test) -> Iterator[Diagnostic]:
    rows = {row.indicator.path: row for row in card.rows}
    for expectation in test.expectations:
        row = rows.get(expectation.path or "")
        if expectation.grade is not None:
            if card.total.grade != expectation.grade:
                yield _failure(test, expectation, f"等级是「{card.total.grade or '无'}」")
        elif row is None:
            if card.total.score != expectation.score:
                yield _failure(test, expectation, _total(card))
        elif row.score != expectation.score:
            yield _failure(test, expectation, f"得 {_points(row.score)}", _why(row))


def _total(card: Scorecard) -> str:
    if card.total.score is not None:
        return f"总分是 {_points(card.total.score)}"
    return f"总分没有算出：还有 {len(card.total.deciders)} 项没有得分"


def _points(points: Fraction | None) -> str:
    if points is None:
        return "（没有得分）"
    exact = exact_text(points)
    return f"{decimal_text(points)}分" if len(exact) <= 12 else f"{decimal_text(points)}分（{exact}）"


def _why(row: Row) -> tuple[Note, ...]:
    return tuple(Note(text) for text in (hung(row), because(row)) if text)


def _failure(test: Test, expectation: Expectation, found: str, notes: tuple[Note, ...] = ()) -> Diagnostic:
    return Diagnostic("E219", f"测试「{test.name}」不通过：{found}", expectation.span, "", notes)
