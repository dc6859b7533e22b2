"""Cells without a value, and points in two columns, in real files."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sheets import form, only, row

from perfdsl.audit import Audit, audit
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms

HEAD = "一级指标|三级指标|年度指标值|实际完成值|分值|得分"


def _audit(content: bytes, name: str) -> Audit:
    (form,) = find_forms(read_grids(content, name)[0])
    return audit(form)


def _xlsx(*lines: str) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([text or None for text in line.split("|")])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _csv(*lines: str) -> Audit:
    return _audit("\n".join(line.replace("|", ",") for line in lines).encode(), "表.csv")


@pytest.mark.parametrize(("row", "cell", "label"), [
    ("产出指标|修路|≥3公里|#REF!|100|100", "D2", "实际完成值"), ("产出指标|修路|#N/A|3公里|100|100", "C2", "目标值"),
    ("产出指标|修路|≥3公里|3公里|#VALUE!|100", "E2", "分值"), ("产出指标|修路|≥3公里|3公里|100|#DIV/0!", "F2", "得分"),
])
def test_a_cell_with_an_error_is_told_and_nothing_is_made_of_it(row: str, cell: str, label: str) -> None:
    made = _audit(_xlsx(HEAD, row, "总分||||100|100"), "表.xlsx")
    (one,) = (found for found in made.findings if found.code == "A109")

    assert (one.severity.value, one.cell.address if one.cell else "") == ("warning", cell)
    assert one.message == f"{label}读不出：单元格是错误值「{row.split('|')['ABCDEF'.index(cell[0])]}」"
    assert made.rows[0].computed == (100 if label == "得分" else None)
    assert {found.code for found in made.findings if found.severity.value == "error"} <= set()


def test_a_total_with_an_error() -> None:
    made = _audit(_xlsx(HEAD, "产出指标|修路|≥3公里|3公里|100|100", "总分||||100|#REF!"), "表.xlsx")

    assert [one.message for one in made.findings if one.code == "A109"] == ["总分读不出：单元格是错误值「#REF!」"]


BOTH = "一级指标|三级指标|年度指标值|实际完成值|分值|单项得分|折算得分"


def test_points_out_of_a_hundred_beside_what_they_count() -> None:
    """单项得分 90 of 100 counts as 45 of 50."""
    made = _csv(BOTH, "产出指标|修路|≥10公里|9公里|50|90|45", "效益指标|受益|≥9人|9人|50|100|50", "总分||||100|190|95")

    assert [(row.weight, row.claimed, row.computed) for row in made.rows] == [(50, 45, 45), (50, 50, 50)]
    assert [one.code for one in made.findings if one.severity.value == "error"] == []


def test_what_they_count_is_what_is_checked() -> None:
    made = _csv(BOTH, "产出指标|修路|≥10公里|9公里|50|100|50", "效益指标|受益|≥9人|9人|50|100|50", "总分||||100||100")

    assert [(one.code, one.claimed, one.computed) for one in made.findings if one.severity.value == "error"] == [("A103", 50, 45)]


@pytest.mark.parametrize("total", ["|96", "190|96"])
def test_the_total_of_what_they_count(total: str) -> None:
    made = _csv(BOTH, "产出指标|修路|≥10公里|9公里|50|90|45", "效益指标|受益|≥9人|9人|50|100|50", f"总分||||100|{total}")

    assert [(one.code, one.claimed, one.computed) for one in made.findings if one.severity.value == "error"] == [("A004", 96, 95)]


@pytest.mark.parametrize(("name", "target", "due"), [
    ("单项业务成本", "符合相关规定", "只有结论；目标是「符合相关规定」，应写明实际做到了什么"),
    ("提交报告时间", "在项目计划完成时间内完成", "没有写日期；目标是「在项目计划完成时间内完成」，应填实际完成的日期"),
    ("培训人次", "≥10人次", "没有写数；目标是「≥10人次」，应填实际完成的数"),
])
def test_a_verdict_is_told_what_its_target_asks_for(name: str, target: str, due: str) -> None:
    made = form(row(name, target, "达成预期指标", "10", "10", levels=("产出指标", "成本指标")))

    assert only(made, "A202").message == f"实际完成值写「达成预期指标」，{due}"
