"""Tests written at both sides of every threshold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_testing_clauses import BANDS, HEAD, ruleset

from perfdsl.pipeline import check, load_source
from perfdsl.source import Source
from perfdsl.testing import run_tests
from perfdsl.testing.boundaries import boundaries, text

SHIPPED = sorted((Path(__file__).parent.parent.parent / "rulesets").rglob("*.perf"))


def expected(body: str) -> set[str]:
    """`覆盖率 = 90% → 10分`."""
    return {f"{line.lines[-2].removeprefix('给定 ')} → {line.lines[-1].rpartition(' ')[2]}" for line in boundaries(ruleset(body))}


def test_both_sides_of_a_threshold_a_hundredth_apart() -> None:
    assert expected(BANDS) == {"覆盖率 = 90% → 10分", "覆盖率 = 89.99% → 5分", "覆盖率 = 60% → 5分", "覆盖率 = 59.99% → 0分"}


def test_counted_things_have_the_next_number() -> None:
    body = "三级指标 数量 10分，目标 ≥ 5个\n  当 实际值 ≥ 目标值 得满分，否则 不得分\n"

    assert expected(body) == {"数量 = 5个 → 10分", "数量 = 4个 → 0分"}


def test_a_deadline_has_that_day_and_the_next() -> None:
    body = "三级指标 完工 10分，目标 2024-12-31 前\n  当 实际值 ≤ 目标值 得满分，否则 不得分\n"

    assert expected(body) == {"完工 = 2024-12-31 → 10分", "完工 = 2025-01-01 → 0分"}


def test_what_a_test_has_already_is_left_out() -> None:
    assert expected(BANDS + "测试 「高」，给定 覆盖率 = 90%，期望 覆盖率 得 10分\n") == {
        "覆盖率 = 89.99% → 5分", "覆盖率 = 60% → 5分", "覆盖率 = 59.99% → 0分"}


def test_a_threshold_that_is_no_decimal_has_its_neighbours() -> None:
    body = "数据 甲 万元\n数据 乙 万元\n三级指标 比率 10分\n  实际值 = 甲 ÷ 乙\n  ≥ 100% 得 10分\n  否则 得 0\n" \
           "测试 「高」，给定 甲 = 1万元，给定 乙 = 3万元，期望 比率 得 0\n"
    made = load_source(Source("试.perf", HEAD + body.replace("100%", "1/3").replace("1/3", "33%"))).ruleset

    assert made is not None
    values = {line.lines[1] for line in boundaries(made) if line.lines[0] == "给定 甲 = 1万元"}
    assert {"给定 乙 = 3.03万元", "给定 乙 = 3.04万元"} <= values


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_what_is_written_parses_passes_and_is_not_written_twice(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    before = load_source(Source(path.name, source), path.parent)
    assert before.ruleset is not None
    made = text(boundaries(before.ruleset))
    after = load_source(Source(path.name, f"{source}\n{made}"), path.parent)

    assert [d.message for d in check(after) if d.code != "W309"] == []  # a published text that has tests added is said to be changed
    assert after.ruleset is not None
    results = run_tests(after.ruleset)
    assert [f.message for result in results for f in result.failures] == []
    assert len(results) == len(before.ruleset.tests) + made.count("测试 「")
    assert boundaries(after.ruleset) == []


def test_it_goes_to_a_file_but_never_over_the_ruleset(tmp_path: Path, run: Any) -> None:
    file, made = tmp_path / "试.perf", tmp_path / "界限.perf"
    file.write_text(HEAD + BANDS, encoding="utf-8")

    assert run("test", file, "--boundaries", "-o", file).code == 2
    assert run("test", file, "--boundaries", "-o", made).code == 0
    assert file.read_text(encoding="utf-8") == HEAD + BANDS
    assert made.read_text(encoding="utf-8").startswith("测试 「界限：覆盖率，覆盖率 60%」")
    assert run("test", file, file, "--boundaries").code == 2
    assert run("test", file, "-o", made).code == 2


METHODS = "  引用 「标准计分方法」\n"


def _from(body: str, *starts: str) -> set[str]:
    """The tests whose value begins like one of *starts*."""
    return {one for one in expected(METHODS + body) if one.partition(" = ")[2].startswith(starts)}


def test_where_points_begin_to_fall_the_value_below_is_written() -> None:
    assert _from("三级指标 税收 10分，目标 ≥ 3亿元，计分 正向比率\n", "2", "3") == {"税收 = 3亿元 → 10分", "税收 = 2.99亿元 → 9.97分"}
    assert _from("三级指标 企业 10分，目标 ≥ 20家，计分 正向比率\n", "19", "2") == {"企业 = 20家 → 10分", "企业 = 19家 → 9.5分"}


def test_a_bend_that_rounding_hides_has_both_neighbours() -> None:
    made = _from("三级指标 税收 10分，目标 ≥ 3000亿元，计分 正向比率\n", "2", "3")

    assert made == {"税收 = 3000亿元 → 10分", "税收 = 2999.99亿元 → 10分", "税收 = 3000.01亿元 → 10分"}


def test_the_target_of_every_period_has_its_own_tests() -> None:
    body = METHODS + "数据 评价基准日 日期\n三级指标 税收 10分，计分 正向比率\n  至 2024-06-30 止，目标 ≥ 3亿元\n  自 2024-07-01 起，目标 ≥ 3.3亿元\n"
    test = "测试 「上半年」，给定 评价基准日 = 2024-06-30，给定 税收 = 3亿元，期望 税收 得 10分\n"
    found = {line.lines for line in boundaries(ruleset(body + test))}

    assert ("给定 评价基准日 = 2024-06-30", "给定 税收 = 2.99亿元", "期望 税收 得 9.97分") in found
    assert ("给定 评价基准日 = 2024-07-01", "给定 税收 = 3.3亿元", "期望 税收 得 10分") in found
    assert ("给定 评价基准日 = 2024-07-01", "给定 税收 = 3.29亿元", "期望 税收 得 9.97分") in found
