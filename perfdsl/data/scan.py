"""One XML part of an office file, counted while it is parsed in pieces: too much, too deep, merged absurdly, or with a DOCTYPE."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

ELEMENTS = 700_000
"""XML elements in a package; `_MANY` are the lower limits of some of them."""
TEXT = 200_000
"""Characters in one piece of text; a cell of Excel holds 32767."""
DEPTH = 200
"""Elements inside one another."""
CELLS = 160_000
"""Cells of a workbook, read once; with formulas it is read twice."""
SPREAD = 100_000
"""Cells covered by merges, by links, by wide cells of Word, and cells that one cell may be repeated to."""
WIDEST = 1_000
"""Columns that one cell of a Word table may span."""

_MANY = {"c": (CELLS, "个单元格"), "row": (200_000, "行"), "mergeCell": (3_000, "处合并单元格"), "hyperlink": (5_000, "个链接"),
         "xf": (70_000, "种单元格样式"), "font": (20_000, "种字体"), "fill": (20_000, "种填充"), "border": (20_000, "种边框"),
         "tc": (50_000, "个表格单元格"), "table-cell": (150_000, "个单元格"),
         "cfRule": (5_000, "条条件格式"), "dataValidation": (5_000, "条数据有效性"), "definedName": (20_000, "个定义的名称")}
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
DELETE = "用 WPS 或 Excel 打开，删去用不到的空行、空列和多余的内容，另存一份"
SAVE = "用 WPS 或 Excel 打开，另存为新的文件"

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


class Refused(Exception):  # noqa: N818  # a verdict on the file, not an error of ours
    """What is wrong with a package, and what to do."""


class Scan:
    """One XML member, counted while it is parsed in pieces; nothing of it is kept."""

    def __init__(self, seen: Counter[str], *, strict: bool) -> None:
        self.seen, self.strict, self.depth, self.text, self.merged = seen, strict, 0, 0, list[Area]()

    def read(self, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        """Raises `Refused`.  What is no XML is left to the readers: pictures of cells' notes (vml) often are none."""
        try:
            self._parse(package, info)
        except expat.error:
            return
        _overlaps(self.merged)

    def _parse(self, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        with package.open(info) as stream:
            while piece := stream.read(1 << 16):
                parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        if self.strict:
            raise Refused("里面有实体定义（DOCTYPE），正常的办公文件没有", f"来源不明的文件不要打开；自己做的，{SAVE}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth, self.text = self.depth + 1, 0
        local = name.rpartition(":")[2]
        self.seen[local] += 1
        self.seen[""] += 1
        most, what = _MANY.get(local, (ELEMENTS, "个元素"))
        if self.seen[local] > most or self.seen[""] > ELEMENTS:
            raise Refused(f"里面有 {most if self.seen[local] > most else ELEMENTS} {what}以上，太大了", DELETE)
        if self.depth > DEPTH:
            raise Refused(f"内容一层套一层，超过 {DEPTH} 层", SAVE)
        if local in _LOOK:
            _LOOK[local](self, attributes)

    def _end(self, _name: str) -> None:
        self.depth, self.text = self.depth - 1, 0

    def _characters(self, text: str) -> None:
        self.text += len(text)
        if self.text > TEXT:
            raise Refused(f"有一个单元格里的文字超过 {TEXT // 10_000} 万字", DELETE)

    def _merge(self, attributes: dict[str, str]) -> None:
        self.merged.append(_area(attributes.get("ref", "")))

    def _link(self, attributes: dict[str, str]) -> None:
        self._spread(_size(_area(attributes.get("ref", "A1"))), "链接")

    def _spread(self, cells: int, what: str) -> None:
        """Counts with a blank before the name, which no element has."""
        self.seen[f" {what}"] += cells
        if self.seen[f" {what}"] > SPREAD:
            raise Refused(f"{what}盖住了 {SPREAD // 10_000} 万格以上", DELETE)

    def _cell(self, attributes: dict[str, str]) -> None:
        at = attributes.get("r")
        if at is not None and (_REFERENCE.fullmatch(at) is None or len(at) > 10):
            raise Refused(f"单元格的地址「{at[:20]}」不对", SAVE)

    def _span(self, attributes: dict[str, str]) -> None:
        value = next((text for key, text in attributes.items() if key.rpartition(":")[2] == "val"), "1")
        if not value.isdecimal() or len(value) > 9 or int(value) > WIDEST:
            raise Refused(f"表格里有一格横跨 {value[:20]} 列", SAVE)
        self._spread(int(value), "横跨几列的格子")


_LOOK: dict[str, Any] = {"mergeCell": Scan._merge, "hyperlink": Scan._link, "c": Scan._cell, "gridSpan": Scan._span,
                         "gridBefore": Scan._span, "gridAfter": Scan._span}


def _area(reference: str) -> Area:
    found = _REFERENCE.fullmatch(reference.upper())
    if found is None:
        raise Refused(f"合并单元格的范围「{reference[:20]}」不对", SAVE)
    left, top, right, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
    columns = sorted((_column(left), _column(right)))
    rows = sorted((top, bottom))
    return rows[0], columns[0], rows[1], columns[1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _size(area: Area) -> int:
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)


def _overlaps(areas: list[Area]) -> None:
    """Merges that cover too much, or each other: no program makes such a sheet."""
    if sum(map(_size, areas)) > SPREAD:
        raise Refused(f"合并的单元格盖住了 {SPREAD // 10_000} 万格以上", DELETE)
    covered: set[tuple[int, int]] = set()
    for area in areas:
        places = set(_places(area))
        if covered & places:
            raise Refused(f"第 {area[0]} 行的合并单元格与别的合并单元格重叠，看不出哪个数算数", SAVE)
        covered |= places


def _places(area: Area) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(area[0], area[2] + 1) for column in range(area[1], area[3] + 1))
