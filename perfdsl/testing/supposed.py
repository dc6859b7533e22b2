"""What a 测试 supposes, as the facts of a unit."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.aggregate import put_together
from perfdsl.data.facts import NOTHING, Absent, Fact, Facts, Value
from perfdsl.dates import from_serial
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Expected, Kind, Ruleset
from perfdsl.model.testcase import Test
from perfdsl.quantity import Quantity, of
from perfdsl.record import changed


def facts_of(ruleset: Ruleset, test: Test, faults: list[Diagnostic]) -> Facts:
    """What the test supposes; several values of one thing are those of the members of a 汇总."""
    most = max((len(given.values) for given in test.given), default=1)
    members = [Facts(f"第{at + 1}个单位", ruleset.year, _items(ruleset, test, at, faults)) for at in range(most)]
    if most == 1:
        return Facts(test.name, ruleset.year, members[0].items)
    whole, found = put_together(ruleset, members, test.name)
    faults += found
    return whole


def _items(ruleset: Ruleset, test: Test, at: int, faults: list[Diagnostic]) -> dict[str, Fact]:
    expected = ruleset.inputs()
    items: dict[str, Fact] = {}
    for given in test.given:
        fact = items.get(given.path, NOTHING)
        node = given.values[min(at, len(given.values) - 1)]
        if 1 < len(given.values) <= at:
            faults.append(Diagnostic("E105", f"「{given.path}」只给了 {len(given.values)} 个单位的值，别处给了 {at + 1} 个", given.span,
                                     "每一项给一样多的值；各单位相同的只写一个"))
        new = {"chosen": _chosen(node, faults)} if given.chosen else {"value": _value(node, given.path, expected.get(given.path), faults)}
        items[given.path] = changed(fact, **new)
    return items


def _chosen(node: k.Expr, faults: list[Diagnostic]) -> Fraction | None:
    number = _number(node)
    if number is None or number.unit.kind not in ("score", "number"):
        faults.append(Diagnostic("E105", f"「{node.span.text}」不是一个分数", node.span, "写成一个数，如 12分"))
        return None
    return number.amount


def _value(node: k.Expr, path: str, expected: Expected | None, faults: list[Diagnostic]) -> Value | Absent:
    if isinstance(node, k.Word):
        return _word(node, expected, faults)
    if isinstance(node, k.Day) and expected is not None and expected.kind is Kind.DATE:
        return node.value
    number = _number(node)
    if number is not None and expected is not None and expected.kind is Kind.DATE and (day := from_serial(number.shown)):
        return day
    if number is None or expected is None or expected.kind is not Kind.QUANTITY:
        faults.append(Diagnostic("E105", f"「{node.span.text}」不是「{path}」能取的值", node.span, "照数据里的写法写"))
        return Absent.UNREADABLE
    if not number.unit.symbol and expected.unit is not None:
        return of(number.amount, expected.unit)
    wanted = expected.unit.dimension if expected.unit else ()
    if number.unit.dimension != wanted and number.amount:
        faults.append(Diagnostic("E104", f"「{path}」的单位与「{node.span.text}」不合", node.span,
                                 f"写成以 {expected.unit.symbol if expected.unit else '（无单位）'} 为单位的数"))
    return number


def _word(node: k.Word, expected: Expected | None, faults: list[Diagnostic]) -> Value | Absent:
    if node.text == "不适用":
        return Absent.NOT_APPLICABLE
    if expected is not None and expected.kind is Kind.CHOICE and node.text not in expected.options:
        faults.append(Diagnostic("E105", f"没有选项「{node.text}」", node.span, f"可以写：{'、'.join(expected.options)}"))
        return Absent.UNREADABLE
    if expected is not None and expected.kind in (Kind.QUANTITY, Kind.DATE):
        wanted = "日期" if expected.kind is Kind.DATE else "数"
        faults.append(Diagnostic("E105", f"「{node.text}」不是{wanted}", node.span, "照数据里的写法写；不适用写「不适用」"))
        return Absent.UNREADABLE
    return node.text


def _number(node: k.Expr) -> Quantity | None:
    """The quantity that a test writes down; sums of names have no meaning there."""
    return node.value if isinstance(node, k.Number) else None
