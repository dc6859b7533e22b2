"""The twelve forms: read the same from both formats, with all that stands in them; and layouts that none of them has."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from collections.abc import Sequence

import openpyxl
import pytest

from perfdsl.forms import docx_grid, xlsx_grid
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form
from perfdsl.forms.grid import Grid, GridCell
from tests.calls import calls
from tests.hangs import ends

from .twelve import EXPECTED, NUMBERS, all_said, grids, plain, read

HEADING = re.compile(
    "一级指标|二级指标|三级指标|类别|指标名称|年度指标值|指标值|目标值|^值$|实际完成|完成值|实际值|分值|权重|参分|得分|自评分|原因|指标性质|符号|单位|说明"
    "|完成情况|预算执行情况|年初预算数|全年预算数|全年执行数|执行率|年度总体目标|预期目标|绩效指标|总分|项目名称|自评结果|^（20\\d\\d(年度?)?）$|绩效实现情况")


def sheet(*lines: str, name: str = "表") -> list[Grid]:
    """A workbook of one sheet; `|` parts cells."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([text.strip() or None for text in line.split("|")])
    data = io.BytesIO()
    book.save(data)
    return xlsx_grid.grids(data.getvalue(), "f.xlsx")[0]


def only(*lines: str) -> Form:
    found = find_forms(sheet(*lines))
    assert len(found) == 1
    return found[0]


HEAD = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因"


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize("number", NUMBERS)
def test_what_stands_in_the_form(number: str, suffix: str, request: pytest.FixtureRequest) -> None:
    found = plain(read(number, suffix), even=True)
    at = EXPECTED / f"{number}.json"
    if request.config.getoption("--golden-update"):
        at.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(at.read_text("utf-8"))


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize("number", NUMBERS)
def test_no_cell_is_dropped(number: str, suffix: str) -> None:
    held = {said.cell for said in all_said(read(number, suffix))}
    levels = {cell.text for grid in grids(number, suffix) for cell in grid.cells if cell.place in held}
    for grid in grids(number, suffix):
        for cell in grid.cells:
            assert not cell.text.strip() or cell.place in held or cell.text in levels or HEADING.search(cell.text), cell


def work(found: Sequence[Grid]) -> int:
    """What finding the forms costs, in calls of functions."""
    return calls(lambda: find_forms(found), lambda _, event: event == "call")


def test_a_form_is_read_with_little_work_a_cell() -> None:
    found = grids("033", "xlsx")
    assert work(found) < 300 * sum(len(grid.cells) for grid in found)


def test_several_forms_in_one_sheet() -> None:
    one = ["（2022年度）", "项目名称|{}", "实施单位|某局", HEAD, "产出指标|数量指标|修路|≥3公里|3公里|50|50|", "总分|||||50|50|"]
    found = find_forms(sheet("项目支出绩效自评表", *(line.format("甲") for line in one), "", "项目支出绩效自评表",
                             *(line.format("乙") for line in one)))
    assert [form.project and form.project.text for form in found] == ["甲", "乙"]
    assert [(len(form.rows), form.total_claimed and form.total_claimed.text) for form in found] == [(1, "50"), (1, "50")]


def test_a_heading_repeated_on_a_new_page_goes_on_with_the_form() -> None:
    form = only("绩效自评表", HEAD, "产出指标|数量指标|修路|3公里|3公里|50|50", HEAD, "||修桥|1座|1座|40|40")
    assert [(row.name.text, row.levels) for row in form.rows] == [(name, ("产出指标", "数量指标")) for name in ("修路", "修桥")]


def test_headings_in_two_rows() -> None:
    book = openpyxl.Workbook()
    page = book.active
    for line in (["一级指标", "三级指标", "年度指标值", None, None, "完成值", "分值", "自评", "复核"],
                 [None, None, "符号", "数值", "单位", None, None, "得分", "得分"],
                 ["产出指标", "修路", "≥", "3", "公里", "4", "50", "50", "45"]):
        page.append(line)
    page.merge_cells("C1:E1")
    data = io.BytesIO()
    book.save(data)
    row = find_forms(xlsx_grid.grids(data.getvalue(), "f")[0])[0].rows[0]
    shown = [said and said.text for said in (row.sign, row.target, row.unit, row.actual, row.weight, row.claimed, row.audited)]
    assert shown == ["≥", "3", "公里", "4", "50", "50", "45"]


def test_unit_year_and_money_in_one_cell() -> None:
    form = only("绩效自评表", "填报单位（盖章）：某市水利局    评价年度：2022    单位：万元", HEAD, "产出指标|数量指标|修路|3|3|50|50")
    assert (form.unit and form.unit.text, form.year, form.money_unit) == ("某市水利局", 2022, "万元")


@pytest.mark.parametrize(("written", "name", "code"), [
    ("219001-某镇人民政府", "某镇人民政府", "219001"), ("[155]某县民政局", "某县民政局", "155"), ("【204】某局", "某局", "204"),
    ("2022-2023学年某校", "2022-2023学年某校", ""), ("某局", "某局", "")])
def test_the_code_is_parted_from_the_name(written: str, name: str, code: str) -> None:
    form = only("绩效自评表", f"实施单位|{written}", HEAD, "产出指标|数量指标|修路|3|3|50|50")
    assert (form.unit and form.unit.text, form.code) == (name, code)


def test_the_unit_is_not_its_superior() -> None:
    form = only("绩效自评表", "主管部门|某市财政局|实施单位|某中心", HEAD, "产出指标|数量指标|修路|3|3|50|50")
    assert (form.unit and form.unit.text) == "某中心"
    assert [(label, said.text) for label, said in form.particulars] == [("主管部门", "某市财政局")]


def test_what_is_not_understood_is_told_with_its_cell() -> None:
    form = only("绩效自评表", "请于三月底前报送", HEAD, "产出指标|数量指标|修路|3|3|50|50")
    assert [(said.text, said.cell.address) for said in form.not_understood] == [("请于三月底前报送", "A2")]


def test_sums_of_a_level_are_no_indicators() -> None:
    form = only("绩效自评表", HEAD, "产出指标|数量指标|修路|3|3|50|50", "|小计||||50|50", "合计|||||50|50")
    assert [row.name.text for row in form.rows] == ["修路"]
    assert [(row.name.text, row.claimed and row.claimed.text) for row in form.subtotals] == [("小计", "50")]
    assert form.total_weight is not None


@pytest.mark.parametrize("text", ["产出指标(50分)", "产出指标\n（50分）", "产出指标50分", "产出指标\n50分）", "产出指标(50)"])
def test_points_inside_a_level_name(text: str) -> None:
    form = only("绩效自评表", HEAD, f"{text}|数量指标|修路|3|3|50|50")
    assert [(level.name, level.weight and level.weight.text) for level in form.headings if level.level == 1] == [("产出指标", "50")]


def test_a_formula_without_a_value_and_an_error_cell_are_faults() -> None:
    book = openpyxl.Workbook()
    for line in (HEAD.split("|"), ["产出指标", "数量指标", "修路", "=70%", "#DIV/0!", 50, "=SUM(F2:F2)"]):
        book.active.append(line)
    data = io.BytesIO()
    book.save(data)
    row = find_forms(xlsx_grid.grids(data.getvalue(), "f")[0])[0].rows[0]
    assert [(said.text, said.fault) for said in (row.target, row.actual, row.claimed) if said] == [
        ("=70%", ""), ("", "单元格是错误值「#DIV/0!」"), ("", "公式没有存下算出的值")]


def test_number_formats_are_applied() -> None:
    book = openpyxl.Workbook()
    for line in (HEAD.split("|"), ["产出指标", "数量指标", "修路", 0.953, 25101200, 50, 50]):
        book.active.append(line)
    book.active["D2"].number_format, book.active["E2"].number_format = "0.0%", '0.0"元"'
    data = io.BytesIO()
    book.save(data)
    row = find_forms(xlsx_grid.grids(data.getvalue(), "f")[0])[0].rows[0]
    assert (row.target and row.target.text, row.actual and row.actual.text) == ("95.3%", "25101200元")


def test_hidden_sheets_are_passed_over() -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("旧表")
    for line in (HEAD, "产出指标|数量指标|修路|3|3|50|50"):
        hidden.append(line.split("|"))
    hidden.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    found = xlsx_grid.grids(data.getvalue(), "f")[0]
    assert [grid.hidden for grid in found] == [False, True]
    assert not find_forms(found)


def test_a_file_that_is_no_workbook() -> None:
    assert [fault.code for fault in xlsx_grid.grids(b"PK\x03\x04", "f")[1]] == ["E401"]


def test_a_sheet_without_a_form() -> None:
    assert find_forms(sheet("通讯录", "姓名|电话", "张三|123")) == []


def test_a_cell_far_out_does_not_slow_the_reading() -> None:
    cells = grids("000", "xlsx")[0].cells
    far = Grid("f", "表", (*cells, GridCell("x", cells[0].place, 1_000_000, 16_000)))
    with ends():
        assert len(find_forms([far])) == 1
        assert work([far]) < 2 * work([Grid("f", "表", tuple(cells))])


def test_absurd_merges_do_not_fill_the_memory() -> None:
    cells = grids("000", "xlsx")[0].cells
    wide = tuple(GridCell("", cells[0].place, 2000 + at, at, 1_000_000, 16_000) for at in range(50))
    merged = Grid("f", "表", (*cells, *wide))
    tracemalloc.start()
    try:
        with ends():
            assert len(find_forms([merged])) == 1
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_word_tables_below_each_other_are_one_form() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("绩效自评表（2022年度）")
    head = document.add_table(1, 4)
    for cell, text in zip(head.rows[0].cells, ("项目名称", "修路", "实施单位", "某局"), strict=True):
        cell.text = text
    body = document.add_table(3, 7)
    for row, line in zip(body.rows, (HEAD, "产出指标|数量指标|修路|3公里|3公里|50|50", "||修桥|1座|1座|40|40"), strict=True):
        for cell, text in zip(row.cells, line.split("|"), strict=False):
            cell.text = text
    for column in (0, 1):
        body.cell(1, column).merge(body.cell(2, column))
    document.add_paragraph("填报人：张三   联系电话：123")
    data = io.BytesIO()
    document.save(data)
    (form,) = find_forms(docx_grid.grids(data.getvalue(), "f.docx")[0])
    assert [(row.levels, row.claimed and row.claimed.cell.address) for row in form.rows] == [
        (("产出指标", "数量指标"), "表2第2行第7格"), (("产出指标", "数量指标"), "表2第3行第7格")]
    assert [(label, said.cell.address) for label, said in form.particulars] == [("填报人", "第2段"), ("联系电话", "第2段")]


def test_a_file_that_is_no_document() -> None:
    assert [fault.code for fault in docx_grid.grids(b"PK", "f")[1]] == ["E401"]


@pytest.mark.parametrize("text", ["（" * 1_000_000, "项目名称：" * 200_000, "1" * 2_000_000, "(分" * 500_000])
def test_a_cell_of_very_long_text_does_not_slow_the_reading(text: str) -> None:
    place = grids("000", "xlsx")[0].cells[0].place
    heads = [GridCell(head, place, 1, at) for at, head in enumerate(HEAD.split("|"))]
    with ends():
        find_forms([Grid("f", "表", (GridCell(text, place, 0, 0), *heads, *(GridCell(text, place, 2, at) for at in range(8))))])
