"""Whether more or less is better, as far as the words around a target tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from perfdsl.units import Unit

MORE, LESS = "≥", "≤"
_TIME = ("hour", "day", "workday", "month")
_CUTS = "下降|减少|降低|压减|压降|压缩|缩减|缩短|节约|节省|节支"
_CUT = re.compile(_CUTS)
_SAVED = re.compile(rf"^(?:{_CUTS})|(?:{_CUTS})(?:[率额]|幅度|比例|程度|金额|资金|成本|费用|支出|经费)*(?:[（(].*)?$")
_DEALT_WITH = re.compile("化解|消除|处理|处置|办结|回复|整改|查处|防范|防控|防治|救治|修复|恢复|排除|遏制|降幅|无|零|未发生|不发生|不中断|控制率")
_GOOD = re.compile("满意|合格|覆盖|及时|完成率|达标|到位|优良|成活|知晓|达成率|准确|完好|参与率")
_UNDONE = re.compile("[不未](?:合格|完成|达标|满意|及时|到位|准确|达成)")
_BAD = re.compile("投诉|事故|违规|违纪|超支|浪费|差错|误差|上访|超期|延误|中断|死亡|伤亡|故障|发病|流失|返贫|失误|失败|逾期")
_COST = re.compile("成本|费用|单价|造价")
_SPENT_TIME = re.compile("时间|时长|耗时|用时|时限|时效|天数|周期|工期|期限")
_WAITING = re.compile("办结|审批|办理|响应|等待|受理|完成|平均|到达|交付|拨付|结案|修复|处理|处置|工期|耗时|用时|时限|时效|期限|周期")
_LASTING = re.compile("培训|开放|运行|运营|保障|优良|服务时|供水|供电|开展|课时|学时|活动|展览|续航|质保|保修|使用|无|零")
_RATE = re.compile("率$|率[（(]|满意|滿意|程度$|比例$|占比$|度$")


def good(name: str) -> bool:
    """Whether the name is of what is to be reached: satisfaction, coverage, complaints dealt with."""
    wanted = _GOOD.search(_UNDONE.sub("", name))
    return bool(wanted or (_BAD.search(name) and (_CUT.search(name) or _DEALT_WITH.search(name))))


def bad(levels: Sequence[str], name: str) -> bool:
    """Whether less is certainly better: what goes wrong, or costs that are no rate and no saving."""
    if good(name):
        return False
    wrong = _BAD.search(name) or _UNDONE.search(name)
    return bool(wrong) or (_of_cost(levels, name) and not _RATE.search(name) and not _SAVED.search(name))


def _of_cost(levels: Sequence[str], name: str) -> bool:
    return any("成本" in level for level in levels[1:]) or bool(_COST.search(name))


def signs(levels: Sequence[str], name: str, unit: Unit | None, number: Fraction | None) -> tuple[str, ...]:
    """The signs that an unsigned target may mean, the likelier first; one where it is certain.

    *levels* are the headings above the indicator.  A time to wait for is the shorter the better, a time of opening or teaching the
    longer; a time of which the name tells neither, and a rate under 成本指标, may be meant either way.
    """
    if number == 0:
        return (LESS, MORE) if _CUT.search(name) else (LESS,)
    if is_time(unit) and not _CUT.search(name):
        return _of_time(name)
    if _of_cost(levels, name) and _RATE.search(name):
        return (MORE,) if _SAVED.search(name) or good(name) else (MORE, LESS)
    return (LESS,) if bad(levels, name) else (MORE,)


def is_time(unit: Unit | None) -> bool:
    """Whether the unit is of a time that can be waited for."""
    return unit is not None and unit.kind in _TIME


def _of_time(name: str) -> tuple[str, ...]:
    waits = bool(_WAITING.search(name) or (_SPENT_TIME.search(name) and not _LASTING.search(name)))
    if waits and not _LASTING.search(name):
        return (LESS,)
    return (MORE,) if _LASTING.search(name) and not waits else (LESS, MORE)
