"""Names that stand for other items and for the total: `税收.得分`, `产出指标.得分率`, `总分`."""

from __future__ import annotations

ITEM_FIELDS = ("得分", "得分率", "实际值", "目标值", "完成率", "分值")
GROUP_FIELDS = ("得分", "得分率", "分值")
TOTAL, UNROUNDED_TOTAL, LOWEST_RATE = TOTAL_NAMES = ("总分", "取舍前总分", "一级指标最低得分率")
"""What a clause on the total may use: the total after and before rounding, the least score rate of the level-1 groups."""

GRADE = "等级"
"""What a 结果应用 may use beside them."""

EVALUATION_DAY = "评价基准日"
"""The day that periods look at."""


def split(name: str) -> tuple[str, str]:
    """Path and field of a reference; an empty field where *name* is none."""
    stem, dot, field = name.rpartition(".")
    return (stem, field) if dot and field in ITEM_FIELDS else (name, "")
