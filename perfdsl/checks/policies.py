"""Policies that regulations disagree about: a ruleset says each of them, none has a default."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model import readings as r
from perfdsl.model.effects import TotalLimit
from perfdsl.model.ruleset import Indicator, Outside, Ruleset


def stated(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E203–E206, E226, E227: a ruleset with indicators states its total, both roundings, the grade basis, 不适用, and its caps."""
    if not ruleset.groups:
        return
    if ruleset.declared_total is None:
        yield _unsaid(ruleset, "E203", "总分是多少", r.TOTALS)
    if ruleset.item_rounding is None:
        yield _unsaid(ruleset, "E204", "每项得分怎样取舍", _each("取舍 每项得分", r.ROUNDINGS))
    if ruleset.total_rounding is None:
        yield _unsaid(ruleset, "E204", "总分怎样取舍", _each("取舍 总分", r.ROUNDINGS))
    if ruleset.grades and ruleset.grade_on_unrounded is None:
        yield _unsaid(ruleset, "E205", "等级看取舍前还是取舍后的总分", r.GRADE_BASES)
    if ruleset.not_applicable is None:
        yield _unsaid(ruleset, "E206", "不适用的指标怎样处理", r.NOT_APPLICABLE)
    yield from _tops(ruleset)


def _each(start: str, readings: tuple[r.Reading, ...]) -> tuple[r.Reading, ...]:
    return tuple(r.Reading(f"{start} {one.clause}", one.meaning) for one in readings)


def _unsaid(ruleset: Ruleset, code: str, what: str, readings: tuple[r.Reading, ...]) -> Diagnostic:
    return r.unsaid(code, f"规则集「{ruleset.name}」没有说明{what}", ruleset.span, readings)


def _tops(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """Whether the total, and each bonus or penalty, has an end."""
    over = [i for i in ruleset.indicators() if i.outside is Outside.BONUS or (i.uncapped and i.outside is None)]
    limited = ruleset.uncapped or any(isinstance(x, TotalLimit) and x.condition is None and not x.lowest for x in ruleset.effects)
    if over and not limited:
        yield _unsaid(ruleset, "E226", f"有「{over[0].name}」这样的加分，总分能不能超过声明的总分", r.tops(ruleset.declared_total))
    for item in ruleset.outside:
        if not _ends(item, ruleset):
            bonus = item.outside is Outside.BONUS
            yield r.unsaid("E227", f"「{item.name}」没有说明最多{'加' if bonus else '扣'}多少分", item.span,
                           r.BONUS_CAPS if bonus else r.PENALTY_CAPS, "在它下面加一行：")


def _ends(item: Indicator, ruleset: Ruleset) -> bool:
    """Whether the points of an item outside the total have an end: said, or because no step can go on for ever."""
    joint = ruleset.bonus_limit if item.outside is Outside.BONUS else ruleset.penalty_limit
    rule = item.method.rule if item.method else None
    said = item.uncapped or item.negative or joint is not None or rule is None
    return said or (rule is not None and _bounded(rule.score, "min" if item.outside is Outside.BONUS else "max"))


def _bounded(node: k.Expr, end: str) -> bool:
    """Whether a rule has an end: a bonus by 最高得 or 最多加 (`min`), a penalty by 最低得 or 最多扣 (`max`)."""
    match node:
        case k.Extreme():
            return node.op == end or all(_bounded(operand, end) for operand in node.operands)
        case k.Stepped():
            return _bounded(node.start, end) and all(isinstance(t, k.Adjustment) or t.limit is not None for t in node.totals)
        case k.Choice():
            values = (*(c.value for c in node.cases), *((node.otherwise,) if node.otherwise else ()))
            return all(_bounded(value, end) for value in values)
        case k.Arithmetic():
            return _bounded(node.left, end) and _bounded(node.right, end)
    return isinstance(node, k.Number | k.Judgement | k.Interpolation | k.NotCounted)
