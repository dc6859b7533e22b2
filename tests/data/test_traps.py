"""Traps that give wrong scores or break: each with a file that shows it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from forms.hostile import docx, word_cell, word_table, xlsx
from openpyxl import Workbook, load_workbook

from perfdsl.data import read
from perfdsl.data.facts import Absent, Facts
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import of
from perfdsl.units import UNITS

from .conftest import Read

FILES = Path(__file__).parent / "files"
TAX, HAPPY = "产出指标/数量指标/税收", "满意度指标/满意度"
MIXED = """规则集 「示例」
  引用 「标准计分方法」
  总分 10分
  取舍 每项得分 保留2位 四舍五入
  取舍 总分 保留2位 四舍五入
  不适用 其余按比例折算

三级指标 面积 10分
  目标 ≥ 8平方米
  计分 正向比率
"""
ReadBytes = Callable[[bytes, str], tuple[list[Facts], list[Diagnostic]]]


@pytest.fixture
def read_bytes(tmp_path: Path, ruleset: Ruleset) -> ReadBytes:
    def reader(content: bytes, name: str) -> tuple[list[Facts], list[Diagnostic]]:
        (tmp_path / name).write_bytes(content)
        return read(tmp_path / name, ruleset)

    return reader


def _codes(found: list[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def _saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(*rows: str) -> str:
    """Rows of a sheet, their cells parted by `|`: what looks like a number is one."""
    made = ""
    for at, row in enumerate(rows, 1):
        cells = (f'<c r="{chr(64 + column)}{at}" t="inlineStr"><is><t>{text}</t></is></c>' if not text.replace(".", "").isdigit()
                 else f'<c r="{chr(64 + column)}{at}"><v>{text}</v></c>' for column, text in enumerate(row.split("|"), 1))
        made += f'<row r="{at}">{"".join(cells)}</row>'
    return made


# ---- wrong scores


def test_1_a_failed_cell_is_no_empty_cell(read_bytes: ReadBytes, ruleset: Ruleset) -> None:
    failed = _sheet("指标|实际完成值", "税收|#DIV/0!").replace('t="inlineStr"><is><t>#DIV/0!</t></is>', 't="e"><v>#DIV/0!</v>')
    (facts,), found = read_bytes(xlsx(failed), "表.xlsx")
    assert (_codes(found), facts.of(TAX).value) == (["E409"], Absent.UNREADABLE)
    unsaved = _sheet("指标|实际完成值", "税收|3").replace("<v>3</v>", "<f>1+2</f>")
    (facts,), found = read_bytes(xlsx(unsaved), "表.xlsx")
    assert (_codes(found), facts.of(TAX).value) == (["E409"], Absent.UNREADABLE)
    assert "保存一次" in found[0].hint
    (facts,), found = read(FILES / "shown.ods", ruleset)
    assert (_codes(found)[0], facts.of(TAX).value) == ("E409", Absent.UNREADABLE)


def test_1_an_old_workbook_says_what_it_cannot_tell(ruleset: Ruleset) -> None:
    pytest.importorskip("python_calamine")
    (facts,), found = read(FILES / "shown.xls", ruleset)
    assert _codes(found)[:2] == ["W405", "E404"]
    assert facts.of(TAX).value is Absent.EMPTY


def test_2_percent_and_unit_live_in_the_number_format(read_bytes: ReadBytes, ruleset: Ruleset) -> None:
    book = Workbook()
    for row in [("指标", "实际完成值"), (HAPPY, 0.953), ("全年执行数", 2510.1)]:
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].number_format, book.worksheets[0]["B3"].number_format = "0.0%", '0.0"万元"'
    for (facts,), found in (read_bytes(_saved(book), "表.xlsx"), read(FILES / "shown.ods", ruleset)):
        assert "E404" not in _codes(found)
        assert (facts.of(HAPPY).text, facts.of("全年执行数").text) == ("95.3%", "2510.1万元")
        assert facts.of(HAPPY).value == of("95.3", UNITS["%"])


def test_2_a_format_that_shows_another_number(read_bytes: ReadBytes) -> None:
    book = Workbook()
    for row in [("指标", "实际完成值"), ("全年执行数", 25101200)]:
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].number_format = '0!.0,"万元"'
    assert _codes(read_bytes(_saved(book), "表.xlsx")[1]) == ["E402"]


def test_3_scores_keep_their_zeros_in_a_table(run: Any, tmp_path: Path) -> None:
    ruleset, data = tmp_path / "规则集.perf", tmp_path / "数据.csv"
    ruleset.write_text(MIXED, encoding="utf-8")
    data.write_text("指标,实际完成值\n面积,12平方米\n", encoding="utf-8")
    shown = run("eval", ruleset, data)
    assert (shown.code, "10.00" in shown.out) == (0, True)


@pytest.mark.parametrize(("name", "text"), [
    ("a.csv", "指标,实际完成值,自评得分\n税收,2.665,7.335\n"), ("a.json", '{"税收": {"actual": 2.665, "claimed": 7.335}}'),
    ("a.toml", '["税收"]\nactual = 2.665\nclaimed = 7.335\n'), ("a.yaml", "税收:\n  actual: 2.665\n  claimed: 7.335\n"),
])
def test_4_half_cents_are_exact_in_every_format(read_text: Read, name: str, text: str) -> None:
    (facts,), found = read_text(text, name)
    assert (found, facts.of(TAX).value, facts.of(TAX).claimed) == ([], of("2.665", UNITS["亿元"]), Fraction(7335, 1000))


def test_5_yaml_keeps_what_is_written(read_text: Read) -> None:
    (facts,), found = read_text("单位: 001\n税收: 2.4\n效益指标:\n  可持续:\n    正常运转: NO\n全年执行数: 1_000\n", "a.yaml")
    assert (facts.unit, facts.of("效益指标/可持续/正常运转").value) == ("001", "NO")
    assert _codes(found) == ["E402"]
    (facts,), found = read_text("单位: 甲\n正常运转: 12:30\n", "a.yaml")
    assert (found, facts.of("效益指标/可持续/正常运转").value) == ([], "12:30")


@pytest.mark.parametrize("text", ["税收: 1\n税收: 2\n", "产出指标:\n  税收: 1\n  税收: 2\n"])
def test_5_equal_keys_of_yaml_are_an_error(read_text: Read, text: str) -> None:
    assert _codes(read_text(text, "a.yaml")[1]) == ["E407"]


def test_6_text_that_looks_like_a_formula_stays_text(run: Any, tmp_path: Path) -> None:
    ruleset, data, made = tmp_path / "规则集.perf", tmp_path / "数据.csv", tmp_path / "表.csv"
    ruleset.write_text(MIXED, encoding="utf-8")
    data.write_text("指标,实际完成值,偏差原因\n面积,4平方米,=cmd|' /C calc'!A0\n", encoding="utf-8")
    assert run("eval", ruleset, data, "-o", made).code == 0
    assert ",=cmd" not in made.read_text(encoding="utf-8-sig")
    assert "=cmd|" in made.read_text(encoding="utf-8-sig")


def test_7_a_float_is_the_decimal_it_is_shown_as(read_bytes: ReadBytes) -> None:
    (facts,), _ = read_bytes(xlsx(_sheet("指标|实际完成值", "税收|0.1", "全年执行数|2510.1")), "表.xlsx")
    assert facts.of(TAX).value == of("0.1", UNITS["亿元"])
    assert facts.of("全年执行数").value == of("2510.1", UNITS["万元"])


def test_8_marks_that_nobody_sees_and_serials_of_dates(read_bytes: ReadBytes) -> None:
    (facts,), found = read_bytes(xlsx(_sheet("指标|实际完成值", "\u3000税收\u200b|\u00a0２．４亿元\u3000", "完成日期|44561")), "表.xlsx")
    assert facts.of(TAX).value == of("2.4", UNITS["亿元"])
    assert facts.of("效益指标/时效/完成日期").value == date(2021, 12, 31)
    assert _codes(found) == ["W404"]


# ---- hanging, slow, broken


def test_9_long_chinese_in_a_narrow_table_ends(run: Any, tmp_path: Path) -> None:
    ruleset, data = tmp_path / "规则集.perf", tmp_path / "数据.csv"
    ruleset.write_text(MIXED, encoding="utf-8")
    data.write_text(f"指标,实际完成值,偏差原因\n面积,4平方米,{'受汛期影响|工期延后。' * 30}\n", encoding="utf-8")
    shown = run("eval", ruleset, data, "--width", "32")
    assert (shown.code, any(line.lstrip().startswith("。") for line in shown.out.splitlines())) == (0, False)
    assert "影响|" not in run("eval", ruleset, data, "--format", "markdown").out.replace("\\|", "")


def test_10_a_long_word_table_is_read(read_bytes: ReadBytes) -> None:
    rows = [word_cell("指标") + word_cell("实际完成值"), *(word_cell(f"第{at}项") + word_cell("1") * 8 for at in range(300)),
            word_cell("税收") + word_cell("2.4亿元")]
    (facts,), found = read_bytes(docx(word_table(*rows)), "表.docx")
    assert (facts.of(TAX).value, len(found)) == (of("2.4", UNITS["亿元"]), 300)


def test_11_an_empty_fill_of_wps(read_bytes: ReadBytes) -> None:
    styles = ('<numFmts><numFmt numFmtId="200" formatCode="0.0%"/></numFmts><fonts><font/></fonts><fills><fill/></fills>'
              '<borders><border/></borders><cellXfs><xf/><xf numFmtId="200"/></cellXfs>')
    rows = _sheet("指标|实际完成值", f"{HAPPY}|0.953").replace('r="B2"', 'r="B2" s="1"')
    with pytest.raises(TypeError):
        load_workbook(io.BytesIO(xlsx(rows, styles=styles)))
    (facts,), found = read_bytes(xlsx(rows, styles=styles), "表.xlsx")
    assert (_codes(found), facts.of(HAPPY).text) == (["W405"], "95.3%")


def test_11_a_wrong_dimension(read_bytes: ReadBytes) -> None:
    made, old = io.BytesIO(), xlsx(_sheet("指标|实际完成值", "税收|2.4"))
    with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>'))
    (facts,), found = read_bytes(made.getvalue(), "表.xlsx")
    assert (found, facts.of(TAX).value) == ([], of("2.4", UNITS["亿元"]))


def test_11_the_strict_variant_of_xlsx(read_bytes: ReadBytes) -> None:
    made, old = io.BytesIO(), xlsx(_sheet("指标|实际完成值", "税收|2.4"))
    with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name).replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                             b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            after.writestr(name, text.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                              b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    (facts,), _ = read_bytes(made.getvalue(), "表.xlsx")
    assert facts.of(TAX).value == of("2.4", UNITS["亿元"])


def test_11_the_name_says_one_thing_and_the_file_another(read_bytes: ReadBytes) -> None:
    pytest.importorskip("python_calamine")
    (facts,), found = read_bytes((FILES / "form.xls").read_bytes(), "表.xlsx")
    assert (_codes(found), facts.of(TAX).value) == (["W405"], of("2.4", UNITS["亿元"]))
    _, found = read_bytes(b"<html><table><tr><td>1</td></tr></table>", "表.xls")
    assert (_codes(found), "只是文件名写成了 xls" in found[0].message) == (["E401"], True)
    (facts,), found = read_bytes("指标\t实际完成值\n税收\t2.4亿元\n".encode("gb18030"), "表.xls")
    assert (_codes(found), facts.of(TAX).value) == (["W405"], of("2.4", UNITS["亿元"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_12_csv_in_the_encodings_of_offices(read_text: Read, encoding: str) -> None:
    (facts,), found = read_text("指标,实际完成值\n税收,2.4亿元\n正常运转,㐀镕喆\n", encoding=encoding)
    assert (found, facts.of("效益指标/可持续/正常运转").value) == ([], "㐀镕喆")


def test_13_a_console_of_code_page_936(tmp_path: Path) -> None:
    (tmp_path / "规则集.perf").write_text(MIXED, encoding="utf-8")
    (tmp_path / "数据.csv").write_text("指标,实际完成值,偏差原因\n面积,4平方米,每 m² 少 ¥3 ✓\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-m", "perfdsl", "eval", "规则集.perf", "数据.csv"], cwd=tmp_path, env=environment,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    assert "面积" in done.stdout.decode("gbk")
    assert not set("━─²✓") & set(done.stdout.decode("gbk"))
