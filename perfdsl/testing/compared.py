"""What a scorecard has in place of what a 测试 expects."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model.testcase import Expectation, Test, What
from perfdsl.quantity import Quantity, decimal_text, exact_text
from perfdsl.score.explain import because
from perfdsl.score.hung import hung
from perfdsl.score.scorecard import Row, Scorecard, Status


def failures(card: Scorecard, test: Test) -> Iterator[Diagnostic]:
    rows = {row.indicator.path: row for row in card.rows}
    for expected in test.expectations:
        row = rows.get(expected.path)
        said = row_differs(row, expected) if row is not None else whole_differs(card, expected)
        if said:
            yield _failure(test, expected, said, _why(row) if row is not None else ())


def row_differs(row: Row, expected: Expectation) -> str:
    """What the row has in place of what is expected; nothing where it agrees."""
    if expected.what is What.NOTHING:
        return "" if row.status is Status.NOT_APPLICABLE else f"得 {_points(row.score)}"
    return "" if row.score == expected.score else f"得 {_points(row.score)}"


def whole_differs(card: Scorecard, expected: Expectation) -> str:
    match expected.what:
        case What.TOTAL:
            return "" if card.total.score == expected.score else _total(card)
        case What.GRADE:
            return "" if card.total.grade == expected.words else f"等级是「{card.total.grade or '无'}」"
        case What.BARRED:
            return "" if card.total.barred else "没有一条规定不得参评"
        case What.ALERT:
            alerts = [alert.text for alert in card.alerts]
            return "" if expected.words in alerts else f"预警是：{'、'.join(alerts) or '无'}"
        case What.VALUE:
            return _result_differs(card, expected)
    return ""


def _result_differs(card: Scorecard, expected: Expectation) -> str:
    found = next(r for r in card.results if r.application.name == expected.path).value
    if isinstance(found, Quantity) and found.amount == expected.score:
        return ""
    return f"「{expected.path}」是 {'（算不出）' if found is None else found}"


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
