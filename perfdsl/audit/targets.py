"""Targets as they are written: their direction, their words, where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.aims import aim_of, amounts_in, composite, read_text
from perfdsl.audit.kinds import REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.rules import direction, readings, spoken
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import MARKS, points_text, shown, squeezed
from perfdsl.forms.direction import bad, good
from perfdsl.forms.spoken import mended
from perfdsl.units import unit_of

_DIRECTION = re.compile(r"(?:不断|逐年|逐步|稳步|持续|有效|显著|明显|有所|相应|进一步)?(?:增加|提升|提高|增长|减少|降低|下降|改善)")
_VAGUE = re.compile(r"(?:效果|成效)?(?:明显|显著|良好|较好|优良|好|高|有效)|按质按量完成|(?:效果|成效).{0,2}")
_OPTIONS = re.compile(r"好坏|是否|有无|高中低|优良中差")


def less_is_better(item: Item) -> bool:
    """Costs, complaints, accidents; not their decrease, and not a rate of cost control, which may go either way."""
    return bad([squeezed(level) for level in item.row.levels], item.name)


def more_is_better(item: Item) -> bool:
    """Satisfaction, and rates of what is to be reached."""
    return good(item.name)


def directions(sheet: Sheet) -> Iterator[Finding]:
    """A206: a sign against the sense of the indicator."""
    for item in sheet.items:
        if item.aim.number is None or item.row.target is None:
            continue
        if less_is_better(item) and item.aim.sign in ("≥", ">"):
            yield finding("A206", WARNING, item.title, item.row.target.cell, f"「{item.title}」越少越好，目标却写「{item.aim.text}」", basis.RECHECK)


def unsigned(sheet: Sheet) -> Iterator[Finding]:
    """A211: targets without a sign, told once for the form."""
    without = [item for item in sheet.items if item.aim.number is not None and not item.aim.sign]
    if without and (said := without[0].row.target) is not None:
        listed = "、".join(f"「{item.aim.text}」" for item in without[:5]) + ("……" if len(without) > 5 else "")
        fewer = "、".join(f"「{item.title}」" for item in [item for item in without if direction(item) == "≤"][:5])
        read = f"{fewer}等按越少越好、其余按越多越好读" if fewer else "都按越多越好读"
        yield finding("A211", REMARK, without[0].name, said.cell, f"{len(without)} 个目标没有写明不低于还是不高于：{listed}；{read}")


def in_name(sheet: Sheet) -> Iterator[Finding]:
    """A207, A208: targets in the name of the indicator, or several in one cell."""
    for item in sheet.items:
        if item.aim.several or composite(item.name):
            where = item.row.target if item.aim.several and item.row.target else item.row.name
            yield finding("A208", WARNING, item.title, where.cell, f"「{shown(where)}」一格里有几个目标，应拆成几个指标，或写明怎样合成")
        elif (found := amounts_in(re.sub(r"^指标[0-9]+[:：]?", "", item.name))) and "*" not in item.name:
            yield finding("A207", REMARK, item.title, item.row.name.cell, f"目标「{found[0]}」写在名称里，应写在年度指标值一栏")


def vague(sheet: Sheet) -> Iterator[Finding]:
    """A209, A214: a direction or praise in place of a target that can be measured."""
    for item in sheet.items:
        if item.row.target is None or not item.aim.words:
            continue
        if _DIRECTION.fullmatch(item.aim.text):
            yield finding("A209", WARNING, item.title, item.row.target.cell, f"目标只写「{item.aim.text}」，没有写多少，无法核对", basis.RECHECK)
        elif _VAGUE.fullmatch(item.aim.text) or _OPTIONS.fullmatch(item.aim.text):
            yield finding("A214", REMARK, item.title, item.row.target.cell, f"目标「{item.aim.text}」没有可核对的标准", basis.RECHECK)


def damaged(sheet: Sheet) -> Iterator[Finding]:
    """A212: a target that lacks its unit or its last digit where the name tells what is measured."""
    for item in sheet.items:
        read = aim_of(item.row.target, item.row.sign, item.row.unit)
        percent = "%" in item.name or "满意" in item.name
        if read.number is not None and not read.unit_text and percent and read.number < 20 and item.row.target is not None:
            yield finding("A212", WARNING, item.title, item.row.target.cell, f"「{item.title}」以 % 计，目标写「{read.text}」，疑似缺了数字或 %")


def letters(sheet: Sheet) -> Iterator[Finding]:
    """A212: letters among the digits of a target or an actual value (5O个)."""
    for item in sheet.items:
        for said, what in ((item.row.target, "目标值"), (item.row.actual, "实际完成值")):
            if said is not None and (near := mended(said.text)):
                yield finding("A212", WARNING, item.title, said.cell, f"{what}写「{shown(said)}」，数字里有字母，疑为「{near}」，没有核算")


def missed(sheet: Sheet) -> Iterator[Finding]:
    """A103: full points for a date, a range, a rank and the like that was not reached."""
    for item in sheet.items:
        found = None if item.pair or item.method or not item.full or item.together else spoken(item, sheet.form.year)
        if found is not None and not found.met:
            best = next(iter(readings(item)), None)
            said = f"应为 {points_text(best.points)}（{best.how}）" if best else f"{found.how}，扣多少按评分标准"
            yield finding("A103", WARNING, item.title, item.cell, f"目标「{item.aim.text}」，实际「{shown(item.row.actual)}」，未达到目标；"
                          f"自评满分 {points_text(item.claimed.value or Fraction(0))}，{said}", basis.RATIO, item.claimed.value, best.points if best else None)


def inputs(sheet: Sheet) -> Iterator[Finding]:
    """A213: money as a 数量指标."""
    for item in sheet.items:
        money = item.aim.unit is not None and item.aim.unit.kind == "money"
        if money and any("数量" in squeezed(level) for level in item.row.levels) and re.search(r"经费|资金|补助|预算|支出", item.name):
            yield finding("A213", REMARK, item.title, item.row.name.cell, f"「{item.title}」是投入的钱，不是产出的数量", basis.OUTPUTS)


def contradicting(sheet: Sheet) -> Iterator[Finding]:
    """A215: the unit's own cell against what stands in the target: 28.8万元 or 应保尽保 counted in %."""
    for item in sheet.items:
        unit, said = squeezed(item.row.unit).partition("(")[0].partition("（")[0], item.row.unit
        if said is None or unit in MARKS or item.row.target is None or "文字" in unit or "定性" in unit:
            continue
        value = read_text(squeezed(item.row.target))
        other = value.unit is not None and (own := unit_of(unit)) is not None and (own.dimension, own.kind) != (value.unit.dimension, value.unit.kind)
        if other or (value.words and unit_of(unit) is not None):
            yield finding("A215", WARNING, item.title, said.cell, f"目标值「{shown(item.row.target)}」，计量单位却是「{unit}」")


CHECKS = (directions, unsigned, in_name, vague, damaged, letters, missed, inputs, contradicting)
