"""The figures of the published form of 2023, three ways: as published, corrected, and with shortfalls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
SHORT = {"税收": "12.00", "新入统规模企业": "17.00", "预算执行率": "9.50", "企业满意度": "9.50", "招商项目": "13.75"}


@pytest.fixture
def card(run: Any) -> Any:
    """Ruleset and data → (exit code, the one card as JSON)."""

    def evaluated(ruleset: str, data: str) -> tuple[int, Any]:
        ran = run("eval", SEED / ruleset, SEED / data, "--format", "json")
        return ran.code, json.loads(ran.out)

    return evaluated


NOTHING_BESIDE = {"bonus": "0", "penalty": "0", "effects": [], "barred": False, "waiting": []}


def test_as_published_the_total_is_110_of_100_and_there_is_no_grade(card: Any) -> None:
    code, made = card("as-published.perf", "as-published.csv")

    assert code == 1
    assert made["total"] == {**NOTHING_BESIDE, "items": "110", "weight": "110", "declared_weight": "100", "score": "110.00", "unrounded": "110",
                             "grade": None, "range": {"low": "110.00", "high": "110.00", "grades": []}}
    assert all(row["status"] == "scored" for row in made["indicators"])


def test_as_published_the_message_shows_both_places_and_the_repair(run: Any) -> None:
    ran = run("check", SEED / "as-published.perf")

    assert ran.code == 1
    assert "E202" in ran.err
    assert "10 + 50 + 30 + 20 = 110分" in ran.err
    assert "| 一级指标 满意度指标 20分" in ran.err
    assert "总分 100分\n" in ran.err
    assert "「满意度指标」应为 10分" in ran.err


def test_as_published_is_printed_whole_and_written_all_the_same(run: Any, tmp_path: Path) -> None:
    ran = run("eval", SEED / "as-published.perf", SEED / "as-published.csv", "-o", tmp_path / "表.txt")

    assert ran.code == 1
    assert ran.out == ""
    written = (tmp_path / "表.txt").read_text(encoding="utf-8")
    assert "总分 110.00 / 声明 100" in written
    assert "不评等级" in written


def test_the_mismatch_can_be_accepted_and_is_then_printed(run: Any, tmp_path: Path) -> None:
    text = (SEED / "as-published.perf").read_text(encoding="utf-8")
    accepting = tmp_path / "接受.perf"
    accepting.write_text(text.replace("  总分 100分\n", "  总分 100分\n  接受 分值合计 110分\n"), encoding="utf-8")
    ran = run("eval", accepting, SEED / "as-published.csv")

    assert ran.code == 0
    assert "等级 优" in ran.out
    assert "接受" in ran.out


@pytest.mark.parametrize("suffix", ["xlsx", "json"])
def test_the_form_reads_the_same_from_every_kind_of_file(suffix: str, card: Any) -> None:
    code, csv = card("as-published.perf", "as-published.csv")
    other_code, other = card("as-published.perf", f"as-published.{suffix}")

    assert (code, csv["indicators"]) == (other_code, other["indicators"])
    assert (csv["unit"], csv["total"]) == (other["unit"], other["total"])
    assert [d["message"] for d in csv["diagnostics"]] == [d["message"] for d in other["diagnostics"]]


def test_corrected_it_is_full_and_excellent(card: Any) -> None:
    code, made = card("corrected.perf", "corrected.csv")

    assert code == 0
    assert (made["total"]["score"], made["total"]["grade"], made["total"]["weight"]) == ("100.00", "优", "100")
    assert all(row["lost"] in ("0", "0.00") for row in made["indicators"])


def test_with_shortfalls_the_total_is_a_range_and_one_row_decides(card: Any, run: Any) -> None:
    code, made = card("corrected.perf", "shortfall.csv")
    rows = {row["name"]: row for row in made["indicators"]}

    assert code == 0
    assert {name: rows[name]["score"] for name in SHORT} == SHORT
    assert (rows["提供就业岗位"]["status"], rows["提供就业岗位"]["score"]) == ("missing", None)
    assert (made["total"]["score"], made["total"]["grade"]) == (None, None)
    assert made["total"]["range"] == {"low": "81.75", "high": "91.75", "grades": ["良", "优"]}
    printed = run("eval", SEED / "corrected.perf", SEED / "shortfall.csv").out
    assert "81.75 到 91.75" in printed
    assert "取决于「提供就业岗位」" in printed


def test_the_explanation_shows_the_exact_value_the_rounding_and_the_range(run: Any) -> None:
    def explained(name: str) -> str:
        text: str = run("explain", SEED / "corrected.perf", name, "--data", SEED / "shortfall.csv").out
        return text.replace("\n", "")

    assert "10 × 2384.61万元 ÷ 2510.12万元" in explained("预算执行率")
    assert "9.50分" in explained("预算执行率")
    assert "（15 + 15 + 11.25）÷ 3 = 13.75分" in explained("招商项目")
    assert "0.00 到 10.00 分之间" in explained("提供就业岗位")
