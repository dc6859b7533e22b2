"""The official form as a Word document, and the officer's own form filled."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import cards
import docx
import pytest
from click.testing import CliRunner, Result
from docx.table import Table

from perfdsl.cli import group
from perfdsl.forms import docx_grid
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form
from perfdsl.forms.to_ruleset import imported
from perfdsl.pipeline import evaluate, load, load_source
from perfdsl.report.docx import write
from perfdsl.report.docx_boxes import WIDTHS
from perfdsl.report.docx_template import fill
from perfdsl.report.options import Options
from perfdsl.score.scorecard import Scorecard
from perfdsl.source import Source

EXAMPLES = Path(__file__).parents[2] / "examples"
LINGLING, FORMS = EXAMPLES / "lingling-2023", EXAMPLES / "forms"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def _real_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()


def seed(ruleset: str = "corrected", data: str = "corrected") -> Scorecard:
    (card,) = evaluate(load(LINGLING / f"{ruleset}.perf"), LINGLING / f"{data}.csv").scorecards
    return card


def long(indicators: int = 60) -> list[Scorecard]:
    rows = "".join(f"  三级指标 「第{n}项」 1分，目标 ≥ 2个，计分 正向比率\n" for n in range(indicators))
    text = (f"规则集 「甲」\n总分 {indicators}分，取舍 每项得分 不取舍，取舍 总分 不取舍，不适用 得零分\n引用 「标准计分方法」\n"
            f"一级指标 产出指标\n{rows}")
    unit = {f"第{n}项": "1个" for n in range(indicators)}
    return list(evaluate(load_source(Source("a.perf", text)), [{"单位": "甲局", **unit}, {"单位": "乙局", **unit}]).scorecards)


def document(made: Sequence[Scorecard], *, summary: bool = False) -> Any:
    return docx.Document(BytesIO(write(made, Options(summary=summary))))


def lines(table: Any) -> list[list[str]]:
    """The texts of each row; a cell that goes on from above is `^`."""
    def text(cell: Any) -> str:
        return "^" if cell.vMerge == "continue" else "".join(part.text or "" for part in cell.iter(f"{W}t"))

    return [[text(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def read_again(data: bytes) -> Form:
    (form,) = find_forms(docx_grid.grids(data, "a.docx")[0])
    return form


def test_the_seed_in_the_official_layout() -> None:
    made = document([seed()])
    (table,) = made.tables
    rows = lines(table)
    assert rows[0] == ["单位名称", "零陵产业开发区管理委员会"]
    assert rows[1] == ["预算执行情况", "（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    assert rows[2] == ["^", "年度资金总额", "", "2510.12", "2510.12", "10", "100%", "10.00"]
    assert rows[3][:4] == ["绩效指标", "一级指标", "二级指标", "三级指标"]
    assert rows[4] == ["^", "产出指标（50分）", "数量指标", "税收", "≥ 3亿元", "3.6亿元", "15", "15.00", "（待填：须说明原因）"]
    assert rows[7] == ["^", "^", "^", "· 新签约工业项目", "≥ 30个", "30", "^", "^", "^"]
    assert rows[-2:] == [["总分", "100", "100.00", ""], ["等级", "优"]]
    texts = [p.text for p in made.paragraphs]
    assert texts[:2] == ["部门整体支出绩效自评表", "（2023年度）"]
    assert any("填报人" in text and "单位负责人" in text and "盖章" in text for text in texts)
    assert any(text.startswith("1. 税收：") for text in texts)


def test_execution_stands_once() -> None:
    (table,) = document([seed()]).tables
    assert sum("预算执行率" in cell for row in lines(table) for cell in row) == 0


def test_a_reason_of_the_officer_stands_in_its_column() -> None:
    (table,) = document([seed(data="shortfall")]).tables
    (tax,) = [row for row in lines(table) if "税收" in row]
    assert tax[-3:] == ["15", "12.00", "两户重点企业停产技改"]
    assert lines(table)[-2:] == [["总分", "100", "待定", ""], ["等级", "良 至 优"]]


def test_layout_fonts_widths_and_unparted_rows() -> None:
    made = document([seed()])
    (table,) = made.tables
    assert table.autofit is False
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table._tbl.tr_lst)
    for row in table._tbl.tr_lst:
        assert sum(cell.grid_span for cell in row.tc_lst) == len(WIDTHS)
        assert sum(int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.tc_lst) == pytest.approx(sum(WIDTHS) * 56.69, abs=6)
    fonts = {node.get(f"{W}eastAsia") for node in made.element.iter(f"{W}rFonts")} | {
        node.get(f"{W}eastAsia") for node in made.styles.element.iter(f"{W}rFonts")}
    assert {"方正小标宋简体", "仿宋_GB2312"} <= fonts
    page = made.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))


def test_it_reads_as_what_it_was_written_from() -> None:
    card = seed(data="shortfall")
    form = read_again(write([card], Options()))
    assert form.unit is not None
    assert form.unit.text == card.unit
    assert form.year == 2023
    by_name = {row.name.text.removeprefix("· "): row for row in form.rows}
    for row in card.rows:
        if row.indicator.name in by_name:
            said = by_name[row.indicator.name].claimed
            assert said is not None
            assert said.text == ("未填" if row.score is None else f"{float(row.score):.2f}")
    assert len(by_name) == len(card.rows) - 1  # without execution
    assert len(by_name["招商项目"].parts) == 3
    assert form.budget[0].spent is not None
    assert form.budget[0].spent.text == "2384.61"


def test_a_long_form_repeats_its_headings() -> None:
    made = document(long())
    assert len(made.tables) == 4
    heads = made.tables[1]._tbl.tr_lst[0]
    assert heads.find(f"{W}trPr/{W}tblHeader") is not None
    assert made.tables[0]._tbl.find(f".//{W}tblHeader") is None


def test_a_form_that_is_a_little_too_long_stands_closer() -> None:
    def heights(indicators: int) -> tuple[int, set[int]]:
        made = document(long(indicators)[:1])
        return len(made.tables), {round(int(node.get(f"{W}val")) / 56.7) for node in made.element.iter(f"{W}trHeight")}

    assert [heights(rows) for rows in (22, 25, 29, 34, 40)] == [(1, {9}), (1, {8}), (1, {7}), (1, {6}), (2, {9})]


def test_the_total_never_stands_alone_on_a_page() -> None:
    rows = document(long(40)[:1]).tables[1]._tbl.tr_lst
    assert [row.find(f".//{W}keepNext") is not None for row in rows[-5:]] == [False, True, True, True, True]


def test_cells_are_never_asked_for_by_row_and_column(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("Table.cell takes quadratic time")

    monkeypatch.setattr(Table, "cell", refuse)
    assert document(long(300)).tables


def test_many_units_ranked() -> None:
    made = document(cards.many(), summary=True)
    (table,) = made.tables
    rows = lines(table)
    assert rows[0] == ["名次", "单位", "总分", "等级", "失分最多的指标", "未填"]
    assert len(rows) == 1 + len(cards.many())
    assert re.match(r"共 4 个单位，.* 个", made.paragraphs[1].text)


def test_text_of_users_is_text() -> None:
    card = cards.hostile()
    made = document([card])
    assert "<script>alert(1)</script>" in lines(made.tables[0])[0][1]
    assert "\x00" not in "".join(lines(document([cards.card([cards.tax(reason="a\x00b\x1f<w:p/>")])]).tables[0])[-3])


def test_every_hand_made_card_can_be_written() -> None:
    for card in (*cards.many(), cards.over_declared(), cards.waiting()):
        assert document([card]).tables
    assert document([]).tables == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_signed_page_is_one_page(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(write([seed("as-published", "as-published")], Options()))
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir",
                    str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=600)
    pages = len(re.findall(rb"/Type\s*/Page[^s]", (tmp_path / "a.pdf").read_bytes()))
    assert pages == 2  # the form and its explanations


RULES = """规则集 「甲」
  年度 2023
  总分 100分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
  引用 「标准计分方法」
数据 全年预算数 万元
数据 全年执行数 万元
一级指标 预算执行 10分
  三级指标 预算执行率 10分，目标 ≥ 100%，计分 执行率
一级指标 产出指标 60分
  二级指标 数量指标
    三级指标 「发放(缴纳)覆盖率」 60分，目标 = 100%，计分 等值比率
一级指标 效益指标 30分
  二级指标 社会效益指标
    三级指标 「足额保障率(参保率)」 30分，目标 = 100%，计分 等值比率
"""
DATA = {"单位": "某局", "全年预算数": "251.89", "全年执行数": "200", "发放(缴纳)覆盖率": {"actual": "95%", "reason": "两人退休"},
        "足额保障率(参保率)": "100%"}


def blank_form() -> bytes:
    """014: published without actual values and scores."""
    return (FORMS / "014.docx").read_bytes()


def filled_cells(before: bytes, after: bytes) -> dict[tuple[int, int], str]:
    """Row and cell of the first table → text, where the two differ."""
    old, new = (lines(docx.Document(BytesIO(data)).tables[0]) for data in (before, after))
    return {(r, c): text for r, row in enumerate(new) for c, text in enumerate(row) if text != old[r][c]}


def test_a_blank_form_is_filled() -> None:
    (card,) = evaluate(load_source(Source("a.perf", RULES)), DATA).scorecards
    made, found = fill(blank_form(), "014.docx", card)
    assert found == []
    assert filled_cells(blank_form(), made) == {
        (3, 4): "200", (3, 6): "79.40%", (3, 7): "7.94",
        (11, 7): "95%", (11, 9): "57.00", (11, 10): "两人退休", (12, 7): "100%", (12, 9): "30.00", (13, 2): "94.94"}


def test_all_but_the_cells_stays() -> None:
    (card,) = evaluate(load_source(Source("a.perf", RULES)), DATA).scorecards
    old, new = (docx.Document(BytesIO(data)) for data in (blank_form(), fill(blank_form(), "a.docx", card)[0]))
    assert [p.text for p in old.paragraphs] == [p.text for p in new.paragraphs]
    for document_ in (old, new):
        for cell in document_.element.iter(f"{W}p"):
            for run in list(cell.iterchildren(f"{W}r")):
                cell.remove(run)
    assert docx_xml(old) == docx_xml(new)


def docx_xml(made: Any) -> str:
    from lxml import etree

    return etree.tostring(made.element).decode()


def test_a_cell_that_says_it_already_is_left() -> None:
    data = (FORMS / "000.docx").read_bytes()
    made, _ = fill(data, "000.docx", seed("as-published", "as-published"))
    assert filled_cells(data, made) == {(len(lines(docx.Document(BytesIO(data)).tables[0])) - 1, 2): "110.00"}


def test_the_parts_of_a_composite_are_filled() -> None:
    old = write([seed(data="shortfall")], Options())
    made, found = fill(old, "a.docx", seed())
    assert [d for d in found if "清空" not in d.message] == []
    by_name = {row[3]: row for row in lines(docx.Document(BytesIO(made)).tables[0]) if len(row) > 6}
    assert by_name["· 新竣工投产项目"][5] == "16"
    assert by_name["招商项目"][7] == "15.00"


def template(*rows: Sequence[str], heads: Sequence[str] = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")) -> bytes:
    made, out = docx.Document(), BytesIO()
    made.add_paragraph("项目支出绩效自评表（2023年度）")
    table = made.add_table(len(rows) + 1, len(heads))
    for row, texts in zip(table.rows, (heads, *rows), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.save(out)
    return out.getvalue()


COMPOSITE = """规则集 「甲」
  总分 30分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
  引用 「标准计分方法」
一级指标 产出指标 30分
  二级指标 数量指标
    三级指标 招商 10分，计分 正向比率，合成 平均
      分项 新签约，目标 ≥ 30个
      分项 新开工，目标 ≥ 20个
    三级指标 宣传 20分，计分 正向比率，合成 加权
      分项 报道 12分，目标 ≥ 10篇
      分项 活动 8分，目标 ≥ 5场
"""


def composite(**values: str) -> Scorecard:
    data = {"单位": "某局", "新签约": "30个", "新开工": "10个", "报道": "5篇", "活动": "5场", **values}
    (card,) = evaluate(load_source(Source("a.perf", COMPOSITE)), data).scorecards
    return card


def test_parts_in_rows_that_are_empty_or_have_points() -> None:
    before = template(("产出指标", "数量指标", "招商", "", "", "10", ""), ("产出指标", "数量指标", "· 新签约", "≥30个", "", "", ""),
                      ("产出指标", "数量指标", "其中：新开工", "≥20个", "", "", "9"), ("产出指标", "数量指标", "宣传", "", "", "20", ""),
                      ("产出指标", "数量指标", "报道", "≥10篇", "", "12", "12"), ("产出指标", "数量指标", "活动", "≥5场", "", "8", ""),
                      ("总分", "", "", "", "", "30", "30"))
    made, found = fill(before, "a.docx", composite())
    assert filled_cells(before, made) == {(1, 6): "7.50", (2, 4): "30个", (3, 4): "10个", (3, 6): "", (4, 6): "14.00",
                                          (5, 4): "5篇", (5, 6): "6.00", (6, 4): "5场", (6, 6): "8.00", (7, 6): "21.50"}
    assert [d.message for d in found] == ["样表里的旧数清空了 1 处（如「9」）：分项不单独得分"]


def test_parts_without_rows_stand_in_the_one_cell() -> None:
    before = template(("产出指标", "数量指标", "招商", "", "", "10", ""), ("产出指标", "数量指标", "宣传", "", "", "20", ""),
                      ("总分", "", "", "", "", "30", ""))
    made, found = fill(before, "a.docx", composite())
    assert filled_cells(before, made)[1, 4] == "新签约 30个；新开工 10个"
    assert found == []


def test_a_part_that_the_form_lacks_is_told() -> None:
    before = template(("产出指标", "数量指标", "招商", "", "", "10", ""), ("产出指标", "数量指标", "· 新签约", "≥30个", "", "", ""),
                      ("产出指标", "数量指标", "宣传", "", "", "20", ""))
    assert ["新开工" in d.message for d in fill(before, "a.docx", composite())[1]] == [True]


def test_old_figures_never_stay() -> None:
    """Converted scores, the score of a row that is open, the total and the 小计 of last year."""
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "权重占比", "得分", "折算得分")
    before = template(("产出指标", "数量指标", "招商", "", "", "10", "30%", "10", "3.3"), ("产出指标", "数量指标", "宣传", "", "", "20", "70%", "18", "6.6"),
                      ("小计", "", "", "", "", "30", "", "28", "9.9"), ("总分", "", "", "", "", "30", "", "28", "9.9"), heads=heads)
    made, found = fill(before, "a.docx", composite(新开工=""))
    after = lines(docx.Document(BytesIO(made)).tables[0])
    assert [row[-2:] for row in after[1:]] == [["", ""], ["14.00", ""], ["待定", ""], ["", ""]]
    assert sorted(d.code for d in found) == ["W401"] * len(found)
    assert any("折算得分" in d.message and "4 处" in d.message for d in found)
    assert any("还没有得分" in d.message and "2 处" in d.message for d in found)


def test_the_converted_scores_of_a_published_form() -> None:
    text = (FORMS / "038.docx").read_bytes()
    (form,) = find_forms(docx_grid.grids(text, "038.docx")[0])
    ruleset = load_source(Source("a.perf", imported(form).ruleset))
    (card,) = evaluate(ruleset, {"单位": "某局", **{row.name.text: "90%" for row in form.rows}}).scorecards
    made, found = fill(text, "038.docx", card)
    assert all(not (row.converted and row.converted.text.strip()) for row in read_again(made).rows)
    assert any("折算得分" in d.message for d in found)


def test_a_row_that_the_form_lacks_is_told() -> None:
    _, found = fill(blank_form(), "014.docx", seed())
    assert {d.code for d in found} == {"W401"}
    assert any("税收" in d.message for d in found)


def test_no_form_no_document(tmp_path: Path) -> None:
    empty = BytesIO()
    docx.Document().save(empty)
    for data in (empty.getvalue(), b"not a document", (FORMS / "000.xlsx").read_bytes()):
        made, found = fill(data, "x.docx", seed())
        assert made == b""
        assert [d.code for d in found] == ["E401"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["eval", *map(str, arguments)], prog_name="perfdsl")


def test_eval_writes_docx(tmp_path: Path) -> None:
    rules, data, out = LINGLING / "corrected.perf", LINGLING / "corrected.csv", tmp_path / "自评表.docx"
    assert run(rules, data, "-o", out).exit_code == 0
    assert docx.Document(str(out)).tables
    assert run(rules, data, "-o", out, "--template", FORMS / "000.docx").exit_code == 0
    assert "部门整体支出绩效自评表" in docx.Document(str(out)).paragraphs[0].text
    assert run(rules, data, "--format", "csv", "--template", FORMS / "000.docx").exit_code == 2
    assert run(rules, data, "-o", out, "--template", tmp_path / "none.docx").exit_code == 1


def test_without_python_docx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdsl.cli.template.find_spec", lambda _: None)
    result = run(LINGLING / "corrected.perf", LINGLING / "corrected.csv", "-o", tmp_path / "a.docx")
    assert result.exit_code == 1
    assert 'pip install "perfdsl[office]"' in str(result.output) + str(result.exception)
    assert not (tmp_path / "a.docx").exists()


def test_scores_of_one_form_are_written_alike() -> None:
    rules = "规则集 「甲」\n  总分 20分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分\n  引用 「标准计分方法」\n" \
            "三级指标 签约 10分，目标 ≥ 30个，计分 正向比率\n三级指标 开工 10分，目标 ≥ 20个，计分 正向比率\n"
    (card,) = evaluate(load_source(Source("a.perf", rules)), {"单位": "某局", "签约": "30个", "开工": "19个"}).scorecards
    rows = [("产出指标", "数量指标", name, target, actual, "10", "10")
            for name, target, actual in (("签约", "≥30个", "30个"), ("开工", "≥20个", "19个"))]
    made, _ = fill(template(*rows), "a.docx", card)
    assert [row[-1] for row in lines(docx.Document(BytesIO(made)).tables[0])[1:]] == ["10.00", "9.50"]
