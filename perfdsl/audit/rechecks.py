"""What a second look leaves behind: scores that were changed, targets that were rounded away, years that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from perfdsl.audit import basis
from perfdsl.audit.kinds import REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import points_of, shown
from perfdsl.forms.form import Said

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_MONEY = re.compile(r"元|[/／]")


def changed(sheet: Sheet) -> Iterator[Finding]:
    """A118: a 复核分 other than the claimed score and no reason beside it; told once."""
    found = [(item, said) for item in sheet.items if (said := item.row.audited) is not None and _is_changed(item, said) and not item.reason]
    if found:
        named = "、".join(f"「{item.title}」{shown(item.row.claimed)} 改为 {shown(said)}（{said.cell.address}）" for item, said in found)
        yield finding("A118", WARNING, "", found[0][1].cell, f"{len(found)} 项的复核分与自评分不同，没有写明理由：{named}", basis.RECHECK)


def _is_changed(item: Item, said: Said) -> bool:
    audited = points_of(said).value
    return audited is not None and item.claimed.value is not None and audited != item.claimed.value


def unchecked(sheet: Sheet) -> Iterator[Finding]:
    """A119: some rows have a 复核分 and others none."""
    given = [item for item in sheet.items if points_of(item.row.audited).value is not None]
    left = [item for item in sheet.items if item not in given and item.claimed.value is not None and not item.together]
    if given and left:
        yield finding("A119", REMARK, "", left[0].cell, f"{len(left)} 项没有复核分：{'、'.join(f'「{item.title}」' for item in left)}", basis.RECHECK)


def zero_target(sheet: Sheet) -> Iterator[Finding]:
    """A216: a target of 0 in money, or in money a head: most often rounded away; nothing can be a share of it."""
    for item in sheet.items:
        if item.aim.number == 0 and _MONEY.search(item.aim.unit_text or "") and item.actual.number:
            yield finding("A216", WARNING, item.title, (item.row.target or item.row.name).cell,
                          f"目标值「{item.aim.text}」是 0，实际完成值是「{item.actual.text}」，算不出完成率；可能是换算单位时舍去了", basis.RATIO)


def year(sheet: Sheet) -> Iterator[Finding]:
    """A308: the years in the name of the file, none of which is the form's."""
    named = _YEAR.findall(PurePath(sheet.form.file).stem)
    said = sheet.form.title or (sheet.items[0].row.name if sheet.items else None)
    if named and sheet.form.year is not None and str(sheet.form.year) not in named and said is not None:
        years = "、".join(dict.fromkeys(named))
        yield finding("A308", REMARK, "", said.cell, f"文件名写的是 {years} 年，表上是 {sheet.form.year} 年度，请核对是不是这一年的表")


CHECKS = (changed, unchecked, zero_target, year)
