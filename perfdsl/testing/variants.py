"""Small changes of an expression, a condition or any other record of a ruleset: each with its place and in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from perfdsl.dates import chinese_date
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Outcome
from perfdsl.quantity import Quantity, of
from perfdsl.record import changed, record
from perfdsl.source import Span
from perfdsl.units import is_counted

_BESIDE = {"≥": ">", ">": "≥", "≤": "<", "<": "≤"}
_AGAINST = {"≥": "<", ">": "≤", "≤": ">", "<": "≥", "=": "≠", "≠": "="}
_ABSOLUTE = ("绝对值", "abs")
"""Its 0 is not written."""
_BOUNDS = ("最低得", "最高得", "扣", "加满", "最多", "at_", "until", "floor", "cap")


@record
class Variant:
    """*node* after one change.  `judged`: it changes between which points an officer may choose."""

    node: Any
    span: Span
    words: str
    judged: bool = False


def variants(node: Any) -> Iterator[Variant]:
    """Every change of *node* or of one thing inside it."""
    yield from _own(node)
    if isinstance(node, k.Judgement):
        yield from _narrower(node)
        return
    for name in getattr(node, "__meant__", ()):
        for made in inside(getattr(node, name)):
            yield Variant(changed(node, **{name: made.node}), made.span, made.words, made.judged)


def inside(value: Any) -> Iterator[Variant]:
    """The changes of a field: of a record, or of one thing in a tuple."""
    if isinstance(value, tuple):
        for at, one in enumerate(value):
            for made in inside(one):
                yield Variant((*value[:at], made.node, *value[at + 1:]), made.span, made.words, made.judged)
    elif hasattr(value, "__meant__") and not isinstance(value, Quantity | Span):
        yield from variants(value)


def _own(node: Any) -> Iterator[Variant]:
    match node:
        case k.Number() if not node.span.text.startswith(_ABSOLUTE):
            yield from (Variant(k.Number(value, node.span), node.span, _of_number(node, value)) for value in beside(node.value))
        case k.Day():
            yield from (Variant(k.Day(day, node.span), node.span, _of_days(node.value, day)) for day in next_to(node.value))
        case Outcome():
            yield Variant(changed(node, words=f"不是{node.words}"), node.span, f"目标「{node.words}」改为别的话")
        case k.Comparison():
            yield from _compared(node)
        case k.Logic() if node.op in ("且", "或"):
            other = "或" if node.op == "且" else "且"
            yield Variant(changed(node, op=other), node.span, f"「{node.span.text}」里的「{node.op}」改为「{other}」")
        case k.Choice():
            yield from _reordered(node)
        case k.Extreme() if len(node.operands) == 2:
            yield Variant(node.operands[0], node.span, _of_extreme(node))
        case k.Steps():
            yield from _stepped(node)
        case k.StepTotal():
            yield from _total(node)
        case k.Adjustment():
            yield Variant(changed(node, sign=-node.sign), node.span, f"「{node.span.text}」的加、扣对调")


def _of_extreme(node: k.Extreme) -> str:
    first, text = node.operands[0], _line(node.span)
    if first.span == node.span:
        return f"「{text}」只看一边"
    if text.startswith(_BOUNDS):
        return f"去掉「{text}」的限制"
    return f"「{text}」改为「{first.span.text}」"


# ---- numbers and days


def beside(value: Quantity) -> tuple[Quantity, ...]:
    """A little more and a little less: 1 of what is counted and of percentages, else a tenth; of 0 only more."""
    unit, shown = value.unit, value.shown
    tenth = abs(shown) / 10 if shown else Fraction(1)
    apart = Fraction(1) if is_counted(unit) or unit.symbol else tenth
    apart = tenth if unit.kind in ("money", "score", "number") else apart
    more = of(shown + apart, unit)
    return (more, of(shown - apart, unit)) if shown else (more,)


def next_to(day: date) -> tuple[date, date]:
    return day + timedelta(1), day - timedelta(1)


def _instead(old: Quantity, new: Quantity) -> str:
    return f"{old} 改为 {new}"


def _of_number(node: k.Number, new: Quantity) -> str:
    """`90% 改为 91%`; with the words before it where the number stands in a sentence, or in none (扣完为止)."""
    said, text = _instead(node.value, new), node.span.text.strip().replace("−", "-")
    if text == str(node.value):
        return said
    return f"「{_line(node.span)}」{'的' if str(node.value) in text else '里没有写出的'} {said}"


def _of_days(old: date, new: date) -> str:
    return f"{chinese_date(old)}改为{chinese_date(new)}"


# ---- comparisons and lists


def _compared(node: k.Comparison) -> Iterator[Variant]:
    for table in (_BESIDE, _AGAINST):
        if (op := table.get(node.op.value)) is not None:
            words = f"「{node.span.text}」的 {node.op.value} 改为 {op}"
            yield Variant(changed(node, op=k.Comparator(op)), node.span, words)


def _reordered(node: k.Choice) -> Iterator[Variant]:
    for at, case in enumerate(node.cases):
        rest = (*node.cases[:at], *node.cases[at + 1:])
        if rest:
            yield Variant(changed(node, cases=rest), case.span, f"去掉「{_line(case.span)}」")
        elif node.otherwise is not None:
            yield Variant(node.otherwise, case.span, f"去掉「{_line(case.span)}」")
        if at + 1 < len(node.cases):
            after = node.cases[at + 1]
            made = (*node.cases[:at], after, case, *node.cases[at + 2:])
            yield Variant(changed(node, cases=made), case.span, f"与下一条「{_line(after.span)}」对调先后")


def _line(span: Span) -> str:
    return span.text.partition("\n")[0].strip()


# ---- steps


def _stepped(node: k.Steps) -> Iterator[Variant]:
    for size in beside(node.size):
        size = size if size.amount > 0 else of(node.size.shown / 2, node.size.unit)
        yield Variant(changed(node, size=size), node.span, f"「{node.span.text}」的一步 {_instead(node.size, size)}")
    for rounding in k.StepRounding:
        if rounding is not node.rounding:
            words = f"「{node.span.text}」不足一步的，{node.rounding.value}改为{rounding.value}"
            yield Variant(changed(node, rounding=rounding), node.span, words)


def _total(node: k.StepTotal) -> Iterator[Variant]:
    yield Variant(changed(node, sign=-node.sign), node.span, f"「{node.span.text}」的加、扣对调")
    if node.limit is not None:
        yield Variant(changed(node, limit=None), node.span, f"去掉「{node.span.text}」最多 {node.limit.span.text} 的限制")


# ---- what an officer may choose


def _narrower(node: k.Judgement) -> Iterator[Variant]:
    """Only a narrower interval: that a score outside is refused cannot be written as a test."""
    for name in ("low", "high"):
        if getattr(node, f"{name}_closed"):
            end = getattr(node, name).span.text
            yield Variant(changed(node, **{f"{name}_closed": False}), node.span, f"「{node.span.text}」的 {end} 由含改为不含", True)
        for made in variants(getattr(node, name)):
            if isinstance(made.node, type(getattr(node, name))) and _inward(getattr(node, name), made.node, name == "low"):
                yield Variant(changed(node, **{name: made.node}), made.span, f"「{node.span.text}」的 {made.words}", True)


def _inward(old: k.Expr, new: k.Expr, low: bool) -> bool:
    """Whether one number of an end has grown (*low*) or shrunk."""
    pairs = zip(_numbers(old), _numbers(new), strict=True)
    return all((b >= a) if low else (b <= a) for a, b in pairs)


def _numbers(node: k.Expr) -> list[Fraction]:
    from perfdsl.model.walk import every

    return [one.value.amount for one in every(node) if isinstance(one, k.Number)]
