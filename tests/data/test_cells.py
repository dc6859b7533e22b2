"""One cell: every way of writing that `domain/rules.md` §3 has seen."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfdsl.data.cells import read_cell, read_score
from perfdsl.data.facts import Absent
from perfdsl.data.reading import by_grammar, shortcut
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell, errors
from perfdsl.model.ruleset import Expected, Kind
from perfdsl.quantity import Quantity, of
from perfdsl.units import UNITS, unit_of

CELL = Cell("数据.xlsx", "D7", "Sheet1")
PLAIN, TEXT, DAY = Expected(Kind.QUANTITY), Expected(Kind.TEXT), Expected(Kind.DATE)


def unit(symbol: str) -> Expected:
    return Expected(Kind.QUANTITY, UNITS[symbol])


@pytest.mark.parametrize(("text", "expected", "value"), [
    ("3.6亿元", unit("亿元"), of("3.6", UNITS["亿元"])),
    ("36000万元", unit("亿元"), of("3.6", UNITS["亿元"])),
    ("36000 万元", unit("亿元"), of("3.6", UNITS["亿元"])),
    ("1,030,700.00", unit("元"), of(1030700, UNITS["元"])),
    ("95%", unit("%"), of(95, UNITS["%"])),
    ("９５％", unit("%"), of(95, UNITS["%"])),
    ("95", unit("%"), of(95, UNITS["%"])),
    ("0", unit("%"), of(0, UNITS["%"])),
    ("３．６亿元", unit("元"), of("3.6", UNITS["亿元"])),
    ("\u300020", unit("家"), of(20, UNITS["家"])),
    ("\u00a020\u200b家\ufeff", unit("家"), of(20, UNITS["家"])),
    ("-5", PLAIN, of(-5)), ("－５", PLAIN, of(-5)), ("−5.0", PLAIN, of(-5)), ("+5", PLAIN, of(5)),
    ("3.6E8", PLAIN, of(360000000)),
    ("1.5万元/人", Expected(Kind.QUANTITY, unit_of("元/人")), Quantity(Fraction(15000))),
])
def test_numbers(text: str, expected: Expected, value: Quantity) -> None:
    read, found = read_cell(text, expected, CELL)
    assert found == []
    assert isinstance(read, Quantity)
    assert read.amount == value.amount


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "/", "／", "-", "—", "——", "－", "未填", "…", "……"])
@pytest.mark.parametrize("expected", [PLAIN, TEXT, DAY, unit("%")])
def test_an_empty_cell_is_no_zero(text: str, expected: Expected) -> None:
    assert read_cell(text, expected, CELL) == (Absent.EMPTY, [])


@pytest.mark.parametrize("text", ["不适用", "N/A", "n/a", " 不适用\u3000"])
@pytest.mark.parametrize("expected", [PLAIN, TEXT, DAY])
def test_not_applicable(text: str, expected: Expected) -> None:
    assert read_cell(text, expected, CELL) == (Absent.NOT_APPLICABLE, [])


@pytest.mark.parametrize("text", ["2023年12月20日", "2023-12-20", "2023/12/20", "2023.12.20", "２０２３年１２月２０日",
                                  "2023-12-20 00:00:00", "2023年12月20日 0:00"])
def test_dates(text: str) -> None:
    assert read_cell(text, DAY, CELL) == (date(2023, 12, 20), [])


@pytest.mark.parametrize("text", ["持续正常运转", "≥266米", "3家企业", "无", "2023-12-20"])
def test_words_are_taken_as_they_stand(text: str) -> None:
    assert read_cell(f" {text}\u3000", TEXT, CELL) == (text, [])


@pytest.mark.parametrize(("text", "expected", "code", "hint"), [
    ("1，030", unit("元"), "E402", "「1,030」"),
    ("1，030，700.5元", unit("元"), "E402", "「1,030,700.5元」"),
    ("1,03", unit("元"), "E402", "写成数"),
    ("1 030", unit("元"), "E402", "写成数"),
    ("≥266米", unit("米"), "E402", "「266米」"),
    (">=266米", unit("米"), "E402", "「266米」"),
    ("90%及以上", unit("%"), "E402", "「90%」"),
    ("不低于90%", unit("%"), "E402", "「90%」"),
    ("无", unit("起"), "E402", "「0起」"),
    ("完成", unit("家"), "E402", "「100家」"),
    ("已完成100%", unit("家"), "E402", "「100家」"),
    ("3家企业", unit("家"), "E402", "「100家」"),
    ("2023-12-20", unit("家"), "E402", "「100家」"),
    ("9" * 5000, unit("家"), "E402", "60 位"),
    ("95%", unit("家"), "E403", "「家」"),
    ("95%", PLAIN, "E403", "只写数字"),
    ("3倍", PLAIN, "E403", "只写数字"),
    ("3亿元", unit("%"), "E403", "「%」"),
    ("0.95", unit("%"), "E404", "「95%」或「0.95%」"),
    ("1", unit("%"), "E404", "「100%」或「1%」"),
    ("-0.3", unit("%"), "E404", "「-30%」或「-0.3%」"),
    ("0.0900000762939453", unit("%"), "E404", "「9.00000762939453%」"),
    ("2023-02-30", DAY, "E402", "2023-12-20"),
    ("9999", DAY, "E402", "2023-12-20"),
    ("12月20日", DAY, "E402", "2023-12-20"),
    ("月底", DAY, "E402", "2023-12-20"),
])
def test_what_cannot_be_read_says_where_and_what_to_write(text: str, expected: Expected, code: str, hint: str) -> None:
    value, found = read_cell(text, expected, CELL)
    assert value is Absent.UNREADABLE
    assert [(one.code, one.place) for one in found] == [(code, CELL)]
    assert hint in found[0].hint


@pytest.mark.parametrize("text", ["44561", "44,561"])
def test_the_serial_of_a_day_is_read_and_told(text: str) -> None:
    value, found = read_cell(text, DAY, CELL)
    assert value == date(2021, 12, 31)
    assert [(one.code, one.severity.value) for one in found] == [("W404", "warning")]
    assert "2021-12-31" in found[0].message


def test_options() -> None:
    expected = Expected(Kind.CHOICE, None, ("是", "否", "无"))
    assert read_cell(" 是 ", expected, CELL) == ("是", [])
    assert read_cell("无", expected, CELL) == ("无", [])
    assert read_cell("", expected, CELL) == (Absent.EMPTY, [])
    value, found = read_cell("好坏", expected, CELL)
    assert (value, found[0].code, found[0].hint) == (Absent.UNREADABLE, "E411", "可选：是、否、无")


@pytest.mark.parametrize(("text", "points"), [("4.52", "4.52"), ("10.00", "10"), ("\u300020", "20"), ("9分", "9"),
                                              ("/", None), ("—", None), ("", None), ("不适用", None)])
def test_scores(text: str, points: str | None) -> None:
    assert read_score(text, CELL) == (None if points is None else Fraction(points), [])


@pytest.mark.parametrize("text", ["满分", "95%", "九分", "1，000"])
def test_a_score_that_is_no_number(text: str) -> None:
    value, found = read_score(text, CELL)
    assert (value, found[0].code, found[0].place) == (None, "E410", CELL)


@pytest.mark.parametrize("symbol", sorted(UNITS))
def test_every_unit_reads_alike_on_both_ways(symbol: str) -> None:
    assert shortcut(f"5{symbol}") == by_grammar(f"5{symbol}") is not None


PIECES = st.sampled_from([*"0123456789０５.．,，-－−+%％/／年月日 \u3000元家万亿",
                          *"个人无完成大小不等至高低超未填适用≥<=—…",
                          *"aNE:度底分值项", "不适用", "N/A", "2023-12-20", "及以上", "1,030", "个百分点",
                          "未填", "万元/人", "00:00"])
WRITTEN = st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join))
KINDS = [PLAIN, TEXT, DAY, unit("%"), unit("亿元"), Expected(Kind.CHOICE, None, ("是", "否"))]


@settings(max_examples=1000)
@given(WRITTEN, st.sampled_from(KINDS))
@example("9" * 5000, PLAIN)
@example("40000", DAY)
def test_no_text_raises(text: str, expected: Expected) -> None:
    value, found = read_cell(text, expected, CELL)
    assert (value is Absent.UNREADABLE) == bool(errors(found))
    read_score(text, CELL)


@settings(max_examples=2000)
@given(WRITTEN)
def test_the_shortcut_agrees_with_the_grammar(text: str) -> None:
    plain = clean(text)
    short = shortcut(plain)
    assert short is None or short == by_grammar(plain)
