"""Names that stand for other items and for the total: `税收.得分`, `产出指标.得分率`, `总分`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from perfdsl.model.names import Ambiguous, Names
from perfdsl.syntax import tree as t

ITEM_FIELDS = ("得分", "得分率", "实际值", "目标值", "完成率", "分值")
GROUP_FIELDS = ("得分", "得分率", "分值")
_ENGLISH = {"score": "得分", "score_rate": "得分率", "actual_value": "实际值", "target_value": "目标值", "completion": "完成率",
            "weight_value": "分值"}

TOTAL, UNROUNDED_TOTAL, LOWEST_RATE = TOTAL_NAMES = ("总分", "取舍前总分", "一级指标最低得分率")
"""What a clause on the total may use: the total after and before rounding, the least score rate of the level-1 groups."""


class Items:
    """The indicators and groups of one ruleset, by what a rule may call them."""

    def __init__(self, block: t.Block) -> None:
        self.block = block

    @cached_property
    def rows(self) -> Names:
        return Names(path for path, leaf in _paths(self.block, ()) if leaf)

    @cached_property
    def groups(self) -> Names:
        return Names(path for path, leaf in _paths(self.block, ()) if not leaf)

    def find(self, name: str) -> str | Ambiguous | None:
        """`path.field` of the item that *name* stands for, such as `产出指标/税收.得分` for 税收.得分."""
        stem, dot, field = name.rpartition(".")
        field = _ENGLISH.get(field, field)
        if not dot or not stem or field not in ITEM_FIELDS:
            return None
        path = self.rows.find(stem)
        if path is None and field in GROUP_FIELDS:
            path = self.groups.find(stem)
        return path if path is None or isinstance(path, Ambiguous) else f"{path}.{field}"


def split(name: str) -> tuple[str, str]:
    """Path and field of a reference; an empty field where *name* is none."""
    stem, dot, field = name.rpartition(".")
    return (stem, field) if dot and field in ITEM_FIELDS else (name, "")


def _paths(block: t.Block, levels: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Every group and indicator under *block*: its full name, and whether it is an indicator."""
    for child in block.blocks:
        match child.head:
            case t.GroupHead() as head:
                inside = (*levels, head.name.text)
                yield "/".join(inside), head.level == 3
                yield from _paths(child, inside)
            case t.OutsideHead() as outside:
                yield f"{outside_kind(outside)}/{outside.name.text}", True


def outside_kind(head: t.OutsideHead) -> str:
    return "加分项" if head.bonus else "减分项"
