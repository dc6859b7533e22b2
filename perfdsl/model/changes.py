"""Which quantities can be below 0, told by their names."""

from __future__ import annotations

from perfdsl.model.ruleset import PRIOR

_CHANGE = ("增长", "增速", "增幅", "增减", "变动", "变化", "下降", "降低", "降幅", "压减", "调整", "偏离", "偏差", "差异", "差额", "节约", "利润")
"""Names of rates and differences that can be below 0; of other shares and amounts a negative value is a slip of the pen."""


def is_change(name: str) -> bool:
    """Whether what is called so can sensibly be below 0."""
    return any(word in name.removesuffix(PRIOR) for word in _CHANGE)
