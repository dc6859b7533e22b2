"""What holds for the whole: the total and its order, roundings, 不适用, grades, reasons, alerts, 结果应用."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from perfdsl.document.book import Book
from perfdsl.document.formulas import boxed, condition, plain_number, points_number
from perfdsl.document.sentences import rule_lines
from perfdsl.document.steps import Manner
from perfdsl.model import effects as e
from perfdsl.model.ruleset import Grade, NotApplicable, Outside, Ruleset
from perfdsl.quantity import Rounding, RoundingMode

_MODES = {RoundingMode.HALF_UP: "四舍五入", RoundingMode.TRUNCATE: "其后截去", RoundingMode.UP: "其后进一", RoundingMode.HALF_EVEN: "四舍六入五成双"}
_BOUNDS = {"≥": "不低于", "≤": "不高于", ">": "高于", "<": "低于", "=": "等于", "≠": "不等于"}
_ON_TOTAL, _ON_GRADE = (e.TotalLimit, e.TotalGives), (e.GradeLimit, e.GradeLowered, e.GradeSettled, e.Barred)


def rounding(how: Rounding) -> str:
    """`保留2位小数，四舍五入`."""
    return "保留精确值，不作取舍" if how.places is None else f"保留{how.places}位小数，{_MODES[how.mode]}"


def not_applicable(policy: NotApplicable, points: Fraction | None = None) -> str:
    """What becomes of the weight of an item that does not apply."""
    match policy:
        case NotApplicable.SCALE_ALL:
            return "其分值由其余适用的指标按比例承担，即总分 = 其余指标得分之和 × 分值合计 ÷ 其余指标分值之和"
        case NotApplicable.SCALE_GROUP:
            return "其分值由同一个一级指标下其余适用的指标按比例承担"
        case NotApplicable.FULL_SCORE:
            return "得满分"
        case NotApplicable.ZERO_SCORE:
            return "不得分"
        case NotApplicable.POINTS:
            return f"得{points_number(points or Fraction(0))}"
        case _:
            assert_never(policy)


# ---- the total


def total(book: Book, ruleset: Ruleset) -> None:
    """The articles on the total."""
    steps = list(_steps(ruleset))
    if len(steps) == 1:
        book.article("总分的计算", f"{steps[0]}，得出总分。")
    else:
        book.article("总分的计算", "总分按下列次序得出：", steps)
    roundings = [f"{what}{rounding(how)}" for what, how in (("每项得分", ruleset.item_rounding), ("总分", ruleset.total_rounding)) if how]
    if roundings:
        book.article("取舍", "；".join(roundings) + "。")
    if ruleset.not_applicable is not None:
        book.article("不适用", f"指标不适用于本单位的，除该项指标另有规定外，{not_applicable(ruleset.not_applicable)}。")


def _steps(ruleset: Ruleset) -> Iterator[str]:
    yield "各项指标按本办法计分，每项得分取舍后相加"
    for kind, verb, limit in ((Outside.BONUS, "加", ruleset.bonus_limit), (Outside.PENALTY, "扣", ruleset.penalty_limit)):
        items = [i.name for i in ruleset.outside if i.outside is kind]
        if items:
            most = f"，各项合计最多{verb}{points_number(limit)}" if limit is not None else ""
            added = "加上" if verb == "加" else "减去"
            yield f"{added}{kind.value}（{'、'.join(items)}）应{verb}的分{most}"
    yield from (effect(one) for one in ruleset.effects if isinstance(one, e.TotalGives))
    yield from (effect(one) for one in ruleset.effects if isinstance(one, e.TotalLimit))
    if ruleset.uncapped:
        yield "总分不封顶"


def effect(one: e.Effect) -> str:
    """What a clause does to the total or to the grade."""
    held = f"{condition(one.condition)}的，" if one.condition is not None else ""
    match one:
        case e.TotalLimit():
            return f"{held}总分{'最低' if one.lowest else '最高'}为{boxed(one.points)}"
        case e.TotalGives():
            return f"{held}总分为{boxed(one.points)}"
        case e.GradeLimit():
            return f"{held}等级最高定为「{one.grade}」"
        case e.GradeLowered():
            return f"{held}等级降一级，已经是最低一级的不再降"
        case e.GradeSettled():
            return f"{held}不论总分多少，等级定为「{one.grade}」"
        case e.Barred():
            return f"{held}不得参评，照常计分，不评等级"
        case _:
            assert_never(one)


# ---- the grade


def grades(book: Book, ruleset: Ruleset) -> None:
    """The articles on the grade; none where there are no grades."""
    if ruleset.grades:
        number = "取舍前的总分" if ruleset.grade_on_unrounded else "取舍后的总分"
        book.article("等级", f"等级按{number}评定，按下列次序以最先符合的一条为准：", (grade(one) for one in ruleset.grades))
    said = [effect(one) for one in ruleset.effects if isinstance(one, _ON_GRADE)]
    if said:
        book.article("等级的调整", "评出等级以后，按下列次序逐条调整：", said)


def grade(one: Grade) -> str:
    """`总分不低于90分的，为「优」`."""
    also = f"，{'且' if one.joined == '且' else '或者'}{condition(one.condition)}" if one.condition is not None else ""
    return f"总分{_BOUNDS[one.op.value]}{points_number(one.bound)}{also}的，为「{one.name}」"


# ---- beside the points


def beside(book: Book, ruleset: Ruleset) -> None:
    """The articles on reasons and alerts."""
    due = [reason(one.threshold, one.inclusive) for one in ruleset.reasons_due]
    if due:
        book.article("偏差说明", "有下列情形之一的指标，应当说明偏差原因：", due)
    if ruleset.alerts:
        book.article("预警", "有下列情形的，予以提示，得分不变：",
                     (f"{condition(one.condition)}的，提示「{one.text}」" for one in ruleset.alerts))


def reason(threshold: Fraction | None, inclusive: bool) -> str:
    """`完成率与100%相差超过20%的`."""
    if threshold is None:
        return "没有得满分的"
    return f"完成率与100%相差{'达到' if inclusive else '超过'}{plain_number(threshold * 100)}%的"


def applications(book: Book, ruleset: Ruleset) -> None:
    """An article for each 结果应用."""
    for one in ruleset.applications:
        unit = f"以{one.unit.symbol}为单位" if one.unit and one.unit.symbol else ""
        book.article(one.name, f"{one.name}{unit}，按下列规定得出：", rule_lines(one.rule, Manner(plain=True)))
        for basis in (said for text in one.basis if (said := book.remarks.basis(text))):
            book.plain(f"依据：{basis}")
