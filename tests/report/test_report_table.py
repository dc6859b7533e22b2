"""The terminal's table: it fits, it lines up, and it says what is open."""

from __future__ import annotations

import cards
import pytest

from perfdsl.report import render
from perfdsl.report.columns import Column
from perfdsl.report.grid import GridRow, laid_out
from perfdsl.score.scorecard import Scorecard
from perfdsl.text import width_of

STATES = [cards.scored, cards.over_declared, cards.waiting, cards.hostile]


@pytest.mark.parametrize("width", [40, 50, 60, 72, 80, 100, 120, 140, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("state", STATES)
def test_no_line_is_wider_than_the_terminal(state: object, width: int, ascii_only: bool) -> None:
    card = state() if callable(state) else None
    assert isinstance(card, Scorecard)
    text = render([card], "table", width=width, ascii_only=ascii_only)
    assert max(width_of(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [34, 80, 120])
def test_the_summary_fits_too(width: int) -> None:
    text = render(cards.many(), "table", width=width, summary=True)
    assert max(width_of(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [1, 10])
def test_an_absurd_width_still_ends(width: int) -> None:
    assert "总分" in render([cards.scored()], "table", width=width)


def test_scores_end_in_one_column() -> None:
    lines = render([cards.scored()], "table", width=100).splitlines()
    ends = {width_of(line[: line.index(text) + len(text)]) for line in lines for text in (" 12.00", " 96.50", " 46.50")
            if text in line and "总分" not in line}
    assert len(ends) == 1


def test_budget_execution_stands_on_top() -> None:
    text = render([cards.scored()], "table")
    assert text.index("【预算执行】") < text.index("【产出指标】") < text.index("【效益指标】")


def test_rows_of_one_heading_stand_together() -> None:
    assert render([cards.waiting()], "table").count("【效益指标】") == 1


def test_what_is_open_says_so() -> None:
    text = render([cards.waiting()], "table", width=100)
    assert "65.00～105.00 / 声明 100" in text
    assert "等级 中 至 优" in text
    states = {"税收": "未填", "生态环境保护程度": "不适用", "营商环境改善程度": "待评", "新开工项目": "未填"}
    for name, state in states.items():
        line = next(line for line in text.splitlines() if line.strip().startswith(name))
        assert line.rstrip().endswith(state)


def test_the_total_names_the_declared_sum() -> None:
    text = render([cards.over_declared()], "table")
    assert "总分 110.00 / 声明 100" in text


def test_parts_stand_under_their_indicator() -> None:
    lines = render([cards.scored()], "table", width=100).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  招商项目"))
    assert [line.split()[0] for line in lines[at + 1 : at + 4]] == ["新签约工业项目", "新开工项目", "新竣工投产项目"]
    assert "未达标：差 2个" in lines[at + 2]


def test_a_wide_terminal_has_columns_for_the_levels() -> None:
    assert "一级指标" not in render([cards.scored()], "table", width=119)
    assert render([cards.scored()], "table", width=120).splitlines()[3].split()[:3] == ["一级指标", "二级指标", "指标"]


def test_a_gbk_console_gets_only_its_own_glyphs() -> None:
    text = render([cards.scored(), cards.waiting()], "table", ascii_only=True)
    text.encode("gbk")
    assert not set(text) & set("─━≥≤×÷−·…")


def test_explanations_are_numbered_and_hang() -> None:
    lines = render([cards.scored()], "table").splitlines()
    at = lines.index("偏差说明")
    assert lines[at + 1].startswith("1. 税收")
    assert lines[at + 2].startswith("   ")


def test_units_of_equal_score_share_a_place_and_open_ones_have_none() -> None:
    lines = render(cards.many(), "table", width=120, summary=True).splitlines()
    assert [line.split()[0] for line in lines[3:7]] == ["1", "1", "3", "－"]
    assert "税收 −7.5" in lines[5]
    assert "2，另待评 1" in lines[6]


def test_no_units_make_an_empty_report() -> None:
    assert render([], "table") == ""
    assert "名次" in render([], "table", summary=True)


@pytest.mark.parametrize("cell", ["\n", "甲\n\n乙", "0" * 40 + "\x1b", "甲\u2028乙", "\x85", " "])
def test_a_cell_with_breaks_or_blanks_at_its_end_is_laid_out(cell: str) -> None:
    columns = [Column("指标", share=5), Column("目标", share=3), Column("说明", share=3)]
    for row in (("甲", cell, "x" * 20), (cell, cell, cell)):
        lines = laid_out(columns, [GridRow(row), GridRow(("乙", "1", "2"))], 48, ascii_only=True)
        assert lines[-2].split() == ["乙", "1", "2"]
