"""The command and its formats."""

from __future__ import annotations

import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from sheets import form, row, said

from perfdsl.audit import audit
from perfdsl.audit.kinds import KINDS
from perfdsl.audit.summary import by_kind, by_unit, marked
from perfdsl.diagnostics import Severity
from perfdsl.record import changed
from perfdsl.report import audit_docx, audit_html, audit_json, audit_table, audit_xlsx
from perfdsl.width import width_of

FORMS = Path(__file__).parent.parent.parent / "examples" / "forms"
SCHEMA = json.loads((files("perfdsl.report") / "audit.schema.json").read_text(encoding="utf-8"))
FINDING = {"code", "kind", "severity", "indicator", "cell", "message", "claimed", "computed", "difference"}
HOSTILE = "=cmd|'<script>'!A0"


def _hostile() -> Any:
    return audit(form(row(HOSTILE, "≥10人", "8人", "10", "9"), unit=HOSTILE))


def test_one_form_as_json(run: Any) -> None:
    ran = run("audit", FORMS / "022.xlsx", "--format", "json")
    value = json.loads(ran.out)

    Draft202012Validator(SCHEMA).validate(value)
    assert ran.code == 1
    assert set(value) == {"form", "rows", "findings", "not_understood"}
    assert all(set(one) == FINDING for one in value["findings"])
    wrong = next(one for one in value["findings"] if one["code"] == "A022")
    assert (wrong["claimed"], wrong["computed"], wrong["difference"], wrong["severity"]) == ("10", "8.04", "1.96", "error")
    assert value["rows"][0]["target"] == "4753.66万元"


def test_many_forms_as_json(run: Any) -> None:
    value = json.loads(run("audit", FORMS, "--format", "json").out)

    Draft202012Validator(SCHEMA).validate(value)
    assert len(value["forms"]) == 24
    assert [int(one["errors"]) for one in value["summary"]["units"]] == sorted((int(one["errors"]) for one in value["summary"]["units"]), reverse=True)


def test_no_form_at_all(run: Any, tmp_path: Path) -> None:
    (tmp_path / "话.csv").write_text("今天,天气\n很,好\n", encoding="utf-8")
    ran = run("audit", tmp_path / "话.csv", "--format", "json")

    assert ran.code == 1
    assert json.loads(ran.out)["forms"] == []
    assert "没有找到自评表" in "".join(ran.err.split())


def test_a_form_without_errors_ends_with_0(run: Any) -> None:
    assert run("audit", FORMS / "029.docx").code == 0
    assert run("audit", FORMS / "029.docx", "--strict").code == 1


@pytest.mark.parametrize("width", [48, 80, 130])
def test_the_table_keeps_its_width(width: int, run: Any) -> None:
    out = run("audit", FORMS / "000.xlsx", "--width", str(width)).out

    assert "自评表复核" in out
    assert max(width_of(line) for line in out.split("\n")) <= width


@pytest.mark.parametrize("suffix", ["json", "xlsx", "html", "docx"])
def test_a_file_of_each_format(suffix: str, run: Any, tmp_path: Path) -> None:
    ran = run("audit", FORMS / "000.xlsx", FORMS / "001.docx", "-o", tmp_path / f"复核.{suffix}")

    assert (ran.code, ran.out) == (1, "")
    assert (tmp_path / f"复核.{suffix}").stat().st_size > 1000


def test_an_unknown_suffix_is_a_wrong_command(run: Any, tmp_path: Path) -> None:
    assert run("audit", FORMS / "000.xlsx", "-o", tmp_path / "复核.pdf").code == 2


def test_html_is_escaped() -> None:
    text = audit_html.write([_hostile()])

    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_workbooks_hold_no_formulas() -> None:
    book = openpyxl.load_workbook(io.BytesIO(audit_xlsx.write([_hostile(), _hostile()])))

    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == HOSTILE for cell in cells)


def test_word_documents_open() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(audit_docx.write([_hostile()])))

    assert [cell.text for cell in document.tables[0].rows[1].cells][1:6] == ["≥10人", "8人", "10", "9", "8"]


def test_the_table_of_many_begins_with_the_summary() -> None:
    assert audit_table.write([_hostile(), _hostile()], 100, False).startswith("共 2 张表")


def test_the_summary_counts() -> None:
    both = [_hostile(), audit(form(row("甲", "≥10人", "8人", "10", "10")))]

    assert [(line.name, line.errors, line.too_much) for line in by_unit(both)] == [("某局", 1, 2), (HOSTILE, 0, 1)]
    assert {line.code for line in by_kind(both)} <= set(KINDS)


def test_numbers_that_do_not_end_are_fractions() -> None:
    text = audit_json.write([audit(form(row("甲", "≥3人", "1人", "10", "1/3")))])

    assert json.loads(text)["rows"][0]["computed"] == "3.33"


def test_the_path_ends_in_the_name_as_written() -> None:
    made = audit(form(row("滿意 度\n（％）", "≥90%", "95%", "10", "10", levels=("滿意度 指標", "服務對象"))))
    (line,) = json.loads(audit_json.write([made]))["rows"]

    assert (line["name"], line["path"]) == ("滿意 度 （％）", "滿意度 指標/服務對象/滿意 度 （％）")


def _same(unit: str, names: str, **more: Any) -> Any:
    return audit(form(*(row(name, "≥10人", "8人", "50", "50") for name in names), unit=unit, **more))


def test_a_form_that_stands_twice_counts_once() -> None:
    first, again, other = _same("某 局", "甲乙"), _same("某局", "甲乙"), _same("某局", "甲丙")
    made = marked([first, again, other])

    assert [[one.message for one in each.findings if one.code == "A307"] for each in made] == [
        [], ["可能是同一张表：与 表.xlsx 自评表 的单位、年度、项目都相同；汇总里只计前一张"], []]
    assert [line.errors for line in by_unit(made)] == [4]
    assert {line.code: line.forms for line in by_kind(made)}["A103"] == 2
    assert audit_table.write(made, 100, False).startswith("共 3 张表（1 张可能是重复的，没有计入），错误 4 处")


def test_forms_without_unit_and_project_are_not_held_to_be_the_same() -> None:
    nameless = [audit(changed(form(row("甲", "≥1个", "1个", "100", "100")), unit=None)) for _ in "12"]

    assert [one.code for each in marked(nameless) for one in each.findings if one.code == "A307"] == []


def test_other_projects_of_a_unit_are_other_forms() -> None:
    made = marked([_same("某局", "甲乙", project=said("修路")), _same("某局", "甲乙", project=said("修桥")), _same("某局", "丙丁", project=said("修 路"))])

    assert [any(one.code == "A307" for one in each.findings) for each in made] == [False, False, True]


def test_the_batch_tells_forms_that_stand_twice(run: Any) -> None:
    value = json.loads(run("audit", FORMS / "022.xlsx", FORMS / "022.docx", "--format", "json").out)

    assert [any(one["code"] == "A307" for one in each["findings"]) for each in value["forms"]] == [False, True]
    assert [one["errors"] for one in value["summary"]["units"]] == ["2"]


@pytest.mark.parametrize("writer", [audit_html.write, lambda made: "".join(_words(audit_docx.write(made)))])
def test_errors_come_first(writer: Any) -> None:
    made = audit(form(row("甲", "5", "5", "50", "50"), row("乙", "≥10人", "10人", "50", "40"), row("丙", "≥10人", "8人", "50", "50")))
    text = writer([made])
    messages = dict.fromkeys(one.message for severity in Severity for one in made.of(severity))
    places = [text.index(message, text.index("发现的问题")) for message in messages]

    assert places == sorted(places)
    assert {one.severity for one in made.findings} == set(Severity)


def _words(data: bytes) -> list[str]:
    docx = pytest.importorskip("docx")
    return ["发现的问题", *(cell.text for table in docx.Document(io.BytesIO(data)).tables[1:] for line in table.rows for cell in line.cells)]


def test_codes_and_cells_are_not_broken_in_html() -> None:
    text = audit_html.write([_hostile()])

    assert '<td class="w">A' in text
    assert ".w { white-space: nowrap; }" in text


DATA = "指标,实际完成值,评定得分,偏差原因\n单位,某局,,\n全年预算数,100,,\n税收,2.4亿元,,停产\n企业收入,达成,9,\n"


def test_a_file_of_data_is_no_form(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "数据.csv"
    file.write_text(DATA, encoding="utf-8")
    ran = run("audit", file)

    assert (ran.code, ran.out) == (1, "")
    assert "没有分值、自评得分，不是自评表" in ran.err
    assert "用 perfdsl eval 计分" in ran.err
    file.write_text(DATA.replace("评定得分", "自评得分"), encoding="utf-8")
    assert "错误 0 处" in run("audit", file).out


def test_a_text_that_only_looks_like_toml_holds_no_form(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "说明.md"
    file.write_text("a = 说明\n\n- 一\n", encoding="utf-8")
    ran = run("audit", file)

    assert ran.code == 1
    assert "里面没有找到自评表" in "".join(ran.err.split())
    assert "TOML" not in ran.err


def test_a_width_that_is_too_small_is_a_wrong_command(run: Any) -> None:
    ran = run("audit", FORMS / "022.xlsx", "--width", "40")

    assert ran.code == 2
    assert "--width 至少 48" in ran.err


def test_what_is_said_of_the_whole_form_has_no_blank_for_its_place() -> None:
    made = changed(_hostile(), findings=(changed(_hostile().findings[0], cell=None, indicator="", message="整张表", basis=""),))

    assert " A" in audit_table.write([made], 80, False)
    assert "  整张表" not in audit_table.write([made], 80, False)


def test_points_claimed_too_few_have_a_minus() -> None:
    made = audit(form(row("甲", "≥10人", "10人", "10", "7")))
    book = openpyxl.load_workbook(io.BytesIO(audit_xlsx.write([made])))

    assert "−3" in audit_table.write([made], 80, False)
    assert "-3" in audit_table.write([made], 80, True)
    assert [cell.value for cell in book["逐项核算"][2]][7] == -3


def test_rows_of_a_workbook_are_as_high_as_their_longest_name() -> None:
    made = audit(form(row("很长的指标名称" * 12, "≥10人", "8人", "10", "9")))
    sheet = openpyxl.load_workbook(io.BytesIO(audit_xlsx.write([made])))["逐项核算"]

    assert sheet.row_dimensions[2].height == 15 * 6
