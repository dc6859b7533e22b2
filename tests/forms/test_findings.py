"""Layouts that were once read wrong: columns of targets and remarks, faults, sums, parts, nested tables, our own files."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from perfdsl.diagnostics import Severity
from perfdsl.forms import docx_grid, xlsx_grid
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Said

from .test_finder import HEAD, only

ROW = "产出指标|数量指标|修路|3|3|90|90|"
SIGNED = "规则集「某」 2023年度 版本 1 摘要 cc50 · perfdsl 0.1.0"


def _text(said: Said | None) -> str | None:
    return said.text if said else None


@pytest.mark.parametrize(("first", "second", "target"), [
    ("总体指标值", "年度指标值", "2"), ("中期目标值", "年度目标值", "2"), ("年初指标值", "调整后指标值", "2"), ("年初目标值", "调整后目标", "2"),
    ("年度指标值", "总体指标值", "1"), ("指标值", "年初指标值", "1")])
def test_the_target_in_force_is_the_target(first: str, second: str, target: str) -> None:
    form = only(f"一级指标|二级指标|三级指标|{first}|{second}|实际完成值|分值|得分", "产出指标|数量指标|修路|1|2|2|90|90")
    assert _text(form.rows[0].target) == target
    assert [heading for heading, _ in form.rows[0].others] == [second if target == "1" else first]


def test_every_fault_is_told() -> None:
    book = openpyxl.Workbook()
    for line in (HEAD.split("|"), ["产出指标", "数量指标", "修路", 3, "#REF!", 50, "=SUM(F2:F2)"]):
        book.active.append(line)
    data = io.BytesIO()
    book.save(data)
    (form,) = find_forms(xlsx_grid.grids(data.getvalue(), "f")[0])
    assert [(said.cell.address, said.text) for said in form.not_understood] == [("E2", "单元格是错误值「#REF!」"), ("G2", "公式没有存下算出的值")]
    assert form.rows[0].actual is not None
    assert form.rows[0].actual.fault


@pytest.mark.parametrize(("heading", "reason"), [
    ("备注", "雨天"), ("情况说明", "雨天"), ("说明", "雨天"), ("指标说明", None), ("完成情况说明", None)])
def test_remarks_are_the_reason_where_no_column_is(heading: str, reason: str | None) -> None:
    form = only(f"一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|{heading}", "产出指标|数量指标|修路|3|2|50|40|雨天")
    assert _text(form.rows[0].reason) == reason


def test_remarks_stay_remarks_beside_reasons() -> None:
    assert only(f"{HEAD}|备注", f"{ROW}雨天|见附件").rows[0].others[0][0] == "备注"


@pytest.mark.parametrize("claimed", ["待定", "约99", "99（优）"])
def test_a_total_is_one_whatever_stands_in_it(claimed: str) -> None:
    form = only(HEAD, ROW, f"总分|||||100|{claimed}|见附件")
    assert (len(form.rows), _text(form.total_claimed)) == (1, claimed)
    assert [said.text for said in form.notes] == ["见附件"]


def test_the_last_of_several_totals_counts() -> None:
    form = only(HEAD, ROW, "合计（不含预算执行）|||||90|90", "加：预算执行|||||10|9", "总分|||||100|99", "等级|优")
    assert ([row.name.text for row in form.rows], _text(form.total_weight), _text(form.total_claimed)) == (["修路"], "100", "99")
    assert {row.name.text for row in form.subtotals} == {"合计（不含预算执行）", "加：预算执行"}
    assert _text(form.grade) == "优"


def test_rows_without_points_below_one_without_values_are_its_parts() -> None:
    form = only(HEAD, "产出指标|数量指标|建设|||50|50", "||· 修路|3|3", "||修桥|2|2", "||植树|9|9|40|40", "||· 其中：城区|5|5", "||绿地|1|1")
    assert [(row.name.text, [part.name.text for part in row.parts]) for row in form.rows] == [
        ("建设", ["· 修路", "修桥"]), ("植树", ["· 其中：城区"]), ("绿地", [])]


@pytest.mark.parametrize("laid_out", [False, True])
def test_a_table_in_a_cell_is_its_text_or_the_form_itself(laid_out: bool) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    body = (document.add_table(1, 1).cell(0, 0) if laid_out else document).add_table(2, 8)
    for row, line in zip(body.rows, (HEAD, ROW), strict=True):
        for cell, text in zip(row.cells, line.split("|"), strict=True):
            cell.text = text
    inner = body.cell(1, 4).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "全年", "3公里"
    data = io.BytesIO()
    document.save(data)
    (form,) = find_forms(docx_grid.grids(data.getvalue(), "f.docx")[0])
    assert ["".join(_text(row.actual) or "").split() for row in form.rows] == [["3", "全年", "3公里"]]


def test_an_audit_of_ours_is_passed_over() -> None:
    book = openpyxl.Workbook()
    book.active.title = "逐项核算"
    book.active.append(HEAD.split("|"))
    book.create_sheet("发现的问题")
    data = io.BytesIO()
    book.save(data)
    grids, found = read_grids(data.getvalue(), "复核.xlsx")
    assert (grids, [(one.code, one.severity) for one in found]) == ([], [("W405", Severity.REMARK)])


@pytest.mark.parametrize(("line", "money"), [
    ("2024年度 项目名称：某项目 金额单位：万元", "万元"), ("（2024年度）  项目名称：某项目", ""), ("项目名称：某项目  金额单位：万元  （2024年度）", "万元")])
def test_a_year_among_labels(line: str, money: str) -> None:
    form = only("绩效自评表", line, HEAD, ROW)
    assert (form.year, _text(form.project), form.money_unit) == (2024, "某项目", money)


def test_our_own_annex_is_known() -> None:
    form = only("绩效自评表", HEAD, ROW, "总分|||||100|99", "附：计分说明（某局）", "总分 99.00分", "1. 修路：得满分", SIGNED)
    assert (form.not_understood, len(form.rows)) == ((), 1)
    assert len(only("绩效自评表", HEAD, ROW, "总分|||||100|99", SIGNED).rows) == 1


def test_readings_in_brackets_are_no_part_of_a_name() -> None:
    form = only("绩效自评表", "实施单位|古城區(qū)某局（本级）", HEAD, ROW)
    assert _text(form.unit) == "古城區某局（本级）"


def test_the_headings_of_the_columns_are_told_as_written() -> None:
    head = "一级指标|三级 指标|年度指标值（A）|实际完成值|分值|得分"
    form = only(head, "产出指标|修路|3|3|50|50", head, "|修桥|3|3|50|50")
    assert [(said.text, said.cell.address) for said in form.columns] == [
        ("一级指标", "A1"), ("三级 指标", "B1"), ("年度指标值（A）", "C1"), ("实际完成值", "D1"), ("分值", "E1"), ("得分", "F1")]


def test_merged_points_stand_in_each_of_their_rows() -> None:
    book = openpyxl.Workbook()
    for line in (HEAD, "产出指标|数量指标|修路|3|3|60|50", "||修桥|3|3|||", "||植树|3|3|40|40"):
        book.active.append([text or None for text in line.split("|")])
    for area in ("F2:F3", "G2:G3", "A2:A4"):
        book.active.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    (form,) = find_forms(xlsx_grid.grids(data.getvalue(), "f")[0])
    assert [[(said.text, said.cell.address) for said in row.merged] for row in form.rows] == [[("60", "F2"), ("50", "G2")]] * 2 + [[]]
    assert [_text(row.weight) for row in form.rows] == ["60", None, "40"]


@pytest.mark.parametrize("name", ["表.csv", "表.json"])
def test_text_keeps_no_merged_cells(name: str) -> None:
    keys = ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    values = ("产出指标", "修路", "3", "3", "50", "50")
    text = f"{','.join(keys)}\n{','.join(values)}" if name.endswith("csv") else json.dumps([dict(zip(keys, values, strict=True))], ensure_ascii=False)
    (form,) = find_forms(read_grids(text.encode(), name)[0])
    assert form.flat


def test_sheets_do() -> None:
    assert not only(HEAD, ROW).flat
