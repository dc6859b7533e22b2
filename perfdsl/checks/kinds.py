"""What an expression can be, and how it is called."""

from __future__ import annotations

from perfdsl.model.ruleset import Expected, Kind
from perfdsl.units import Dimension

Type = Dimension | str | None
"""A dimension, `text`, `date`, or None where anything fits (a bare 0, an unknown)."""

_BASE = {"money": "金额", "score": "分数", "person": "人数", "area": "面积", "length": "长度", "mass": "重量", "day": "天数", "workday": "工作日数",
         "month": "月数", "hour": "时间", "household": "户数", "visit": "人次", "volume": "体积", "year": "年数"}
_KINDS: dict[Dimension, str] = {((kind, 1),): text for kind, text in _BASE.items()}


def type_of(expected: Expected) -> Type:
    """The type of what a cell holds."""
    match expected.kind:
        case Kind.QUANTITY:
            return expected.unit.dimension if expected.unit else ()
        case Kind.DATE:
            return "date"
    return "text"


def shown(kind: Type) -> str:
    """A type in the officer's words."""
    if kind is None or isinstance(kind, str):
        return {"text": "文字", "date": "日期"}.get(kind or "", "数")
    return _KINDS.get(kind) or ("、".join(f"{_BASE.get(k, k)}" for k, _ in kind) if kind else "一个数或百分比")
