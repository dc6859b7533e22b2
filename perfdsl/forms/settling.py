"""Columns whose headings do not say what they hold, settled by what stands in them."""

from __future__ import annotations

import re
from decimal import Decimal

from perfdsl.forms.columns import Column, Header
from perfdsl.forms.grid import GridCell
from perfdsl.forms.headings import LEVELS, VALUES, Role
from perfdsl.forms.rows import is_sum
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import plain, points
from perfdsl.record import changed

_LEVEL = re.compile("^(产出|效益|满意度|成本|效果|投入|过程|决策|管理|结果|数量|质量|时效|经济|社会|生态|环境|可持续|服务对象|绩效|履职|部门"
                    "|项目|运行|预算|资金)"
                    ".{0,8}(指标|目标|情况|管理|效果|效益|产出|决策|投入|过程|立项|效率|效能|影响)?等?$")
_SIGN = re.compile(r"^([≥≤=<>＞＜≧≦═﹦~]|[<>]=|正向|反向|定性|定量|大于等于|小于等于|大于|小于|等于|正向指标|反向指标)+$")
_UNIT = re.compile(r"^(%|百分比|[元万亿人次个家项件户份套辆场米亩天月年分吨册条起批篇处座台所名公里平方小时/]{1,5})(\(.*\))?$")
_VERDICT = re.compile("^(已|未|部分|全部|基本)?(完成|达标|达成|实现)$|^[是否]$")
_TOLD = re.compile("^(备注|说明|(?!.*完成).{0,4}情况说明|(自评|其他|有关|相关|得分)说明|需要?说明的?(情况|事项|问题))$")
"""Headings of what may be a reason, where no column is for reasons."""
_NUMBER = re.compile(r"^\d+(\.\d+)?分?$")


def settled(stretch: Stretch, header: Header, end: int, before: Header | None = None) -> Header:
    """The headings with a role for every column that its content tells, or that the same heading had `before`."""
    known = {column.heading: column.role for column in before.columns} if before is not None else {}
    header = changed(header, columns=tuple(changed(column, role=column.role or known.get(column.heading)) for column in header.columns))
    header = changed(header, columns=_without_verdicts(stretch, header, end))
    header = changed(header, columns=_with_reason(header.columns))
    columns = _with_name(stretch, header, end)
    columns = _with_levels(stretch, changed(header, columns=columns), end)
    for tell in (_signs, _units, _points, _targets):
        columns = tell({column: _texts(stretch, header, column, end) for column in columns}, columns)
    return changed(header, columns=columns)


def _cells(stretch: Stretch, header: Header, column: Column, end: int) -> list[GridCell]:
    """The cells below a heading, without those of sums."""
    lines = (stretch.line(row) for row in stretch.rows(header.end, end))
    return [cell for line in lines if not any(is_sum(cell.text) for cell in line)
            for cell in line if column.at <= cell.column < column.at + column.width]


def _texts(stretch: Stretch, header: Header, column: Column, end: int) -> list[str]:
    return [plain(cell.text) for cell in _cells(stretch, header, column, end)]


def _given(columns: tuple[Column, ...], roles: dict[int, Role]) -> tuple[Column, ...]:
    return tuple(changed(column, role=roles.get(column.at, column.role)) for column in columns)


def _has(columns: tuple[Column, ...], role: Role) -> bool:
    return any(column.role is role for column in columns)


def _unknown(columns: tuple[Column, ...]) -> list[Column]:
    return [column for column in columns if column.role is None]


def _without_verdicts(stretch: Stretch, header: Header, end: int) -> tuple[Column, ...]:
    """A column of 完成 and 未完成 alone is no column of actual values where an unknown one may be."""
    actual = header.of(Role.ACTUAL)
    if actual is None or not _unknown(header.columns):
        return header.columns
    texts = _texts(stretch, header, actual, end)
    verdicts = texts and all(_VERDICT.match(text) for text in texts)
    return _given(header.columns, {actual.at: Role.OTHER}) if verdicts else header.columns


def _with_reason(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Without a column of reasons, the first of remarks is one; 完成情况说明 is none, as it may hold the actual values."""
    if _has(columns, Role.REASON):
        return columns
    told = next((column.at for column in columns if column.role in (None, Role.OTHER) and _TOLD.match(column.heading)), None)
    return columns if told is None else _given(columns, {told: Role.REASON})


def _with_name(stretch: Stretch, header: Header, end: int) -> tuple[Column, ...]:
    """Without a heading for names, the unknown column with the most different texts that are no level words."""
    columns = header.columns
    if _has(columns, Role.NAME):
        return columns
    unlike = {column.at: len({text for text in _texts(stretch, header, column, end) if len(text) > 2 and not _LEVEL.match(text)})
              for column in _unknown(columns)}
    best = max(unlike, key=lambda at: (unlike[at], -at), default=None)
    return columns if best is None or not unlike[best] else _given(columns, {best: Role.NAME})


def _with_levels(stretch: Stretch, header: Header, end: int) -> tuple[Column, ...]:
    """Unknown columns of level words become levels, the one with the fewest names first, where a level has no column with text."""
    texts = {column: _texts(stretch, header, column, end) for column in _unknown(header.columns)}
    levels = sorted((column for column in texts if _is_level(texts[column])), key=lambda column: len(set(texts[column])))
    if not levels:
        return header.columns
    columns = _given(header.columns, {column.at: Role.OTHER for column in header.columns
                                      if column.role in LEVELS and not _texts(stretch, header, column, end)})
    free = [role for role in LEVELS if not _has(columns, role)]
    return _given(columns, {column.at: role for column, role in zip(levels, free, strict=False)})


def _is_level(texts: list[str]) -> bool:
    known = sum(bool(_LEVEL.match(points(text)[0]) or points(text)[1]) for text in texts)
    return bool(texts) and known * 3 >= len(texts) * 2


def _mostly(texts: list[str], pattern: re.Pattern[str]) -> bool:
    return bool(texts) and sum(pattern.match(text) is not None for text in texts) * 3 >= len(texts) * 2


def _signs(texts: dict[Column, list[str]], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    found = [column.at for column in _unknown(columns) if _mostly(texts[column], _SIGN)]
    return columns if _has(columns, Role.SIGN) or len(found) != 1 else _given(columns, {found[0]: Role.SIGN})


def _units(texts: dict[Column, list[str]], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    found = [column.at for column in _unknown(columns) if column in texts and _mostly(texts[column], _UNIT)]
    return columns if _has(columns, Role.UNIT) or len(found) != 1 else _given(columns, {found[0]: Role.UNIT})


def _points(texts: dict[Column, list[str]], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Numbers that add to some 40 to 130 are weights, or scores where the weights are known; the greater sum is the weights."""
    sums = {column.at: sum(Decimal(text.rstrip("分")) for text in texts.get(column, ()) if _NUMBER.match(text))
            for column in _unknown(columns) if _mostly(texts.get(column, []), _NUMBER)}
    likely = sorted((at for at, total in sums.items() if 30 <= total <= 130), key=lambda at: (-sums[at], at))
    free = [role for role in (Role.WEIGHT, Role.CLAIMED) if not _has(columns, role)]
    if len(likely) == 1 and _has(columns, Role.SHARE):
        free = [role for role in free if role is Role.CLAIMED]
    return _given(columns, dict(zip(likely, free, strict=False)))


def _targets(texts: dict[Column, list[str]], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What is left becomes target and actual, in this order, if as much is missing as is unknown."""
    free = [role for role in (Role.TARGET, Role.ACTUAL) if role in VALUES and not _has(columns, role)]
    unknown = [column.at for column in _unknown(columns) if texts.get(column)]
    return _given(columns, dict(zip(unknown, free, strict=True))) if len(unknown) == len(free) else columns
