"""The indicators and groups of a ruleset as rules call them, found before anything else of the ruleset is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from perfdsl.model.names import Ambiguous, Names
from perfdsl.model.references import GROUP_FIELDS, ITEM_FIELDS
from perfdsl.syntax import tree as t

_ENGLISH = {"score": "得分", "score_rate": "得分率", "actual_value": "实际值", "target_value": "目标值", "completion": "完成率",
            "weight_value": "分值"}


class Items:
    """The indicators and groups of one ruleset, by what a rule may call them.  `asked`: a rule has called one."""

    def __init__(self, block: t.Block) -> None:
        self.block = block
        self.asked = False

    @cached_property
    def rows(self) -> Names:
        return Names(self._blocks)

    @cached_property
    def groups(self) -> Names:
        return Names(path for path, leaf, _ in _paths(self.block, ()) if not leaf)

    @cached_property
    def _blocks(self) -> dict[str, t.Block]:
        return {path: block for path, leaf, block in _paths(self.block, ()) if leaf}

    def block_of(self, path: str) -> t.Block | None:
        """How the indicator of that full name is written."""
        return self._blocks.get(path)

    def find(self, name: str) -> str | Ambiguous | None:
        """`path.field` of the item that *name* stands for, such as `产出指标/税收.得分` for 税收.得分."""
        stem, dot, field = name.rpartition(".")
        field = _ENGLISH.get(field, field)
        if not dot or not stem or field not in ITEM_FIELDS:
            return None
        path = self.rows.find(stem)
        if path is None and field in GROUP_FIELDS:
            path = self.groups.find(stem)
        if path is None or isinstance(path, Ambiguous):
            return path
        self.asked = True
        return f"{path}.{field}"


def _paths(block: t.Block, levels: tuple[str, ...]) -> Iterator[tuple[str, bool, t.Block]]:
    """Every group and indicator under *block*: its full name, whether it is an indicator, and how it is written."""
    for child in block.blocks:
        match child.head:
            case t.GroupHead() as head:
                inside = (*levels, head.name.text)
                yield "/".join(inside), head.level == 3, child
                yield from _paths(child, inside)
            case t.OutsideHead() as outside:
                yield f"{outside_kind(outside)}/{outside.name.text}", True, child


def outside_kind(head: t.OutsideHead) -> str:
    return "加分项" if head.bonus else "减分项"
