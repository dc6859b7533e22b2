"""The sentences and columns that all writers of an impact share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.compare.affected import JOINT, NO_GRADE, Impact, Ranged, Share, Uncompared, UnitImpact
from perfdsl.quantity import exact_text, fixed_text
from perfdsl.score.wording import minus

CODE = "单位代码"
UNITS = ("单位", CODE, "原得分", "新得分", "变化", "原等级", "新等级", "主要因为")
EDITS = ("改动", "平均影响")
GRADES = ("等级", "原有几个", "现有几个")
RANGED = ("单位", CODE, "原得分", "新得分", "原等级", "新等级", "还要填的")
LACKING = ("单位", CODE, "文件", "不能比较的原因")
NUMBERS = ("原得分", "新得分", "变化", "平均影响", "原有几个", "现有几个")
_CAUSES = 3


def heading(impact: Impact) -> str:
    return f"{impact.old} → {impact.new}"


def counted(impact: Impact) -> str:
    """How many units, how many change, by how much on average; how many could not be compared."""
    touched, crossed = len(impact.touched), sum(count for _, _, count in impact.crossings)
    said = [f"比较 {len(impact.units)} 个单位：得分或等级变化的 {touched} 个，其中等级变化的 {crossed} 个，平均 {signed(impact.mean_change)} 分"
            if impact.units else "没有一个单位能比较出确定的得分"]
    said += [f"缺新规则要的数据、只能给出范围的 {len(impact.ranged)} 个"] if impact.ranged else []
    said += [f"不能比较的 {len(impact.uncompared)} 个"] if impact.uncompared else []
    return "；".join(said) + "。"


def to_fill(impact: Impact) -> str:
    """What to do so that every unit is compared; empty where there is nothing to do."""
    cells = "".join(f"「{name}」" for name in impact.lacking)
    return f"在数据里补上 {cells}，再算一次就有确定的得分；对本单位不适用的，填「不适用」。" if cells else ""


def ranged_cells(one: Ranged) -> tuple[str, ...]:
    """The cells of `RANGED`."""
    return (one.name, one.code, score(one.old), f"{score(one.low)} 至 {score(one.high)}", one.old_grade or NO_GRADE, "或".join(one.grades) or NO_GRADE,
            "、".join(one.lacking))


def lacking_cells(one: Uncompared) -> tuple[str, ...]:
    """The cells of `LACKING`."""
    return one.name, one.code, one.file, one.why


def told(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """The table without the column of codes where no unit has one."""
    kept = [at for at, heading in enumerate(headings) if heading != CODE or any(row[at] for row in rows)]
    return [headings[at] for at in kept], [[row[at] for at in kept] for row in rows]


def signed(value: Fraction) -> str:
    """`+1.36`, `−0.5`, `0`; what has no end in four places."""
    text = exact_text(value)
    if "/" in text or len(text.partition(".")[2]) > 4:
        text = f"{fixed_text(value, 4)}"
    return minus(f"+{text}" if value > 0 else text)


def score(value: Fraction) -> str:
    return minus(exact_text(value)) if "/" not in exact_text(value) else minus(fixed_text(value, 4))


def edit_text(impact: Impact, share: Share) -> str:
    return "几处改动合在一起（分开时有的没有得分）" if share.edit == JOINT else impact.edits[share.edit]


def unit_cells(impact: Impact, unit: UnitImpact) -> tuple[str, ...]:
    """The cells of `UNITS`."""
    return (unit.name, unit.code, score(unit.old), score(unit.new), signed(unit.change), unit.old_grade or NO_GRADE, unit.new_grade or NO_GRADE,
            "；".join(causes(impact, unit)))


def causes(impact: Impact, unit: UnitImpact) -> Iterator[str]:
    """The edits that do most to the unit, with what they do; how many others there are."""
    ranked = sorted(unit.shares, key=lambda share: -abs(share.points))
    for share in ranked[:_CAUSES]:
        error = "" if share.error is None else f"（标准误 {fixed_text(share.error, 4)}）"
        yield f"{edit_text(impact, share)} {signed(share.points)}{error}"
    if len(ranked) > _CAUSES:
        yield f"其他 {len(ranked) - _CAUSES} 处 {signed(sum((share.points for share in ranked[_CAUSES:]), Fraction(0)))}"


def edit_cells(impact: Impact) -> list[tuple[str, str]]:
    """The cells of `EDITS`; the edits that do nothing to any unit in one line."""
    acting = [(edit_text(impact, share), signed(share.points)) for share in impact.mean]
    idle = len(impact.edits) - sum(share.edit != JOINT for share in impact.mean)
    return [*acting, *([(f"其余 {idle} 处没有改变任何单位的得分", "0")] if idle else []), ("合计", signed(impact.mean_change))]


def crossings(impact: Impact) -> list[str]:
    return [f"{old} → {new}：{count} 个" for old, new, count in impact.crossings]


def method(impact: Impact) -> str:
    """How the parts were found."""
    if impact.orders:
        return f"各处改动的影响取 {impact.orders} 种随机次序的平均（次序固定，可以重算），注明标准误；合计与变化分毫不差。"
    return "各处改动的影响是所有次序的平均（沙普利值），与次序无关，合计与变化分毫不差。"
