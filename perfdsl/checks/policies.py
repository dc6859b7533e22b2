"""Policies that regulations disagree about: a ruleset says each of them, none has a default."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.effects import TotalLimit
from perfdsl.model.ruleset import Indicator, Outside, Ruleset

_ROUNDINGS = (
    ("保留2位 四舍五入", "8.618304 得 8.62：一体化平台的计分规则"),
    ("保留2位 截断", "8.618304 得 8.61：一体化平台的界面比较"),
    ("保留1位 四舍五入", "总分只留一位：功效系数法的教材"),
    ("不取舍", "保留精确值，只在总分取舍"),
)
_GRADE_BASES = (
    ("等级依据 取舍前总分", "89.995 打印为 90.00，等级是良：一体化平台"),
    ("等级依据 总分", "89.995 先取舍为 90.00，等级是优：只看打印出来的总分"),
)
_NOT_APPLICABLE = (
    ("不适用 其余按比例折算", "用适用指标的得分按百分制折算：自评表填表说明"),
    ("不适用 同一级指标内折算", "保住 10/50/30/10 的结构，只在同一级指标内折算"),
    ("不适用 得满分", "没有楼堂馆所项目的部门按满分计算：湖南部门整体"),
    ("不适用 得零分", "没有目标任务的单项不得分：有的市县考核办法"),
)
_TOPS = (
    ("总分 不高于 100分", "加分后最多到满分"),
    ("总分 不封顶", "加分不封顶：先进村考核"),
)
_CAPS = (
    ("最多加 2分", "大于目标每增加 1% 加 1 分，最高加 2 分：衢州村镇建设考核"),
    ("不封顶", "加分不封顶：先进村考核"),
)


def stated(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E203–E206, E226, E227: a ruleset with indicators states its total, both roundings, the grade basis, 不适用, and its caps."""
    if not ruleset.groups:
        return
    if ruleset.declared_total is None:
        yield _unsaid(ruleset, "E203", "总分是多少", (("总分 100分", "百分制"),))
    if ruleset.item_rounding is None:
        yield _unsaid(ruleset, "E204", "每项得分怎样取舍", _each("取舍 每项得分", _ROUNDINGS))
    if ruleset.total_rounding is None:
        yield _unsaid(ruleset, "E204", "总分怎样取舍", _each("取舍 总分", _ROUNDINGS))
    if ruleset.grades and ruleset.grade_on_unrounded is None:
        yield _unsaid(ruleset, "E205", "等级看取舍前还是取舍后的总分", _GRADE_BASES)
    if ruleset.not_applicable is None:
        yield _unsaid(ruleset, "E206", "不适用的指标怎样处理", _NOT_APPLICABLE)
    yield from _tops(ruleset)


def _tops(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """Whether the total, and each bonus or penalty, has an end."""
    over = [i for i in ruleset.indicators() if i.outside is Outside.BONUS or i.uncapped]
    limited = ruleset.uncapped or any(isinstance(x, TotalLimit) and x.condition is None for x in ruleset.effects)
    if over and not limited:
        yield _unsaid(ruleset, "E226", f"有「{over[0].name}」这样的加分，总分能不能超过声明的总分", _TOPS)
    for item in ruleset.outside:
        if not _ends(item, ruleset):
            yield _uncapped(item)


def _ends(item: Indicator, ruleset: Ruleset) -> bool:
    """Whether the points of an item outside the total have an end: said, or because no step can go on for ever."""
    joint = ruleset.bonus_limit if item.outside is Outside.BONUS else ruleset.penalty_limit
    rule = item.method.rule if item.method else None
    said = item.uncapped or item.negative or joint is not None or rule is None
    return said or (rule is not None and _bounded(rule.score))


def _bounded(node: k.Expr) -> bool:
    match node:
        case k.Extreme():
            return True
        case k.Stepped():
            return _bounded(node.start) and all(isinstance(t, k.Adjustment) or t.limit is not None for t in node.totals)
        case k.Choice():
            return all(_bounded(v) for v in (*(c.value for c in node.cases), *((node.otherwise,) if node.otherwise else ())))
    return isinstance(node, k.Number | k.Judgement | k.Interpolation | k.NotCounted)


def _uncapped(item: Indicator) -> Diagnostic:
    bonus = item.outside is Outside.BONUS
    readings = _CAPS if bonus else (("最多扣 10分", "扣到一定数为止"), ("不封顶", "按次数一直扣下去"))
    notes = tuple(Note(f"实践中的写法：{clause}（{meaning}）") for clause, meaning in readings[1:])
    return Diagnostic("E227", f"「{item.name}」没有说明最多{'加' if bonus else '扣'}多少分", item.span,
                      f"在它下面加一行：{readings[0][0]}（{readings[0][1]}）", notes)


def _each(start: str, readings: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{start} {clause}", meaning) for clause, meaning in readings)


def _unsaid(ruleset: Ruleset, code: str, what: str, readings: tuple[tuple[str, str], ...]) -> Diagnostic:
    """What is not said, with every reading found in practice, its source and the clause to paste."""
    notes = tuple(Note(f"实践中的写法：{clause}（{meaning}）") for clause, meaning in readings[1:])
    return Diagnostic(code, f"规则集「{ruleset.name}」没有说明{what}", ruleset.span, f"加一行：{readings[0][0]}（{readings[0][1]}）", notes)
