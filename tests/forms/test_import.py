"""`perfdsl import`: the twelve forms become rulesets that `eval` accepts; what a form leaves open is marked."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfdsl.cli import group
from perfdsl.diagnostics import Cell, errors
from perfdsl.forms import docx_grid, xlsx_grid
from perfdsl.forms.draft_names import cleaned, quoted
from perfdsl.forms.draft_targets import drafted
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form, FormRow, Said
from perfdsl.forms.to_ruleset import Imported, imported
from perfdsl.pipeline import Evaluation, check, evaluate, load, load_source
from perfdsl.record import changed
from perfdsl.report import render
from perfdsl.source import Source
from perfdsl.syntax.format import format_source

FORMS = Path(__file__).parents[2] / "examples" / "forms"
OWN_ERRORS = {"000": ["E202"], "001": ["E202"], "010": ["E201"], "022": ["E201", "E202"], "033": ["E202"]}
"""What is wrong with the forms themselves: weights that do not add up, some because the published table is cut."""
SCORES = {"000": "110", "003": "99.8", "006": "100", "022": "87.29", "029": "97.24", "038": "100"}
"""Totals of the forms in which nothing waits for a reviewer."""

CASES = [pytest.param(number, suffix, id=f"{number}.{suffix}")
         for number in ("000", "001", "003", "006", "010", "014", "022", "026", "029", "033", "037", "038")
         for suffix in ("docx", "xlsx")]


def form_of(number: str, suffix: str) -> Form:
    path = FORMS / f"{number}.{suffix}"
    reader = docx_grid if suffix == "docx" else xlsx_grid
    (form,) = find_forms(reader.grids(path.read_bytes(), path.name)[0])
    return form


def evaluated(made: Imported, folder: Path) -> Evaluation:
    (folder / "a.perf").write_text(made.ruleset, encoding="utf-8")
    (folder / "a.csv").write_text(made.data, encoding="utf-8")
    return evaluate(load(folder / "a.perf"), folder / "a.csv")


def table(made: Imported) -> dict[str, list[str]]:
    return {line[0]: line[1:] for line in csv.reader(io.StringIO(made.data))}


@pytest.mark.parametrize(("number", "suffix"), CASES)
def test_eval_accepts_what_was_imported(number: str, suffix: str, tmp_path: Path) -> None:
    result = evaluated(imported(form_of(number, suffix)), tmp_path)
    assert sorted({d.code for d in errors(result.diagnostics)}) == OWN_ERRORS.get(number, [])
    (card,) = result.scorecards
    assert card.unit
    assert card.total.high > 0
    if number in SCORES:
        assert card.total.score is not None
        assert str(float(card.total.score)).removesuffix(".0") == SCORES[number]


@pytest.mark.parametrize(("number", "suffix"), CASES)
def test_fmt_has_nothing_to_do(number: str, suffix: str) -> None:
    text = imported(form_of(number, suffix)).ruleset
    assert format_source(Source("a.perf", text), False) == (text, [])


@pytest.mark.parametrize("number", ["000", "003", "022", "033", "037"])
def test_both_formats_say_the_same(number: str) -> None:
    word, sheet = (imported(form_of(number, suffix)) for suffix in ("docx", "xlsx"))
    assert word.data == sheet.data
    assert word.ruleset.splitlines()[1:] == sheet.ruleset.splitlines()[1:]


@pytest.mark.parametrize(("number", "suffix"), CASES)
def test_every_claimed_score_that_can_be_read_is_kept(number: str, suffix: str) -> None:
    form, data = form_of(number, suffix), table(imported(form_of(number, suffix)))
    claimed = [row.claimed.text.strip() for row in form.rows if row.claimed and row.weight and row.claimed.text.strip() not in ("/", "IO")]
    kept = [line[2] for line in data.values() if line[2] and line[2] != "自评得分"]
    assert len(kept) >= len(claimed)


def test_the_seed() -> None:
    made = imported(form_of("000", "docx"))
    lines = [line.strip() for line in made.ruleset.splitlines()]
    assert any(line.startswith("三级指标 税收 15分  # 待定：目标写在名称里") for line in lines)
    assert "目标 ≥ 3亿元  # 待定：没有写比较号，读作 ≥" in lines
    assert "目标 ≥ 90%" in lines  # 90%及以上 says its sign
    assert "# 接受 分值合计 110分" in lines
    assert "#   分项 新签约工业项目，目标 30个及以上" in lines or "# 分项 新签约工业项目，目标 30个及以上" in lines
    data = table(made)
    assert data["税收"] == ["3.6亿元", "", "15", "", ""]
    assert data["年初预算数"][0] == "343.44"
    assert data["预算执行率"][2] == "10"
    assert made.questions == made.ruleset.count("# 待定：") > 5


def test_accepting_the_sum_is_one_character_away(tmp_path: Path) -> None:
    made = imported(form_of("000", "docx"))
    accepted = made.ruleset.replace("# 接受 分值合计", "接受 分值合计")
    assert errors(load_source(Source("a.perf", accepted)).diagnostics) == []


def test_execution_in_the_table_takes_the_place_of_the_block() -> None:
    text = imported(form_of("033", "docx")).ruleset
    assert "一级指标 预算执行 " not in text
    assert text.count("计分 执行率") == 1


def test_columns_of_sign_and_unit_and_money_in_yuan() -> None:
    text = imported(form_of("003", "xlsx")).ruleset
    assert "目标 ≥ 735人次" in text
    assert "目标 = 100%" in text
    assert "数据 全年预算数 元" in text


def test_headings_without_names_take_the_usual_ones() -> None:
    text = imported(form_of("026", "docx")).ruleset
    assert "一级指标 产出指标 50分  # 待定：表上没有写一级指标的名称" in text
    assert "一级指标 效益指标 30分" in text


def test_rows_without_points_are_told() -> None:
    assert "# 待定：「公众满」（表1第21行第4格）没有可读的分值" in imported(form_of("001", "docx")).ruleset


def said(text: str) -> Said:
    return Said(text, Cell("a.csv", "A1", "", 1, 1))


def form(*rows: FormRow, year: int | None = 2023) -> Form:
    return Form("a.csv", "", None, said("=某局"), None, "", year, "万元", (), (), (), rows, said("100"), None, None, (), ())


def row(name: str, target: str, actual: str, weight: str = "100", *, claimed: str = "", level: str = "产出指标", reason: str = "") -> FormRow:
    return FormRow(said(name), (level, "数量指标"), said(target), actual=said(actual), weight=said(weight), claimed=said(claimed),
                   reason=said(reason))


def test_one_name_twice_is_told_apart(tmp_path: Path) -> None:
    made = imported(form(row("培训", "≥5次", "5", "40"), row("培训", "≥5次", "4", "30"), row("培训", "≥5次", "5", "30", level="效益指标")))
    result = evaluated(made, tmp_path)
    assert errors(result.diagnostics) == []
    assert result.scorecards[0].total.score == 94
    assert set(table(made)) >= {"产出指标/数量指标/培训", "培训（之2）", "效益指标/数量指标/培训"}


@pytest.mark.parametrize("name", ["指标1：/", "甲/乙", "甲「乙」", "当 年 预算", "目标", "3亿元", "=SUM(A1)", "a,b；c", "甲\n乙", "#",
                                  "测试 「x」", '"', "得满分"])
def test_no_name_breaks_the_ruleset(name: str, tmp_path: Path) -> None:
    result = evaluated(imported(form(row(name, "≥5个", "5"))), tmp_path)
    assert errors(result.diagnostics) == []
    assert result.scorecards[0].total.score == 100


@pytest.mark.parametrize("target", ["「好」", "a\nb", "12月底前", "2023年13月", "≥", "90%-95%", "''", "#", "每亩300", "1e5", "9" * 80])
def test_no_target_breaks_the_ruleset(target: str, tmp_path: Path) -> None:
    result = evaluated(imported(form(row("甲", target, target))), tmp_path)
    assert errors(result.diagnostics) == []
    assert len(result.scorecards) == 1


def test_a_reason_is_no_formula() -> None:
    assert table(imported(form(row("甲", "≥5个", "4", reason="=cmd|x"))))["甲"][-1] == "'=cmd|x"


@pytest.mark.parametrize(("text", "sign", "unit", "wanted", "method"), [
    ("≧735", "", "人次", "≥ 735人次", "正向比率"), ("100", "═", "%", "= 100%", "等值比率"), ("﹦ 72890 元", "", "", "= 72890元", "等值比率"),
    ("≥100百分比", "", "", "≥ 100%", "正向比率"), ("15%及其以 下", "", "", "≤ 15%", "反向比率"), ("至少2次", "", "", "≥ 2次", "正向比率"),
    ("控制在90万元以内", "", "", "≤ 90万元", "反向比率"), ("98", ">=", "%(百分比)", "≥ 98%", "正向比率"), ("0起", "", "", "≤ 0起", "反向比率"),
    ("2 小时", "", "", "≤ 2小时", "反向比率"), ("３亿元", "", "", "≥ 3亿元", "正向比率"), ("1,030,700.00", "", "元", "≥ 1030700.00元", "正向比率"),
    (">92%", "", "", "> 92%", "正向比率"), ("增加", "", "", "「增加」", "定性相符"), ("90", "反向", "万元", "≤ 90万元", "反向比率"),
])
def test_targets(text: str, sign: str, unit: str, wanted: str, method: str) -> None:
    found = drafted(text, sign, unit, ("产出指标", "数量指标", "甲"), "", 2023)
    assert (found.target, found.method) == (wanted, method)


def test_a_cost_without_a_sign_is_the_less_the_better() -> None:
    found = drafted("28.8万元", "", "", ("产出指标", "成本指标", "经费"), "28万元", 2023)
    assert found.target == "≤ 28.8万元"
    assert "≤" in found.target_open[0]


def test_a_share_beside_a_percentage_is_one() -> None:
    found = drafted("≥0.95", "", "", ("合格率",), "96%", 2023)
    assert found.target == "≥ 95%"
    assert "0.95" in found.target_open[0]


@pytest.mark.parametrize(("text", "wanted"), [("290%", "≥ 90%"), ("5O个", "≥ 50个"), ("l0个", "≥ 10个")])
def test_misread_targets_are_written_as_suspected(text: str, wanted: str) -> None:
    found = drafted(text, "", "", ("产出指标", "数量指标", "甲率"), "", 2023)
    assert found.target == wanted
    assert "疑是" in found.target_open[0]


def part(name: str, target: str, actual: str) -> FormRow:
    return FormRow(said(name), ("产出指标", "数量指标"), said(target) if target else None, actual=said(actual))


def composed(*parts: FormRow, target: str = "", actual: str = "", name: str = "招商项目") -> FormRow:
    return changed(row(name, target, actual, claimed="90"), parts=parts)


def test_parts_become_parts(tmp_path: Path) -> None:
    made = imported(form(composed(part("· 新签约", "≥30个", "30"), part("其中：新开工", "20个", "15"))))
    lines = [line.strip() for line in made.ruleset.splitlines()]
    at = lines.index("三级指标 招商项目 100分")
    assert lines[at + 1] == "计分 正向比率"
    assert lines[at + 2].startswith("合成 平均  # 待定：表上没有写各分项怎样合成")
    assert lines[at + 3:at + 6] == ["分项 新签约", "目标 ≥ 30个", "分项 新开工"]
    assert lines[at + 6].startswith("目标 ≥ 20个  # 待定：没有写比较号")
    assert (table(made)["新签约"][0], table(made)["新开工"][0], table(made)["招商项目"][2]) == ("30", "15", "90")
    assert "没有列入" not in made.ruleset
    result = evaluated(made, tmp_path)
    assert errors(result.diagnostics) == []
    assert result.scorecards[0].total.score == Fraction(175, 2)


def test_parts_that_no_one_method_scores_are_all_to_be_met(tmp_path: Path) -> None:
    made = imported(form(composed(part("· 新签约", "≥30个", "30"), part("· 用时", "≤5天", "6天"), part("· 制度", "健全", "健全"))))
    assert "合成 全部达标  # 待定：" in made.ruleset
    result = evaluated(made, tmp_path)
    assert errors(result.diagnostics) == []
    assert result.scorecards[0].total.score == 0


def test_parts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    first = changed(composed(part("· 新建", "≥3个", "3"), part("· 新建", "≥4个", "4")), weight=said("50"))
    second = changed(composed(part("· 新建", "≥5个", "5"), name="道路"), weight=said("50"))
    result = evaluated(made := imported(form(first, second)), tmp_path)
    assert set(table(made)) >= {"产出指标/数量指标/招商项目/新建", "新建（之2）", "产出指标/数量指标/道路/新建"}
    assert errors(result.diagnostics) == []
    assert result.scorecards[0].total.score == 100


def test_a_value_of_a_composite_is_told() -> None:
    assert "实际完成值写作「已完成」，没有录入；按分项填" in imported(form(composed(part("· 新签约", "≥3个", "3"), actual="已完成"))).ruleset


@pytest.mark.parametrize(("target", "of_part"), [("≥50个", "≥30个"), ("", "")])
def test_parts_beside_a_target_or_without_one_are_told(target: str, of_part: str, tmp_path: Path) -> None:
    made = imported(form(composed(part("· 新签约", of_part, "30"), target=target, actual="50")))
    assert "的分项「·新签约」（A1）没有列入：" in made.ruleset
    assert "合成" not in made.ruleset.partition("规则集 ")[2]
    assert errors(evaluated(made, tmp_path).diagnostics) == []


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_our_own_form_comes_back(suffix: str, tmp_path: Path) -> None:
    example = FORMS.parent / "lingling-2023"
    before = evaluate(load(example / "corrected.perf"), example / "shortfall.csv")
    printed = render(before.scorecards, suffix)
    assert isinstance(printed, bytes)
    (tmp_path / f"x.{suffix}").write_bytes(printed)
    (found,) = find_forms((docx_grid if suffix == "docx" else xlsx_grid).grids(printed, f"x.{suffix}")[0])
    after = evaluated(made := imported(found), tmp_path)
    (old,), (new,) = before.scorecards, after.scorecards
    assert [(row.indicator.name, row.score) for row in new.rows] == [(row.indicator.name, row.score) for row in old.rows]
    assert [part.outcome.met for row in new.rows for part in row.parts] == [True, True, False]
    assert {row.fact.reason for row in new.rows} >= {"两户重点企业停产技改"}
    assert not any("待填" in "".join(line) or "达标" in "".join(line) for line in table(made).values())


@pytest.mark.parametrize(("text", "wanted"), [
    ("（待填：须说明原因）", ""), ("多 0.6亿元（20%）；须说明原因", ""), ("多 0.6亿元（20%）；失 3分；原因：市场好；多 3家", "市场好；多 3家"), ("达标", ""),
    ("未达标：少 4个（25%）", ""), ("多 5家企业停产", "多 5家企业停产"), ("少 3个百分点", ""), ("须说明原因的已说明", "须说明原因的已说明"),
])
def test_a_reason_is_the_officers(text: str, wanted: str) -> None:
    assert table(imported(form(row("甲", "≥5个", "4", reason=text))))["甲"][-1] == wanted


def test_the_goals_are_kept() -> None:
    made = imported(form_of("022", "docx"))
    assert "数据 预期目标 文字" in made.ruleset
    assert "造林1.2万亩" in table(made)["预期目标"][0]


def test_a_misread_sign_is_asked_about() -> None:
    assert "误认" in drafted("290%", "≥", "", ("满意度",), "", 2023).target_open[0]


@pytest.mark.parametrize(("text", "name", "target"), [
    ("税收3亿元", "税收", "3亿元"), ("指标1:年度资金支付完成率100%", "年度资金支付完成率", "100%"), ("指标1工程完工率", "工程完工率", ""),
    ("★★★农村低保发放人数(按月平均)(≥**人)", "农村低保发放人数(按月平均)", ""), ("建设灾备 云节点(8 个)", "建设灾备云节点", "8个"),
    ("指标1:/", "", ""), ("2023年培训", "2023年培训", ""), ("5G基站数", "5G基站数", ""),
])
def test_names(text: str, name: str, target: str) -> None:
    found = cleaned(text)
    assert (found.name, found.target) == (name, target)


def test_names_are_quoted_where_they_must_be() -> None:
    assert quoted("税收") == "税收"
    assert quoted("甲，乙") == "「甲，乙」"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["import", *map(str, arguments)], prog_name="perfdsl")


def test_the_command_writes_two_files(tmp_path: Path) -> None:
    result = run(FORMS / "000.docx", "-o", tmp_path / "a.perf")
    assert result.exit_code == 0
    assert "待定" in result.output
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (card,) = evaluate(load(tmp_path / "a.perf"), tmp_path / "a.csv").scorecards
    assert card.total.score == 110


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    result = run(FORMS / "000.xlsx", "-o", tmp_path / "a")
    assert result.exit_code == 1
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert not (tmp_path / "a.perf").exists()
    assert run(FORMS / "000.xlsx", "-o", tmp_path / "a", "--force").exit_code == 0
    assert run(FORMS / "000.xlsx", "-o", tmp_path / "b.perf", "--data", tmp_path / "c.csv", "--nth", "2").exit_code == 2


def test_a_file_without_a_form(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    result = run(tmp_path / "x.csv", "-o", tmp_path / "a.perf")
    assert result.exit_code == 1
    assert "没有找到自评表" in str(result.output) + str(result.exception)
    assert run(tmp_path / "none.docx", "-o", tmp_path / "a.perf").exit_code == 1


def test_the_goals_of_a_draft_are_no_unused_data() -> None:
    """The printed form has a place for them; any other text that no rule reads is told (W301)."""
    head = "规则集 「甲」\n  总分 10分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分\n" \
           "三级指标 次数 10分\n  当 实际值 ≥ 5次 得 10分，否则 得 0\n"
    found = check(load_source(Source("甲.perf", head + "数据 预期目标 文字\n数据 实际完成情况 文字\n数据 备忘 文字\n")))

    assert [(d.code, d.message) for d in found] == [("W301", "数据「备忘」没有一条规则用到")]
