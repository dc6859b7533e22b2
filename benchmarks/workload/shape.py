"""The 13 indicators of W and the columns they read, in the order in which scores stand in every matrix.

A column holds 10,000 times the value (`SCALE`) as int64; q9's holds the place of the word in `WORDS` as int8.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

RULESET = Path(__file__).parent / "w.perf"
SCALE = 10_000
UNIT = "单位"
WORD = "达成情况"
WORDS = ("达成", "部分达成", "未达成")
WORD_CENTS = (500, 350, 150)
GRADES = ("差", "中", "良", "优")
GRADE_FROM = (0, 6000, 8000, 9000)
"""The cents from which a total is of each grade; a grade is given as its place here."""


class Pair(NamedTuple):
    """The columns of an actual value and of its target."""

    actual: str
    target: str


class Item(NamedTuple):
    """An indicator of W, its name in the ruleset; `pairs` is empty for q9 and three for c10."""

    id: str
    name: str
    weight: int
    pairs: tuple[Pair, ...]


def _item(id_: str, name: str, weight: int, target: str, actual: str = "") -> Item:
    return Item(id_, name, weight, (Pair(actual or name, target),))


_PARTS = tuple(Pair(name, f"{name}目标") for name in ("管网长度", "供水量", "供电量"))
PART_WEIGHTS = (5, 4, 3)

ITEMS = (
    _item("b0", "预算执行率", 10, "全年预算数", "全年执行数"),
    _item("u1", "道路里程", 12, "道路里程目标"),
    _item("u2", "项目投资", 8, "项目投资目标"),
    _item("d3", "单位成本", 8, "单位成本目标"),
    _item("d4", "办理时间", 5, "办理时间目标"),
    _item("n5", "绿化面积", 5, "绿化面积目标"),
    _item("s6", "粮食产量", 6, "粮食产量目标"),
    _item("l7", "灌溉面积", 9, "灌溉面积目标"),
    _item("p8", "逾期天数", 6, "允许逾期"),
    Item("q9", "群众评价", 5, ()),
    Item("c10", "公用设施", 12, _PARTS),
    _item("o11", "招商到位", 7, "招商到位目标"),
    _item("l12", "节能量", 7, "节能量目标"),
)
BY_ID = {item.id: item for item in ITEMS}
NUMBERS = tuple(name for item in ITEMS for pair in item.pairs for name in pair)
"""Every column of numbers, actual before target: 28 of them."""
INPUTS = (*NUMBERS, WORD)
