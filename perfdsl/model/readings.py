"""What regulations leave unsaid: the readings found in practice, each with the clause that says it and where it was found."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic, Note, Place
from perfdsl.quantity import decimal_text
from perfdsl.record import record


@record
class Reading:
    """A clause to paste, and what it means with its source."""

    clause: str
    meaning: str


def unsaid(code: str, message: str, place: Place, readings: Sequence[Reading], before: str = "加一行：") -> Diagnostic:
    """A finding that names every reading: the first as the repair, the others as notes."""
    first, *others = readings
    notes = tuple(Note(f"另一种读法：{one.clause}（{one.meaning}）") for one in others)
    return Diagnostic(code, message, place, f"{before}{first.clause}（{first.meaning}）", notes)


TOTALS = (Reading("总分 100分", "百分制"),)
ROUNDINGS = (
    Reading("保留2位 四舍五入", "8.618304 得 8.62：一体化平台计分规则"),
    Reading("保留2位 截断", "8.618304 得 8.61：一体化平台界面比较"),
    Reading("保留1位 四舍五入", "总分只留一位：功效系数法的教材"),
    Reading("不取舍", "保留精确值"),
)
GRADE_BASES = (
    Reading("等级依据 取舍前总分", "89.995 打印为 90.00，是良：一体化平台"),
    Reading("等级依据 总分", "89.995 先取舍为 90.00，是优：只看打印出来的总分"),
)
NOT_APPLICABLE = (
    Reading("不适用 其余按比例折算", "适用指标的得分按百分制折算：自评表填表说明"),
    Reading("不适用 同一级指标内折算", "保住 10/50/30/10，只在同一级指标内折算"),
    Reading("不适用 得满分", "没有楼堂馆所项目的部门按满分计算：湖南部门整体"),
    Reading("不适用 得零分", "没有目标任务的单项不得分：市县考核办法"),
)
BONUS_CAPS = (
    Reading("最多加 2分", "每增加 1% 加 1 分，最高加 2 分：衢州村镇建设考核"),
    Reading("不封顶", "加分不封顶：先进村考核"),
)
PENALTY_CAPS = (
    Reading("最多扣 10分", "扣到一定数为止"),
    Reading("不封顶", "每出现一次扣一次，没有底"),
)
PART_STEPS = (
    Reading("不足一步 舍去", "2.5 步算 2 步，按整步扣；岳阳、湖南的办法都只写「每超过一个百分点」，没有写明"),
    Reading("不足一步 按比例", "2.5 步算 2.5 步"),
    Reading("不足一步 进一", "2.5 步算 3 步"),
)
COMBINERS = (
    Reading("合成 平均", "各目标得分的平均"),
    Reading("合成 全部达标", "全部完成才得分"),
    Reading("合成 取高", "取得分最高的一个"),
    Reading("合成 取低", "取完成得最差的一个"),
    Reading("合成 加权", "各目标另有分值；只有个别未完成扣 30% 的（成都郫都 2026 复核），用「当 … 得 …」写"),
)
AGGREGATIONS = (
    Reading("汇总 累加", "绝对值直接累加，如数量、金额：湖北长江禁捕 2020"),
    Reading("汇总 按 项目资金 加权", "相对值按资金额度加权平均，如合格率：湖北长江禁捕 2020"),
    Reading("汇总 平均", "各单位简单平均"),
    Reading("汇总 得分 按 项目资金 加权", "定性指标：各单位先计分，得分再按资金额度加权：湖北长江禁捕 2020"),
)


def tops(declared: Fraction | None) -> tuple[Reading, ...]:
    """Whether the total can be more than the declared one."""
    return (Reading(f"总分 不高于 {decimal_text(declared or Fraction(100))}分", "加分后最多到满分"),
            Reading("总分 不封顶", "加分不封顶：先进村考核"))


def directions(value: str) -> tuple[Reading, ...]:
    """The directions that a bare target can have."""
    return (Reading(f"目标 ≥ {value}", "数量、质量类多是不低于"), Reading(f"目标 ≤ {value}", "成本、投诉类多是不高于"),
            Reading(f"目标 = {value}", "要求正好的，如 =100%"))


def edges(value: str) -> tuple[Reading, ...]:
    """Whether the end of a band belongs to it."""
    return (Reading(f"{value}（含）", "这一档包括它"),
            Reading(f"{value}（不含）", "它归相邻的一档；80%–60%（含）的写法两边都有人算"))
