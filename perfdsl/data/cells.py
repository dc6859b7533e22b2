"""Reading one cell for what is expected in it: a value, a reason why there is none, or a diagnostic with its place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from perfdsl.data.facts import Absent, Value
from perfdsl.data.reading import Amount, Fault, reading
from perfdsl.data.table import clean, quoted
from perfdsl.dates import from_serial
from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.model.ruleset import Expected, Kind
from perfdsl.quantity import decimal_text, of
from perfdsl.spelling import nearest
from perfdsl.units import PURE, Unit

Read = tuple[Value | Absent, list[Diagnostic]]

_BOTH = 2
"""Up to this a bare number can be a share (1.05) as well as a percentage (1.05%)."""


def read_cell(text: str, expected: Expected, cell: Cell) -> Read:
    """What the cell holds.  `不适用` and an empty cell are no faults and no zero; a fault gives `Absent.UNREADABLE`."""
    plain = clean(text)
    if plain in expected.options:
        return plain, []
    if expected.kind in (Kind.TEXT, Kind.CHOICE):
        return _words(plain, expected, cell)
    match reading(plain):
        case Absent() as absent:
            return absent, []
        case Fault() as fault:
            hint = fault.hint or _wanted(expected)
            return _fault("E402", f"{quoted(text)}{fault.why}", cell, hint)
        case said if expected.kind is Kind.DATE:
            return _date(said, text, cell)
        case said:
            return _quantity(said, text, expected, cell)


def _fault(code: str, message: str, cell: Cell, hint: str) -> Read:
    return Absent.UNREADABLE, [Diagnostic(code, message, cell, hint)]


def _words(plain: str, expected: Expected, cell: Cell) -> Read:
    """Words are taken as they stand; where there is a list of options, only one of them."""
    said = reading(plain) if len(plain) <= 4 else plain
    if isinstance(said, Absent):
        return said, []
    if expected.kind is Kind.TEXT:
        return plain, []
    near = nearest(plain, expected.options, 1)
    hint = f"是否想写「{near[0]}」？" if near else ""
    listed = "、".join(expected.options)
    return _fault("E411", f"{quoted(plain)}不在可选的值中", cell, f"{hint}可选：{listed}")


def _date(said: Amount | date | str, text: str, cell: Cell) -> Read:
    if isinstance(said, date):
        return said, []
    if isinstance(said, Amount) and said.unit is None and (day := from_serial(said.number)):
        return day, [Diagnostic("W404", f"{quoted(text)}是表格的日期序号，读作 {day.isoformat()}", cell,
                                f"核对后写成「{day.isoformat()}」", severity=Severity.WARNING)]
    return _fault("E402", f"{quoted(text)}不是日期", cell, "写成「2023-12-20」或「2023年12月20日」")


def _quantity(said: Amount | date | str, text: str, expected: Expected, cell: Cell) -> Read:
    if isinstance(said, Amount):
        return _amount(said, text, expected.unit or PURE, cell)
    if isinstance(said, date):
        return _fault("E402", f"{quoted(text)}是日期，这里要填数", cell, _wanted(expected))
    if said == "无":
        zero = f"0{expected.unit.symbol if expected.unit else ''}"
        return _fault("E402", "「无」看不出是没有发生还是不适用", cell, f"没有发生写「{zero}」，不适用写「不适用」")
    return _fault("E402", f"{quoted(text)}读不出数", cell, _wanted(expected))


def _amount(said: Amount, text: str, wanted: Unit, cell: Cell) -> Read:
    if said.unit is None:
        if wanted.kind == "ratio" and wanted.symbol != "倍" and 0 < abs(said.number) <= _BOTH:
            return _ambiguous(said.number, text, wanted, cell)
        return of(said.number, wanted), []
    if said.unit.dimension != wanted.dimension or (wanted.kind == "number" and said.unit.kind != "number"):
        return _other_unit(text, said.unit, wanted, cell)
    return of(said.number, said.unit), []


def _ambiguous(number: Fraction, text: str, wanted: Unit, cell: Cell) -> Read:
    as_ratio, as_written = decimal_text(number / wanted.factor, 20), decimal_text(number, 20)
    message = f"{quoted(text)}可以是 {as_ratio}{wanted.symbol}，也可以是 {as_written}{wanted.symbol}"
    return _fault("E404", message, cell, f"写「{as_ratio}{wanted.symbol}」或「{as_written}{wanted.symbol}」")


def _other_unit(text: str, written: Unit, wanted: Unit, cell: Cell) -> Read:
    if wanted.kind == "number":
        return _fault("E403", f"{quoted(text)}带单位「{written.symbol}」，这里要填不带单位的数", cell,
                      "只写数字，或在规则集中写明单位")
    return _fault("E403", f"{quoted(text)}的单位「{written.symbol}」与所需的「{wanted.symbol}」不能换算", cell,
                  f"换成以「{wanted.symbol}」计的数")


def _wanted(expected: Expected) -> str:
    if expected.kind is Kind.DATE:
        return "写成「2023-12-20」或「2023年12月20日」"
    symbol = expected.unit.symbol if expected.unit else ""
    return f"写成数，如「100{symbol}」；不适用写「不适用」"


def read_score(text: str, cell: Cell) -> tuple[Fraction | None, list[Diagnostic]]:
    """The points in a score cell; None where it is empty, `/` or 不适用."""
    said = reading(clean(text))
    if isinstance(said, Absent):
        return None, []
    if isinstance(said, Amount) and (said.unit is None or said.unit.symbol == "分"):
        return said.number, []
    return None, [Diagnostic("E410", f"得分{quoted(text)}不是数", cell, "只写分数，如「4.5」；没有得分则留空")]
