"""Spreadsheets of LibreOffice and WPS (ods), as a person sees them: exact values, with the signs that the cells show."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from perfdsl.data.limits import broken, refused
from perfdsl.data.scan import SPREAD
from perfdsl.data.sheet import Area, Sheet, sheet_place
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Diagnostic

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{_OASIS}{name}:1.0}}" for name in ("office", "table", "text", "style"))
_CELLS = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_SHOWN = re.compile(r"([^\d.,+-]*)([-+]?[\d,]*\.?\d+)([^\d.,]*)")
_ERRORS = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d+|错误:\d+")


class _TooMuch(Exception):  # noqa: N818  # a verdict on the file
    pass


def sheets(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Every sheet, hidden ones marked."""
    why = refused(data, file)
    if why is not None:
        return [], [why]
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            root = ElementTree.fromstring(package.read("content.xml"))
        hidden = {style.get(f"{_STYLE}name") for style in root.iter(f"{_STYLE}style")
                  if any(inner.get(f"{_TABLE}display") == "false" for inner in style)}
        return [_sheet(one, file, one.get(f"{_TABLE}style-name") in hidden) for one in root.iter(f"{_TABLE}table")], []
    except (KeyError, ValueError, ElementTree.ParseError):
        return [], [broken(file)]
    except _TooMuch:
        return [], [Diagnostic("E401", f"没有读这个文件：有内容的单元格重复到 {SPREAD // 10_000} 万格以上", Cell(file, "开头"),
                               "打开表格，删去用不到的行和列，另存一份")]


def _sheet(element: Element, file: str, hidden: bool) -> Sheet:
    name = element.get(f"{_TABLE}name", "")
    entries: dict[tuple[int, int], Entry] = {}
    merged: list[Area] = []
    row = 1
    for line in element.iter(f"{_TABLE}table-row"):
        times = _repeated(line, "rows-repeated")
        cells = list(_cells(line))
        if len(entries) + len(cells) * times > SPREAD:
            raise _TooMuch
        for at in range(row, row + times if cells else row):
            for column, cell in cells:
                entries[at, column] = _entry(cell, sheet_place(file, name, at, column))
        merged += [(row, column, row + down - 1, column + right - 1) for column, cell in cells
                   if (down := _spanned(cell, "rows")) * (right := _spanned(cell, "columns")) > 1]
        row += times
    return Sheet(file, name, entries, tuple(merged), hidden)


def _cells(line: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row that say anything, with their columns."""
    column = 1
    for cell in line:
        if cell.tag not in _CELLS:
            continue
        times = _repeated(cell, "columns-repeated")
        if cell.tag == _CELLS[0] and _says(cell):
            if times > SPREAD:
                raise _TooMuch
            yield from ((at, cell) for at in range(column, column + times))
        column += times


def _says(cell: Element) -> bool:
    return cell.get(f"{_OFFICE}value-type") is not None or _formula(cell) is not None or cell.find(f"{_TEXT}p") is not None


def _formula(cell: Element) -> str | None:
    return cell.get(f"{_TABLE}formula")


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}", "1")))


def _spanned(element: Element, what: str) -> int:
    return min(_repeated(element, f"{what}-spanned"), SPREAD)


def _entry(cell: Element, place: Cell) -> Entry:
    text = "\n".join("".join(_words(one)) for one in cell.iterfind(f"{_TEXT}p"))
    if _formula(cell) is not None and _ERRORS.fullmatch(text):
        return _fault(text, place, "E409", f"单元格是错误值「{text}」", "在表中改正公式，或直接填数")
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "percentage" | "currency" as kind:
            return _number(cell.get(f"{_OFFICE}value", ""), text, kind, place)
        case "date":
            return Entry(cell.get(f"{_OFFICE}date-value", text).removesuffix("T00:00:00").replace("T", " "), place)
        case "boolean":
            return Entry("是" if cell.get(f"{_OFFICE}boolean-value") == "true" else "否", place)
        case None if not text and _formula(cell) is not None:
            return _fault(_formula(cell) or "", place, "E409", "公式没有存下算出的值", "用 WPS 或 LibreOffice 打开，保存一次")
    return Entry(text, place)


def _words(paragraph: Element) -> Iterator[str]:
    """The text of a paragraph: several blanks and line breaks are elements of their own, notes do not count."""
    yield paragraph.text or ""
    for part in paragraph:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", "1")), 100)
        elif part.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            yield "\n" if part.tag.endswith("break") else "\t"
        elif part.tag != f"{_OFFICE}annotation":
            yield from _words(part)
        yield part.tail or ""


def _number(value: str, text: str, kind: str, place: Cell) -> Entry:
    """All digits of the value, with the unit that the cell shows; where it shows another number, a fault."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return _fault(text, place, "E409", "这一格是数，而文件没有存下它的值", "打开表格，保存一次")
    seen = _SHOWN.fullmatch(text.strip())
    if seen is None:
        return Entry(_plain(number), place, is_number=True) if kind == "float" and not re.search(r"\d", text) else _other(value, text, place)
    before, digits, after = seen[1].strip(" ()（）"), Decimal(seen[2].replace(",", "")), seen[3].strip(" ()（）")
    scaled = number * 100 if kind == "percentage" else number
    decimals = len(seen[2].partition(".")[2])
    if abs(abs(scaled) - abs(digits)) * 2 > Decimal(10) ** -decimals:
        return _other(value, text, place)
    if before in ("¥", "￥") and not after:
        before, after = "", "元"
    padded = len(seen[2]) if seen[2].isdigit() and seen[2].startswith("0") else 0
    return Entry(f"{before}{_plain(scaled).zfill(padded)}{after}", place, is_number=True)


def _other(value: str, text: str, place: Cell) -> Entry:
    return _fault(text, place, "E402", f"存的是「{value}」，而格式让它显示成「{text}」", "改成「常规」格式，把数和单位一起写出，如「2510.1万元」")


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _fault(text: str, place: Cell, code: str, message: str, hint: str) -> Entry:
    return Entry(text, place, Diagnostic(code, message, place, hint))
