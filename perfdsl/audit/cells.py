"""Target and actual value as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.aims import paired, read_text
from perfdsl.audit.kinds import REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import shown, squeezed
from perfdsl.dates import from_serial
from perfdsl.forms.form import Said

_VERDICT = re.compile(r"(?:已|基本|全部|部分|未)?(?:达成|完成|达到)(?:了)?(?:预期|年度|绩效|既定)?(?:指标|目标|效果)?|较好(?:地)?完成.*")
_MEASURED = ("数量", "时效", "成本")
_RATE = re.compile(r"率$|率[（(]|满意|滿意|程度$|比例$|占比$")
_HUNDRED = Fraction(100)


def copied(sheet: Sheet) -> Iterator[Finding]:
    """A201: the target, sign and all, in the cell of the actual value."""
    for item in sheet.items:
        if item.actual.sign and item.actual.number is not None and item.row.actual is not None:
            same = "照抄了目标" if item.actual.text == item.aim.text else "带着比较符号，是目标的写法"
            yield finding("A201", WARNING, item.title, item.row.actual.cell, f"实际完成值「{shown(item.row.actual)}」{same}，应填实际完成的数", basis.RECHECK)


def verdicts(sheet: Sheet) -> Iterator[Finding]:
    """A202: 达成预期指标 where a number is due."""
    for item in sheet.items:
        if item.row.actual is None or not _VERDICT.fullmatch(item.actual.text):
            continue
        measured = any(word in squeezed(level) for level in item.row.levels for word in _MEASURED)
        if item.aim.number is not None or item.aim.several or item.aim.day or measured:
            yield finding("A202", WARNING, item.title, item.row.actual.cell,
                          f"实际完成值写「{shown(item.row.actual)}」，{_due(item)}", basis.RATIO)


def _due(item: Item) -> str:
    """What the cell should hold, by what the target asks for."""
    if item.aim.day or (item.aim.words and _timed(item)):
        return f"没有写日期；目标是「{item.aim.text}」，应填实际完成的日期"
    if item.aim.words:
        return f"只有结论；目标是「{item.aim.text}」，应写明实际做到了什么"
    return f"没有写数；目标是「{item.aim.text}」，应填实际完成的数"


def units(sheet: Sheet) -> Iterator[Finding]:
    """A203: numbers without their units, told once for the form."""
    without = [(item, said, text) for item in sheet.items if (found := _unitless(item)) for said, text in (found,)]
    if without:
        named = "、".join(f"「{item.title}」（{said.cell.address}，{text}）" for item, said, text in without)
        yield finding("A203", REMARK, "", without[0][1].cell, f"{len(without)} 项的数没有单位：{named}")


def _unitless(item: Item) -> tuple[Said, str] | None:
    """The cell without a unit, and what stands there."""
    target, actual = item.aim, item.actual
    if target.number is not None and not target.unit_text:
        also = f"、实际值「{actual.text}」" if actual.number is not None and not actual.unit_text else ""
        return item.row.target or item.row.name, f"目标值「{target.text}」{also}"
    if target.number is None or actual.number is None or actual.unit_text or item.row.actual is None or item.row.unit:
        return None
    return item.row.actual, f"实际完成值「{actual.text}」，按目标的「{target.unit_text}」读"


def unlike(sheet: Sheet) -> Iterator[Finding]:
    """A204: two units that cannot be turned into each other."""
    for item in sheet.items:
        if _unlike(item) and item.row.actual is not None:
            yield finding("A204", WARNING, item.title, item.row.actual.cell,
                          f"目标是「{item.aim.text}」，实际是「{item.actual.text}」，单位不同，不能比较")


def _unlike(item: Item) -> bool:
    """Whether both values have units that cannot be turned into each other."""
    both = item.aim.number is not None and item.actual.number is not None and not item.actual.sign
    return both and bool(item.aim.unit_text and item.actual.unit_text) and paired(item.aim, item.actual) is None


def hundred(sheet: Sheet) -> Iterator[Finding]:
    """A205: a satisfaction or a rate above 100 per cent, mostly ≥ misread as 2."""
    for item in sheet.items:
        if not _RATE.search(item.name):
            continue
        for said, read, what in ((item.row.target, item.aim, "目标值"), (item.row.actual, item.actual, "实际完成值")):
            if said is not None and read.number is not None and read.number > _HUNDRED and (read.is_rate or not read.unit_text):
                digits = read.text.lstrip("≥≤=<>")
                near = f"，疑为「≥{digits[1:]}」" if digits.startswith("2") and len(digits) > 2 else ""
                yield finding("A205", WARNING, item.title, said.cell, f"{what}「{shown(said)}」大于 100%{near}")


def serials(sheet: Sheet) -> Iterator[Finding]:
    """A210: a date that a spreadsheet shows as its number."""
    for item in sheet.items:
        for said in (item.row.target, item.row.actual):
            day = _serial(said) if _timed(item) else None
            if said is not None and day is not None:
                yield finding("A210", WARNING, item.title, said.cell, f"「{shown(said)}」是日期的序号，即 {day}，应写成日期")


def _timed(item: Item) -> bool:
    return any("时效" in squeezed(level) for level in item.row.levels) or bool(re.search(r"时间|日期|期限|及时", item.name))


def _serial(said: Said | None) -> str | None:
    read = read_text(squeezed(said)) if said else None
    day = from_serial(read.number) if read and read.number is not None and not read.unit_text else None
    return day.isoformat() if day else None


CHECKS = (copied, verdicts, units, unlike, hundred, serials)
