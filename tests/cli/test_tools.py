"""The other commands: check, test, fmt, explain, new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
CORRECTED, PUBLISHED = SEED / "corrected.perf", SEED / "as-published.perf"
FULL, SHORT = SEED / "corrected.csv", SEED / "shortfall.csv"


def test_check_says_when_it_found_nothing(run: Any) -> None:
    ran = run("check", CORRECTED)

    assert (ran.out, ran.err) == ("没有发现问题（1 个规则集）。\n", "")


def test_a_test_that_fails_shows_the_values(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "错.perf"
    file.write_text(CORRECTED.read_text(encoding="utf-8").replace("期望 税收 得 12分", "期望 税收 得 13分"), encoding="utf-8")
    ran = run("test", file)

    assert ran.code == 1
    assert "2 个测试通过，1 个不通过" in ran.out
    assert "E219" in ran.err
    assert "得 12分" in ran.err
    assert "2.4亿元" in ran.err


def test_fmt_lays_out_and_then_has_nothing_to_do(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "乱.perf"
    file.write_text("规则集「乱」,年度2024 # 注\n  一级指标  产出 10分\n", encoding="utf-8")

    assert run("fmt", "--check", file).code == 1
    assert file.read_text(encoding="utf-8").startswith("规则集「乱」")
    assert run("fmt", file).code == 0
    assert file.read_text(encoding="utf-8") == "规则集 「乱」，年度 2024  # 注\n\n一级指标 产出 10分\n".replace("\n\n", "\n")
    assert run("fmt", "--check", file).code == 0


def test_fmt_translates_and_leaves_the_file_alone_with_stdout(run: Any, tmp_path: Path) -> None:
    before = CORRECTED.read_text(encoding="utf-8")
    english = run("fmt", "--stdout", "--lang", "en", CORRECTED)

    assert english.code == 0
    assert "level3 税收 15分" in english.out
    assert CORRECTED.read_text(encoding="utf-8") == before
    file = tmp_path / "英.perf"
    file.write_text(english.out, encoding="utf-8")
    run("fmt", file)
    assert file.read_text(encoding="utf-8") == before


def test_fmt_writes_limits_of_the_total_and_the_grade_in_words(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "限.perf"
    file.write_text("规则集 「限」\n总分 不高于 100分\n当 违规 = 是，等级 不高于 良\n当 总分 ≥ 85分，总分 不低于 60分\n等级 良 不低于 80分\n", encoding="utf-8")
    run("fmt", file)
    text = file.read_text(encoding="utf-8")

    assert "总分 不高于 100分\n" in text
    assert "，等级 不高于 良\n" in text
    assert "当 总分 ≥ 85分，总分 不低于 60分\n" in text
    assert "等级 良 ≥ 80分\n" in text
    run("fmt", "--lang", "en", file)
    assert "total ≤ 100分" in file.read_text(encoding="utf-8")


def test_fmt_does_not_touch_a_file_with_faults(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "坏.perf"
    file.write_text("规则集   「坏」\n当当当\n", encoding="utf-8")

    assert run("fmt", file).code == 1
    assert run("fmt", "--check", file).code == 1
    assert file.read_text(encoding="utf-8") == "规则集   「坏」\n当当当\n"


# ---- explain, new


def test_explain_prints_the_page_of_a_code(run: Any) -> None:
    for written in ("E201", "e201"):
        ran = run("explain", written)
        assert "反例" in ran.out
        assert "正例" in ran.out


def test_explain_tells_how_an_indicator_is_scored_and_why_it_got_what_it_got(run: Any) -> None:
    ran = run("explain", CORRECTED, "产出指标/税收", "--data", SHORT)

    assert "正向比率" in ran.out
    assert "15 × 2.4亿元 ÷ 3亿元 = 12.00分" in ran.out.replace("\n", "")
    assert "是不是 税收" in run("explain", CORRECTED, "税款").err


def test_new_writes_a_ruleset_that_is_sound_and_data_that_score(run: Any, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "我的")
    ruleset, data = tmp_path / "我的.perf", tmp_path / "我的.csv"

    assert ran.code == 0
    assert (run("check", ruleset).err, run("test", ruleset).code, run("fmt", "--check", ruleset).code) == ("", 0, 0)
    assert run("eval", ruleset, data).code == 0


def test_new_for_a_ruleset_writes_a_sheet_of_all_that_it_wants(run: Any, root: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "填报表.csv"
    ruleset = root / "examples" / "lingling-2023" / "corrected.perf"
    assert run("new", sheet, "--for", ruleset).code == 0

    rows = {line.split(",")[2]: line.split(",") for line in sheet.read_text(encoding="utf-8-sig").splitlines()[1:]}
    assert rows["税收"][3:5] == ["≥ 3亿元", "15"]
    assert rows["新开工项目"][-1] == "填数，单位 个"
    assert "由数据算出" in rows["预算执行率"][-1]
    ran = run("eval", ruleset, sheet)
    assert ran.code == 0
    assert "E4" not in ran.err
    assert run("new", sheet, "--for", ruleset).code == 1
    assert run("new", tmp_path / "别的.csv", "--for", tmp_path / "没有.perf").code == 1
    assert not (tmp_path / "别的.csv").exists()



@pytest.mark.parametrize("there", ["我的.perf", "我的.csv"])
def test_new_never_overwrites(there: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / there).write_text("别动", encoding="utf-8")
    ran = run("new", tmp_path / "我的.perf")

    assert ran.code == 1
    assert "没有覆盖" in ran.err
    assert {f.name: f.read_text(encoding="utf-8") for f in tmp_path.iterdir()} == {there: "别动"}


PERIODS = """规则集 「年中调整」
  年度 2024
  总分 20分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
  引用 「标准计分方法」
  令 每家扣分 = 1分
  自 2024-10-01 起，令 每家扣分 = 2分
数据 评价基准日 日期
三级指标 税收 10分，计分 正向比率
  至 2024-06-30 止，目标 ≥ 3亿元
  自 2024-07-01 起，目标 ≥ 3.3亿元
三级指标 关停企业 10分
  目标 ≤ 5家
  每超过1家扣 每家扣分，扣完为止
"""
TARGETS = "至 2024-06-30 止 ≥ 3亿元；自 2024-07-01 起 ≥ 3.3亿元"


def test_what_holds_in_a_period_is_told_with_its_days(run: Any, tmp_path: Path) -> None:
    ruleset, sheet = tmp_path / "时段.perf", tmp_path / "填报.csv"
    ruleset.write_text(PERIODS, encoding="utf-8")
    told = run("explain", ruleset, "关停企业").out

    assert f"目标：{TARGETS}\n" in run("explain", ruleset, "税收").out
    assert "令 每家扣分 = 至 2024-09-30 止 1分；自 2024-10-01 起 2分" in told
    assert told.count("≤ 5家") == 1
    assert run("new", sheet, "--for", ruleset).code == 0
    assert f"税收,{TARGETS},10" in sheet.read_text(encoding="utf-8-sig")


def test_where_the_day_is_not_filled_in_all_targets_stand_in_the_table(run: Any, tmp_path: Path) -> None:
    ruleset, data = tmp_path / "时段.perf", tmp_path / "数据.csv"
    ruleset.write_text(PERIODS, encoding="utf-8")
    data.write_text("指标,实际完成值\n税收,3亿元\n关停企业,5家\n", encoding="utf-8")
    ran = run("eval", ruleset, data, "--format", "csv")

    assert TARGETS in ran.out
    assert "数据里加一行「评价基准日」" in ran.err


def test_points_out_of_range_are_told_at_one_place_only(run: Any, tmp_path: Path) -> None:
    ruleset, data = tmp_path / "超.perf", tmp_path / "数据.json"
    ruleset.write_text("规则集 「超」\n年度 2024\n总分 10分，取舍 每项得分 不取舍，取舍 总分 不取舍，不适用 得零分\n数据 数 分\n"
                       "三级指标 甲 10分\n  当 数 > 0分 得 数，否则 得 0\n", encoding="utf-8")
    data.write_text('{"数": "12分"}', encoding="utf-8")
    ran = run("eval", ruleset, data)

    assert "E455" in ran.err
    assert ran.err.count("超.perf:5:1") == 1
