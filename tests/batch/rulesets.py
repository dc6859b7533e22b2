"""Random rulesets of every shape that rules have, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from perfdsl.data.names import Actual, Slot, Slots
from perfdsl.model.ruleset import Kind
from perfdsl.pipeline import load
from tests.batch.conftest import csv_text

HEAD = """规则集 「随机」，年度 2023，引用 「标准计分方法」
总分 {total}分
取舍 每项得分 {item}
取舍 总分 保留2位 四舍五入
等级依据 {basis}
等级 优 ≥ {best}分，等级 中 ≥ {fair}分，等级 差 < {fair}分
不适用 {nothing}
偏差 未得满分 须说明原因
偏差 {reached} 20% 须说明原因
数据 甲 万元
数据 乙 万元
数据 丙
数据 丁（是、否）
数据 日子 日期
"""
_ROUNDINGS = ("保留2位 四舍五入", "保留1位 四舍五入", "保留2位 截断", "保留2位 四舍六入五成双", "不取舍")


def ruleset(seed: int) -> str:
    """The text of one."""
    dice = random.Random(seed)
    count = dice.randint(2, 5)
    weights = [dice.randint(1, 9) * 5 for _ in range(count)]
    total = sum(weights)
    head = HEAD.format(total=total, best=total * 9 // 10, fair=total * 6 // 10, item=dice.choice(_ROUNDINGS), basis=dice.choice(("取舍前总分", "总分")),
                       nothing=dice.choice(("其余按比例折算", "得满分", "得零分", "同一级指标内折算")), reached=dice.choice(("达到", "超过")))
    groups = [f"一级指标 第{at}类 {weight}分\n  三级指标 项{at} {weight}分\n{_item(dice, weight, at)}" for at, weight in enumerate(weights)]
    return head + "\n".join([*groups, *_effects(dice)]) + "\n"


def _item(dice: random.Random, weight: int, at: int) -> str:
    lines = dice.choice((_method, _bands, _steps, _line, _derived, _judged, _parts, _checked, _let, _deadline))(dice, weight)
    if dice.random() < 0.2:
        lines.append("当 丁 = 是，本项 不得分")
    if at and dice.random() < 0.2:
        lines.append("当 项0.得分率 < 50%，本项 不得分")
    return "\n".join(f"    {line}" for line in lines)


def _target(dice: random.Random) -> str:
    sign = dice.choice(("≥", "≤"))
    value = dice.choice((f"{dice.randint(1, 50)}家", f"{dice.randint(1, 99)}%", f"{dice.randint(1, 500)}.{dice.randint(0, 99):02d}万元"))
    return f"目标 {sign} {value}"


def _method(dice: random.Random, weight: int) -> list[str]:
    sign, method = dice.choice((("≥", "正向比率"), ("≤", "反向比率"), ("≤", "反向线性"), ("≥", "达标得分")))
    value = dice.choice((f"{dice.randint(1, 50)}家", "甲", f"{dice.randint(1, 99)}%", "乙 × 120%"))
    return [f"目标 {sign} {value}", f"计分 {method}"]


def _bands(dice: random.Random, weight: int) -> list[str]:
    high, low = dice.randint(80, 120), dice.randint(20, 79)
    return [f"目标 ≥ {dice.randint(1, 40)}家", "按 完成率 分档", f"≥ {high}% 得 分值", f"{low}%（含）至 {high}%（不含） 得 分值 × {dice.randint(1, 99)}%",
            f"< {low}% 得 {dice.choice(('0', '1分', '分值 × 完成率'))}"]


def _steps(dice: random.Random, weight: int) -> list[str]:
    rounding = dice.choice(("舍去", "按比例", "进一"))
    size = dice.choice(("1家", "3家", "0.5家"))
    return [f"目标 {dice.choice(('≤', '≥'))} {dice.randint(1, 30)}家",
            f"{dice.choice(('每超过', '每低于', '每相差'))} {size} 扣 {dice.choice(('0.5', '0.75', '1'))}分，不足一步 {rounding}，扣完为止"]


def _line(dice: random.Random, weight: int) -> list[str]:
    return [f"目标 ≥ {dice.randint(2, 60)}家", "按 完成率 插值", f"{dice.randint(10, 70)}% 得 0", "100% 得 分值"]


def _derived(dice: random.Random, weight: int) -> list[str]:
    return ["实际值 = 甲 ÷ 乙", f"目标 ≥ {dice.randint(50, 100)}%", dice.choice(("当 乙 = 0 得 0", "当 乙 = 0 不适用")),
            "当 实际值 ≥ 目标值 得 分值", "否则 得 分值 × 实际值 ÷ 目标值", "最低得 0"]


def _judged(dice: random.Random, weight: int) -> list[str]:
    return ["目标 「显著提升」", "计分 定性相符"]


def _parts(dice: random.Random, weight: int) -> list[str]:
    combiner = dice.choice(("平均", "加权", "取高", "取低", "全部达标"))
    own = [weight // 5 * 2, weight - weight // 5 * 2] if combiner == "加权" else ["", ""]
    points = [f" {one}分" if one else "" for one in own]
    return ["计分 正向比率", f"合成 {combiner}"] + [f"分项 「分项{weight}甲{dice.randint(0, 10**6)}」{one}，目标 ≥ {dice.randint(1, 50)}家" for one in points]


def _checked(dice: random.Random, weight: int) -> list[str]:
    return [f"当 丁 = 否 且 丙 ≥ {dice.randint(1, 20)} 得 分值", f"当 丁 = 否 得 分值 × {dice.randint(1, 99)}%", "否则 得 0"]


def _let(dice: random.Random, weight: int) -> list[str]:
    return [f"目标 ≥ {dice.randint(1, 40)}家", "令 超额 = （实际值 − 目标值） ÷ 目标值", "当 超额 > 30% 得 最大（分值 × （1 − 超额 ÷ 10），0）",
            "当 超额 ≥ 0 得 分值", "否则 得 分值 × 完成率", "最低得 0"]


def _deadline(dice: random.Random, weight: int) -> list[str]:
    return ["目标 2023-06-30 前", "当 实际值 ≤ 目标值 得 分值", f"当 实际值 − 目标值 ≤ {dice.randint(1, 40)}天 得 分值 × {dice.randint(1, 99)}%", "否则 得 0"]


def _effects(dice: random.Random) -> list[str]:
    made = []
    if dice.random() < 0.3:
        made.append(f"当 丁 = 是，总分 不高于 {dice.randint(1, 9)}.5分")
    if dice.random() < 0.3:
        made.append("当 丙 > 20，等级 不高于 中")
    return made


def telling(seed: int) -> str:
    """The text of one that has 预警 of the whole and under items, and 结果应用."""
    dice, text = random.Random(seed), ruleset(seed)
    whole = [f"当 {_told(dice)}，预警 「全体{at}」\n" for at in range(dice.randint(0, 3))]
    lines = text.replace("数据 甲 万元\n", f"{''.join(whole)}数据 甲 万元\n", 1).splitlines()
    made = []
    for line in lines:
        made.append(line)
        if line.startswith("  三级指标") and dice.random() < 0.5:
            made.append(f"    当 {_told(dice, of_item=True)}，预警 「{line.split()[1]}」")
    return "\n".join([*made, *(line for at in range(dice.randint(0, 3)) for line in _application(dice, at))]) + "\n"


def _told(dice: random.Random, of_item: bool = False) -> str:
    points = dice.randint(1, 60)
    of_whole = () if of_item else (f"总分 < {points}分", f"取舍前总分 ≤ {points}.5分", f"一级指标最低得分率 < {points}%", f"丁 = 是 且 总分 ≥ {points}分")
    return dice.choice((*of_whole, "甲 ÷ 乙 > 1", f"丙 > {points} 或 丁 = 否", "项0.得分率 < 项1.得分率", f"项1.得分 < {points % 9}分", "日子 > 2023-06-30",
                        f"甲 = {points}万元", "项0.得分 ÷ 项1.得分 < 2"))


def _application(dice: random.Random, at: int) -> list[str]:
    points = dice.randint(1, 60)
    name, lines = dice.choice((
        ("奖励{} 万元", [f"当 总分 ≥ {points}分 得 10万元", "当 等级 = 中 得 甲 × 1%", "否则 得 0"]),
        ("应付{} 万元", ["当 丁 = 是 得 0", "否则 得 甲 × 总分 ÷ 100分 − 乙", dice.choice(("最低得 0", "最高得 50万元"))]),
        ("占比{} %", [*dice.choice((["当 乙 = 0 得 0%"], [])), f"当 丙 > {points} 得 100%", "否则 得 甲 ÷ 乙"]),
        ("系数{} %", ["按 取舍前总分 分档", f"≥ {points}分 得 100%", f"< {points}分 得 项0.得分率"]),
        ("扣罚{} 万元", [f"当 丙 > {points}，扣 2000元", "当 等级 = 优，加 1万元"])))
    return [f"结果应用 {name.format(at)}", *(f"  {line}" for line in lines)]


def random_job(folder: Path, seed: int, count: int = 150, text: Callable[[int], str] = ruleset) -> tuple[Path, Path]:
    """Such a ruleset as a file, and a CSV of units for it in which some cells are empty."""
    path, data, dice = folder / "r.perf", folder / "d.csv", random.Random(seed)
    path.write_text(text(1000 + seed), encoding="utf-8")
    loaded = load(path)
    assert loaded.ruleset is not None
    slots = [slot for slot in Slots(loaded.ruleset).by_path.values() if slot.actual is Actual.CELL]
    beside = [f"{one.path}.{what}" for one in loaded.ruleset.indicators() for what in ("评定得分", "偏差原因")]
    rows = [[f"局{at}", *(_cell(dice, slot) for slot in slots), *(dice.choice(["", "3", "4.5", "10"]) for _ in beside)] for at in range(count)]
    data.write_text(csv_text([["单位", *(slot.path for slot in slots), *beside], *rows]), encoding="utf-8")
    return path, data


def _cell(dice: random.Random, slot: Slot) -> str:
    expected = slot.expected
    if dice.random() < 0.05:
        return dice.choice(["", "不适用", "/", "未填"])
    if expected.kind is Kind.DATE:
        return f"2023-{dice.randint(1, 12)}-{dice.randint(1, 28):02}"
    if expected.kind is Kind.QUANTITY:
        value = dice.choice([0, 10, 25, 50, 99, 100, 120, dice.randint(0, 500), dice.randint(0, 50_000) / 100, -3])
        unit = expected.unit.symbol if expected.unit else ""
        return f"{value}{unit}" if unit == "%" or dice.random() < 0.1 else str(value)
    return dice.choice([*(expected.options or ("是", "否", "达成"))])
