"""Spreadsheets as a person sees them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfdsl.data import read
from perfdsl.data.facts import Absent, Facts
from perfdsl.data.number_format import shown
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import of
from perfdsl.units import UNITS

TAX = "产出指标/数量指标/税收"
ReadBook = Callable[[Workbook], tuple[list[Facts], list[Diagnostic]]]


@pytest.fixture
def read_book(tmp_path: Path, ruleset: Ruleset) -> ReadBook:
    def reader(book: Workbook) -> tuple[list[Facts], list[Diagnostic]]:
        book.save(tmp_path / "表.csv")
        return read(tmp_path / "表.csv", ruleset)

    return reader


def book_of(*rows: tuple[Any, ...], headings: tuple[str, ...] = ("指标", "实际完成值", "自评得分")) -> Workbook:
    book = Workbook()
    for row in (headings, *rows):
        first(book).append(row)
    return book


def first(book: Workbook) -> Worksheet:
    return book.worksheets[0]


def test_a_percentage_is_what_the_cell_shows(read_book: ReadBook) -> None:
    book = book_of(("满意度指标/满意度", 0.953), ("税收", 2.4, 12.5), ("全年执行数", 2510.1))
    first(book)["B2"].number_format, first(book)["B4"].number_format = "0.0%", '0.0"万元"'
    (facts,), found = read_book(book)
    assert found == []
    assert facts.of("满意度指标/满意度").text == "95.3%"
    assert facts.of("满意度指标/满意度").value == of("95.3", UNITS["%"])
    assert (facts.of(TAX).value, facts.of(TAX).claimed) == (of("2.4", UNITS["亿元"]), Fraction("12.5"))
    assert str(facts.of(TAX).cell).endswith("表.csv:Sheet!B3")
    assert facts.of("全年执行数").text == "2510.1万元"


@pytest.mark.parametrize(("value", "number_format", "text"), [
    (0.953, "0.0%", "95.3%"), (0.1, "General", "0.1"), (1, "0%", "100%"), (-0.05, "0.0%;-0.0%", "-5%"),
    (95.3, '0.0"%"', "95.3%"),
    (2510.1, '0.0"万元"', "2510.1万元"), (25101200, '0.0,"千元"', "25101.2千元"), (25101200, '0!.0,"万元"', None),
    (1234.5, "#,##0.00", "1234.5"), (100, '"¥"#,##0.00', "100元"), (100, "[$¥-804]#,##0.00", "100元"),
    (100, "[$$-409]#,##0.00", "$100"), (20, "General家", "20家"), (5, "@", "5"), (0.5, "# ?/?", None),
    (-3, '0.0"万元";[Red](0.0"万元")', "-3万元"), (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "0"),
    (10000, '[>=10000]0.0,"千元";0"元"', None), (100.0, "", "100"), (1e21, "General", "1" + "0" * 21),
    (0, "0%", "0%"),
])
def test_number_formats(value: float, number_format: str, text: str | None) -> None:
    assert shown(value, number_format) == text


def test_dates_words_and_truth(read_book: ReadBook) -> None:
    book = book_of(("完成日期", datetime(2023, 12, 20)), ("正常运转", "持续正常运转"), ("地区", "西部"))
    (facts,), found = read_book(book)
    assert (found, facts.of("效益指标/时效/完成日期").value) == ([], date(2023, 12, 20))


def test_formulas_without_a_value_and_error_cells(read_book: ReadBook) -> None:
    book = book_of(("税收", "=1+2", "=SUM(1)"), ("地区", "#DIV/0!"), ("正常运转", "好"))
    (facts,), found = read_book(book)
    assert [(one.code, one.place.address) for one in found] == [  # type: ignore[union-attr]
        ("E409", "B2"), ("E409", "C2"), ("E409", "B3")]
    assert "保存一次" in found[0].hint
    assert facts.of(TAX).value is Absent.UNREADABLE


def test_a_formula_with_its_value(tmp_path: Path, ruleset: Ruleset) -> None:
    book_of(("税收", "=1+2")).save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(rb"<v ?/>|<v></v>", b"<v>3</v>", text) if "sheet1" in name else text)
    (facts,), found = read(tmp_path / "b.xlsx", ruleset)
    assert (found, facts.of(TAX).value) == ([], of(3, UNITS["亿元"]))


def test_merged_cells_say_what_their_corner_says(read_book: ReadBook) -> None:
    book = Workbook()
    sheet = first(book)
    for row in [("自评表",), ("单位名称", None, "税务局"), ("指标", "实际完成值", None, "自评得分"),
                ("税收", "3亿元", None, 15),
                (None, None, None, None), ("地区", "西部")]:
        sheet.append(row)
    for area in ("A1:D1", "A2:B2", "B3:C3", "B4:C4", "A4:A5", "B5:C5"):
        sheet.merge_cells(area)
    (facts,), found = read_book(book)
    assert (found, facts.unit, facts.of(TAX).claimed, facts.of("地区").value) == ([], "税务局", Fraction(15), "西部")


def test_the_first_visible_sheet_with_headings(read_book: ReadBook) -> None:
    book = Workbook()
    first(book).append(["说明"])
    for title, state, value in (("旧", "hidden", "1亿元"), ("表", "visible", "2亿元"), ("后", "visible", "3亿元")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["指标", "实际完成值"])
        sheet.append(["税收", value])
    (facts,), found = read_book(book)
    assert (found, facts.of(TAX).value, facts.of(TAX).cell.sheet) == ([], of(2, UNITS["亿元"]), "表")  # type: ignore[union-attr]


def test_a_stray_cell_far_out_costs_nothing(read_book: ReadBook) -> None:
    book = book_of(("税收", "3亿元"))
    first(book)["XFD1048576"] = " "
    (facts,), found = read_book(book)
    assert (found, facts.of(TAX).value) == ([], of(3, UNITS["亿元"]))


def test_many_units(read_book: ReadBook) -> None:
    book = book_of(("甲", 2023, 3.6), ("乙", 2023, None), headings=("单位", "年度", "税收"))
    (one, two), found = read_book(book)
    assert (found, one.of(TAX).value, two.of(TAX).value) == ([], of("3.6", UNITS["亿元"]), Absent.EMPTY)


def test_a_zip_that_is_no_workbook(tmp_path: Path, ruleset: Ruleset) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        made.writestr("word/document.xml", "<a/>")
    assert [one.code for one in read(tmp_path / "a.xlsx", ruleset)[1]] == ["E401"]


def test_codes_of_units_as_numbers(read_book: ReadBook) -> None:
    """A padded format shows its zeros; past 15 digits a number is no longer the code that was typed."""
    book = book_of(("甲", 1001, "3亿元"), ("乙", 914301000000000123, "3亿元"), ("丙", "914301000000000123", "3亿元"), headings=("单位", "单位代码", "税收"))
    first(book)["B2"].number_format = "000000"
    units, found = read_book(book)

    assert [one.code for one in units] == ["001001", "", "914301000000000123"]
    assert [(d.code, d.place.address) for d in found] == [("E402", "B3")]  # type: ignore[union-attr]
