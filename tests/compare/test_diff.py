"""What differs between two rulesets, told by meaning."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from edited_rulesets import TEXT, edited, ruleset_of

from perfdsl.compare.diff import diff
from perfdsl.compare.result import Diff, Indicated
from perfdsl.pipeline import load
from perfdsl.report import diff_json, diff_lines, diff_markdown, diff_table
from perfdsl.width import width_of

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted([*(ROOT / "rulesets").rglob("*.perf"), *(ROOT / "examples").rglob("*.perf")])


def _diff(*changes: tuple[str, str], text: str = TEXT) -> Diff:
    return diff(ruleset_of(text), ruleset_of(edited(*changes, text=text)))


def _only(found: Diff) -> Indicated:
    assert len(found.indicators) == 1, [i.name for i in found.indicators]
    return found.indicators[0]


def test_a_higher_target_tells_region_peak_and_the_most_that_rounding_makes_of_it() -> None:
    one = _only(_diff(("≥ 3亿元", "≥ 3.3亿元")))
    (stretch,) = one.stretches

    assert (stretch.vary, stretch.text) == ("税收", "0亿元（不含）至 3.3亿元（不含）")
    assert stretch.worst is not None
    assert (stretch.worst.change, stretch.worst.scores.at, stretch.worst.scores.change) == (Fraction(-15, 11), "3亿元", Fraction(-136, 100))
    assert stretch.loss is not None
    assert stretch.loss.change == Fraction(-137, 100)
    assert (stretch.gain, stretch.best, one.certain) == (None, None, True)
    assert diff_lines.stretch(stretch).startswith("税收 0亿元（不含）至 3.3亿元（不含）：最多少得 1.36 分（3亿元：15 分 → 13.64 分）")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_ruleset_does_not_differ_from_itself(path: Path) -> None:
    ruleset = load(path).ruleset
    assert ruleset is not None

    assert diff(ruleset, ruleset).is_empty


def test_comments_layout_and_notes_change_no_points() -> None:
    assert _diff(("三级指标 税收 15分\n      目标", "三级指标 税收 15分，目标")).is_empty
    noted = _diff(("三级指标 税收 15分", "三级指标 税收 15分\n      说明 「以税务局数据为准」"))
    assert not noted.changes_points
    assert diff_lines.verdict(noted).startswith("意思相同")


def test_another_order_of_indicators_changes_nothing() -> None:
    tax = "    三级指标 税收 15分\n      目标 ≥ 3亿元\n      计分 正向比率\n"
    after = "    三级指标 招商项目 15分\n"

    found = _diff((tax, ""), (after, tax + after))
    assert found.is_empty
    assert diff_lines.verdict(found).startswith("意思相同")


def test_a_rename_is_told_as_one_with_its_other_changes() -> None:
    one = _only(_diff(("三级指标 企业满意度 10分\n      目标 90%", "三级指标 企业满意率 10分\n      目标 95%")))

    assert one.kind == "改名"
    assert diff_lines.about(one) == "改名 企业满意率（原名 企业满意度）"
    assert [c.what for c in one.changes] == ["目标"]
    assert one.stretches[0].vary == "企业满意率"


def test_what_was_added_is_not_taken_for_what_was_removed() -> None:
    found = _diff(("三级指标 企业满意度 10分\n      目标 90%及以上", "三级指标 投诉办结 10分\n      目标 ≥ 30件"))

    assert [(i.kind, i.name) for i in found.indicators] == [("新增", "投诉办结"), ("删除", "企业满意度")]


def test_an_indicator_moves() -> None:
    one = _only(_diff(("    三级指标 生态环境保护程度 5分\n      目标 ≥ 98\n      计分 正向比率\n", ""),
                      ("  二级指标 生态效益指标\n", ""),
                      ("  二级指标 可持续影响指标\n", "  二级指标 可持续影响指标\n    三级指标 生态环境保护程度 5分\n      目标 ≥ 98\n      计分 正向比率\n")))

    assert (one.kind, one.name, one.stretches) == ("移动", "生态环境保护程度", ())


def test_data_and_groups_are_followed_under_another_name() -> None:
    found = _diff(("全年执行数", "全年支出数"), ("全年预算数", "全年预算总数"), ("产出指标 50分", "产出 50分"),
                  ("计分 执行率", "计分 执行率（预算数 = 全年预算总数，执行数 = 全年支出数）"))

    assert not [i for i in found.indicators if i.stretches]


def test_words_are_gone_through() -> None:
    one = _only(_diff(("目标 「增加」", "目标 「明显增加」")))

    assert {(s.given, s.kind) for s in one.stretches} == {
        ((("企业收入相应增加", "「增加」"),), "10 分 → 由评审人评分，0 至 10 分"),
        ((("企业收入相应增加", "「明显增加」"),), "由评审人评分，0 至 10 分 → 10 分")}


def test_several_numbers_are_varied_in_turn_and_the_rest_is_said_to_be_undecided() -> None:
    one = _only(_diff(("新开工项目，目标 20个", "新开工项目，目标 25个")))
    tried = dict(one.tried)

    assert not one.certain
    assert [(s.vary, s.given) for s in one.stretches] == [("新开工项目", (("新签约工业项目", "100个"), ("新竣工投产项目", "100个")))]
    assert {"20个", "25个"} <= set(tried["新开工项目"].split("、"))
    assert any("没有判定" in text and "100个" in text for text in diff_lines.consequences(one))


def test_grades_differ_in_regions() -> None:
    found = _diff(("等级 良 ≥ 80分", "等级 良 ≥ 85分"))

    assert [diff_lines.regraded(found, one) for one in found.grades] == ["取舍前的总分 80分（含）至 85分（不含）：良 → 中"]
    (told,) = found.whole
    assert diff_lines.change(told).startswith("等级 优 ≥ 90分；良 ≥ 80分")


def test_grading_on_the_rounded_total_moves_every_line_by_half_a_step() -> None:
    found = _diff(("等级依据 取舍前总分", "等级依据 总分"))

    assert [(g.region.low, g.region.high, g.old, g.new) for g in found.grades] == [
        (Fraction(59995, 1000), Fraction(60), ("差",), ("中",)), (Fraction(79995, 1000), Fraction(80), ("中",), ("良",)),
        (Fraction(89995, 1000), Fraction(90), ("良",), ("优",))]


def test_every_format_tells_the_same_changes() -> None:
    found = _diff(("≥ 3亿元", "≥ 3.3亿元"), ("等级 良 ≥ 80分", "等级 良 ≥ 85分"))
    table, markdown, data = diff_table.write(found, 80, False), diff_markdown.write(found), json.loads(diff_json.write(found))

    assert all(width_of(line) <= 80 for line in table.splitlines())
    for text in (table.replace("\n", "").replace(" ", ""), markdown.replace(" ", "")):
        assert "税收" in text
        assert "13.64分" in text
        assert "良→中" in text
    assert data["indicators"][0]["stretches"][0]["unrounded_loss"]["change"] == "-15/11"


def test_json_keeps_to_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "perfdsl" / "report" / "diff.schema.json").read_text(encoding="utf-8"))

    for found in (_diff(("≥ 3亿元", "≥ 3.3亿元"), ("等级 良 ≥ 80分", "等级 良 ≥ 85分"), ("目标 「增加」", "目标 「明显增加」")), _diff()):
        jsonschema.validate(json.loads(diff_json.write(found)), schema)
