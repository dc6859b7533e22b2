"""The headings of an indicator table: what each column holds, told by the words of its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from perfdsl.forms.words import bare, plain


class Role(StrEnum):
    """What a column of the indicator table holds; the values are field names of `form.FormRow` where there is one."""

    NAME = "name"
    LEVEL_1 = "level 1"
    LEVEL_2 = "level 2"
    LEVEL_3 = "level 3"
    TARGET = "target"
    SIGN = "sign"
    UNIT = "unit"
    ACTUAL = "actual"
    WEIGHT = "weight"
    CLAIMED = "claimed"
    AUDITED = "audited"
    REASON = "reason"
    SHARE = "share"
    CONVERTED = "converted"
    METHOD = "method"
    OTHER = "other"


LEVELS = (Role.LEVEL_1, Role.LEVEL_2, Role.LEVEL_3)
VALUES = frozenset({Role.TARGET, Role.ACTUAL, Role.WEIGHT, Role.CLAIMED})
NAMES = frozenset({Role.NAME, *LEVELS})
_BESIDE = frozenset({Role.REASON, Role.SIGN, Role.UNIT, Role.AUDITED, Role.METHOD})
LONGEST = 30
"""Characters of a heading; a longer cell is a text."""
_SURE = 5
"""How sure a heading must be to tell a row of headings from one of data."""
_SURE_TARGET, _TARGET = 10, 13
"""From the first on a heading surely means a target; all such count like the second."""
_SECOND_BEST = 6
"""How much less sure a heading's second meaning may be, to be taken where the first is given to another."""

_CHECKED = "审定|复审|复核|复评|核查|复查|审核|核定|抽查|再评|重评|核实|评审|第三方|财政|主管部门|专家|认定|终评"
_MEANT = "计划|预期|预计|应|拟|年初|设定|申报"
_WORDS: tuple[tuple[Role, int, str], ...] = (
    (Role.OTHER, 20, "^(序号|编号|号|no[.]?|项次|行次|序)$"),
    (Role.OTHER, 14, rf"({_CHECKED}).*(值|情况|说明|意见|备注|偏差|原因|人)|完成率|完成比例|达成率|偏差(率|度|值)"),
    (Role.OTHER, 8, "说明|解释|备注|依据|佐证|来源|责任|方向$|材料"),
    (Role.METHOD, 15, "(评分|计分|打分|赋分|评价|扣分|考核|得分|记分|给分|评定)的?(标准|方法|办法|细则|规则|依据|说明|要点|口径|原则)|计算(方法|公式|方式)"),
    (Role.REASON, 13, "原因|偏差|改进|措施|整改|差异|理由|未(达|完).*说明|失分|扣分说明"),
    (Role.CONVERTED, 18, "折算|折后|折合|加权|换算"),
    (Role.SHARE, 17, "占比|比重|比例|权数|权重系数|占.*权重"),
    (Role.SHARE, 5, "权重"),
    (Role.AUDITED, 16, rf"({_CHECKED}).*(分|结果)|复核$|核查$"),
    (Role.WEIGHT, 15, "应得|应评|标准得分|总得分值|设定得分"),
    (Role.WEIGHT, 13, "满分|标准分|基准分|基本分|基础分|配分|参分|设定分|指标分|分值|赋分|分数值"),
    (Role.WEIGHT, 7, "权重|权值|考核分$|^标分$"),
    (Role.WEIGHT, 4, "^分数?$"),
    (Role.CLAIMED, 16, "自(评|查|测|我|打).*分"),
    (Role.CLAIMED, 14, "实得|得分|打分|评定分|获分"),
    (Role.CLAIMED, 10, "评分|自评$|自评结果"),
    (Role.ACTUAL, 12, "(实际|实绩|实测|截至|已).*(值|数|量|水平)|^实际$"),
    (Role.ACTUAL, 11, "(实际|实绩|完成|实现|达成|执行|落实).*(值|数|量|情况|结果|程度|水平)|实绩"),
    (Role.ACTUAL, 9, "(达到|结果|年末|期末|年终|最终|兑现).*(值|数|量)"),
    (Role.ACTUAL, 7, "完成|达成|实现|实际|完成情况"),
    (Role.TARGET, 13, f"({_MEANT}).*(完成|达到|实现|达成|水平|值|数|量)"),
    (Role.TARGET, 10, "(调整|变更|修订)后.*(指标|目标|计划|任务|值)"),
    (Role.TARGET, 10, "指标值|目标值|预期值|计划值|标准值|年度值|考核值|预期目标|绩效目标|年度目标|目标数"),
    (Role.TARGET, 6, "目标|预期|计划|任务|要求"),
    (Role.TARGET, 4, "标准|基准|预设|承诺"),
    (Role.TARGET, 3, "^(值|数值|内容|年度)$"),
    (Role.SIGN, 15, "符号|指标性质|运算|比较|算子|^性质$|关系符|指标方向|大于小于"),
    (Role.UNIT, 15, "^(度量|计量|指标|计算|数量|衡量)?单位$|(量|数|值)单位|量纲|计量$"),
    (Role.NAME, 19, "四级指标"),
    (Role.NAME, 17, "三级"),
    (Role.LEVEL_3, 16, "三级"),
    (Role.NAME, 12, "指标名称|指标内容|指标项目|具体指标|指标描述|事项|要素|细化指标|指标明细"),
    (Role.NAME, 9, "^(绩效|考核|评价|评估|考评)?(指标|项目|内容)$"),
    (Role.NAME, 4, "指标$"),
    (Role.LEVEL_1, 17, "一级|一层|大类"),
    (Role.LEVEL_2, 17, "二级|二层|小类|子类"),
    (Role.LEVEL_1, 8, "类别|维度|大类|指标类型|分类"),
)
_IN_FORCE = tuple((rank, re.compile(words)) for rank, words in (
    (3, "(调整|变更|修订)后"), (0, "总体|中期|长期|年初|期初|规划期|原(定|来)?(指标|目标|计划)"), (2, "年度|当年|本年|全年"), (1, "")))
"""Of several columns of targets the one that holds for the year, highest first."""
_PATTERNS = tuple((role, strength, re.compile(pattern)) for role, strength, pattern in _WORDS)


def roles_of(text: str) -> list[tuple[int, Role]]:
    """What a heading may mean, surest first; a long text or an empty one means nothing.

    A remark in brackets counts only where the rest says little: 备注（未完成原因）.
    """
    found = _matches(bare(text).lower())
    return found if any(role is not Role.OTHER for _, role in found) else _matches(plain(text).lower())


def _matches(said: str) -> list[tuple[int, Role]]:
    if not said or len(said) > LONGEST:
        return []
    best: dict[Role, int] = {}
    for role, strength, pattern in _PATTERNS:
        if pattern.search(said):
            best[role] = max(strength, best.get(role, 0))
    return sorted(((strength, role) for role, strength in best.items()), reverse=True)


def is_header_part(texts: Iterable[str]) -> bool:
    """Whether one of the texts is a heading that only indicator tables have."""
    return any(found[0][1] in NAMES | {Role.WEIGHT, Role.CLAIMED} and found[0][0] >= _SURE for text in texts if (found := roles_of(text)))


def _likely(text: str) -> list[tuple[int, Role]]:
    found = roles_of(text)
    return [wish for wish in found if wish[0] >= found[0][0] - _SECOND_BEST]


def first_role(text: str) -> Role | None:
    found = roles_of(text)
    return found[0][1] if found else None


def is_header(texts: Iterable[str]) -> bool:
    """Whether texts of one row head an indicator table."""
    roles = {found[0][1] for text in texts if (found := roles_of(text)) and found[0][0] >= _SURE}
    values = len(roles & (VALUES | _BESIDE))
    return bool(roles & (NAMES | {Role.WEIGHT, Role.CLAIMED})) and values + bool(roles & NAMES) >= 3


def assigned(texts: list[str]) -> list[Role | None]:
    """A role for each heading, each but OTHER given once, to the heading that means it most surely.

    Of targets that are equally sure the one in force is given the role; the others are OTHER.
    """
    wishes = sorted(((*_strength(text, strength, role), -at, role) for at, text in enumerate(texts)
                     for strength, role in _likely(text)), reverse=True)
    given: dict[int, Role] = {}
    for *_, at, role in wishes:
        if -at not in given and (role is Role.OTHER or role not in given.values()):
            given[-at] = role
        elif -at not in given and _is_target(texts[-at]):
            given[-at] = Role.OTHER
    return [given.get(at) for at in range(len(texts))]


def _strength(text: str, strength: int, role: Role) -> tuple[int, int, int]:
    """How sure a meaning is: sure headings of targets are equal but for which is in force."""
    if role is not Role.TARGET or not _is_target(text):
        return strength, 0, 0
    rank = next(rank for rank, pattern in _IN_FORCE if pattern.search(bare(text)))
    return max(strength, _TARGET), rank, strength


def _is_target(text: str) -> bool:
    """Whether a heading means a target before anything else, and surely."""
    found = roles_of(text)
    return bool(found) and found[0][1] is Role.TARGET and found[0][0] >= _SURE_TARGET
