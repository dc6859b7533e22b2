"""Rulesets of any size with a data file each; the same size gives the same text, always.

Every twenty indicators hold each shape of rule that officers write, in about the proportions of real forms:
most are 正向比率, some have bands, steps, parts, an interpolation, a deadline or budget data of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

_HEAD = """规则集 「自评基准」
年度 2023
版本 1
依据 「财预〔2020〕10号」
引用 「标准计分方法」
总分 100分
取舍 每项得分 保留4位 四舍五入
取舍 总分 保留2位 四舍五入
等级依据 取舍前总分
等级 优 ≥ 90分
等级 良 ≥ 80分
等级 中 ≥ 60分
等级 差 < 60分
不适用 其余按比例折算
偏差 未得满分 须说明原因
偏差 达到 20% 须说明原因
"""

_UNITS = 10**6
"""Weights are dealt in millionths of the total, so that those of any number of indicators add up exactly."""

_IN_SECOND, _SECONDS_IN_FIRST = 10, 25
"""Indicators under one 二级指标, and how many of these stand under one 一级指标."""


class Shape(NamedTuple):
    """An indicator's name, the clauses below its heading, and its cells; `#` stands for the serial number."""

    name: str
    clauses: str
    cells: str
    data: str = ""


def _ratio(name: str, target: str, actual: str, method: str = "正向比率") -> Shape:
    return Shape(name, f"目标 {target}\n计分 {method}", f"{name},{actual}")


SHAPES = (
    _ratio("税收收入#", "≥ 3亿元", "28000万元"),
    _ratio("新入统规模企业#", "≥ 20家", "20"),
    _ratio("农村道路养护里程#", "≥ 152.5公里", "160公里"),
    _ratio("培训人次#", "≥ 1500人次", "1,480"),
    _ratio("资金到位率#", "≥ 95%", "95%"),
    Shape("重点项目开工率#", "目标 ≥ 90%\n≥ 90% 得 分值\n80%（含）至 90%（不含） 得 分值 × 80%\n"
          "60%（含）至 80%（不含） 得 分值 × 60%\n否则 得 0", "重点项目开工率#,84.5%"),
    _ratio("高标准农田面积#", "≥ 2.4万亩", "2.4万亩"),
    _ratio("惠及群众人数#", "≥ 3万人", ""),
    _ratio("单位成本#", "≤ 120万元", "126.5万元", "反向线性"),
    Shape("招商项目#", "计分 正向比率\n合成 平均\n分项 新签约项目#\n目标 ≥ 30个\n分项 新开工项目#\n目标 ≥ 20个\n"
          "分项 新投产项目#\n目标 ≥ 16个", "新签约项目#,30\n新开工项目#,20\n新投产项目#,12"),
    Shape("三公经费变动率#", "目标 ≤ 5%\n每超过 1个百分点 扣 分值 × 10%\n不足一步 舍去\n扣完为止",
          "三公经费变动率#,7.5%"),
    _ratio("可持续运转#", "「持续正常运转」", "持续正常运转", "定性相符"),
    _ratio("投诉件数#", "≤ 12件", "15", "反向比率"),
    Shape("专项资金执行率#", "目标 ≥ 100%\n计分 执行率（预算数 = 专项预算#，执行数 = 专项支出#）",
          "专项预算#,2510.12\n专项支出#,2384.61", "数据 专项预算# 万元\n数据 专项支出# 万元"),
    _ratio("服务对象满意度#", "90%及以上", "92.3%"),
    Shape("项目按期完工率#", "目标 ≥ 100%\n按 完成率 插值\n60% 得 0\n80% 得 分值 × 50%\n100% 得 分值",
          "项目按期完工率#,88%"),
    _ratio("公共设施维护#", "≥ 48处", "48"),
    Shape("验收完成时间#", "目标 2023-12-31 前\n当 实际值 ≤ 目标值 得 分值\n否则 得 0", "验收完成时间#,2023-12-20"),
    _ratio("质量验收合格率#", "≥ 100%", "100%", "达标得分"),
    Shape("安全生产事故#", "目标 ≤ 0起\n每出现 1起 扣 分值 × 50%\n最多扣 分值", "安全生产事故#,1起"),
)


class _Entry(NamedTuple):
    """One indicator: where it stands, its shape with the serial number filled in, its millionths of the total."""

    first: int
    second: int
    shape: Shape
    weight: int


def ruleset(size: int) -> str:
    """A ruleset of *size* indicators that checks without a finding; one clause a line."""
    entries = list(_entries(size))
    data = [e.shape.data for e in entries if e.shape.data]
    return "\n".join([_HEAD, *data, *_outline(entries), *_tests(entries), ""])


def data(size: int) -> str:
    """What one unit fills in for the ruleset of *size* indicators, as CSV: half fall short, one in twenty is empty."""
    return "\n".join(["指标,实际完成值", *(e.shape.cells for e in _entries(size)), ""])


def _entries(size: int) -> Iterator[_Entry]:
    base, left = divmod(_UNITS, size)
    for at in range(size):
        second = at // _IN_SECOND
        shape = Shape(*(text.replace("#", f"{at:05}") for text in SHAPES[at % len(SHAPES)]))
        yield _Entry(second // _SECONDS_IN_FIRST, second, shape, base + (at < left))


def _outline(entries: list[_Entry]) -> Iterator[str]:
    for first, inside in groupby(entries, lambda e: e.first):
        group = list(inside)
        yield f"一级指标 产出指标{first} {_points(group)}"
        for second, below in groupby(group, lambda e: e.second):
            rows = list(below)
            yield f"二级指标 数量指标{second} {_points(rows)}"
            yield from (f"三级指标 {e.shape.name} {_points([e])}\n{e.shape.clauses}" for e in rows)


def _points(entries: list[_Entry]) -> str:
    whole, part = divmod(sum(e.weight for e in entries), _UNITS // 100)
    return f"{whole}.{part:04}分"


def _tests(entries: list[_Entry]) -> Iterator[str]:
    """One 测试 for each hundred indicators, of its first."""
    for entry in entries[::100]:
        name = entry.shape.name
        yield f"测试 「{name}完成」\n给定 {name} = 3亿元\n期望 {name} 得 {_points([entry])}"
